import type { Database, NotPromise } from './database.ts'

interface Waiting {
  work(): unknown
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** Together they hold up everybody else no longer than one slow page does. */
const MOST_TOGETHER = 20

const queues = new WeakMap<Database, Waiting[]>()

/**
 * Runs `work` in a transaction and resolves once it is on the disk. What waits at the same turn of the event
 * loop shares one transaction: writing the pages that all of them touch and waiting for the disk costs more
 * than the rest. Where one throws, all are undone and each is run again alone; so `work` must do nothing but
 * read and write this database.
 */
export function inSharedTransaction<T>(db: Database, work: () => NotPromise<T>): Promise<T> {
  const queue = queues.get(db) ?? []
  queues.set(db, queue)
  return new Promise<unknown>((resolve, reject) => {
    const isFirst = queue.push({ work, resolve, reject }) === 1
    if (isFirst) setImmediate(() => takeTurn(db, queue))
  }) as Promise<T>
}

function takeTurn(db: Database, queue: Waiting[]): void {
  const turn = queue.splice(0, MOST_TOGETHER)
  if (queue.length > 0) setImmediate(() => takeTurn(db, queue))
  commit(db, turn)
}

function commit(db: Database, turn: readonly Waiting[]): void {
  let results: unknown[]
  try {
    results = db.inTransaction(() => turn.map(({ work }) => work()))
  } catch (error) {
    if (turn.length === 1) turn[0]?.reject(error)
    else for (const one of turn) commit(db, [one])
    return
  }
  for (const [at, { resolve }] of turn.entries()) resolve(results[at])
}
