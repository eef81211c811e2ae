import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import { thaiWords } from './thai-words.ts'

export type NotPromise<T> = T extends PromiseLike<unknown> ? never : T

export interface Database {
  sqlite: Sqlite.Database
  orm: BetterSQLite3Database
  /**
   * Runs `work` in one immediate transaction; a call inside another joins it. Transactions of
   * better-sqlite3 are synchronous, so an async callback is refused by its type.
   */
  inTransaction<T>(work: () => NotPromise<T>): T
  /** Runs `work` as the last of the transaction that is open: what is cheaper done for many writes at once. */
  beforeCommit(work: () => void): void
  /** Throws when the database cannot answer. */
  assertReadable(): void
  close(): void
}

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url))

/** Opens (and creates) a database file and brings it to the newest migration of `migrations/<name>`. */
export function openDatabase(file: string, name: 'portal' | 'sealed'): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const sqlite = new Sqlite(file, { timeout: 5000 })
  sqlite.pragma('journal_mode = WAL')
  // A receipt is a promise: it must survive the power going out right after it was shown.
  sqlite.pragma('synchronous = FULL')
  // A migration may write a table anew that others refer to; afterwards they are on.
  sqlite.pragma('foreign_keys = OFF')
  sqlite.pragma('cache_size = -32000')
  sqlite.pragma('temp_store = MEMORY')
  // What was deleted is overwritten, not only forgotten.
  if (name === 'sealed') sqlite.pragma('secure_delete = ON')
  sqlite.function('thai_words', { deterministic: true }, (text) => thaiWords(String(text ?? '')).join(' '))
  const orm = drizzle(sqlite, { casing: 'snake_case' })
  migrate(orm, { migrationsFolder: `${MIGRATIONS}${name}` })
  sqlite.pragma('foreign_keys = ON')
  let last: (() => void)[] = []
  return {
    sqlite,
    orm,
    inTransaction<T>(work: () => NotPromise<T>): T {
      if (sqlite.inTransaction) return work()
      last = []
      const whole = () => {
        const result = work()
        for (const finish of last) finish()
        return result
      }
      return sqlite.transaction(whole).immediate() as T
    },
    beforeCommit: (work) => {
      if (!sqlite.inTransaction) throw new Error('no transaction is open')
      last.push(work)
    },
    assertReadable: () => {
      sqlite.prepare('select 1').get()
    },
    close: () => sqlite.close(),
  }
}
