import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { outbox } from './tables.ts'

export type OutboxMail = typeof outbox.$inferSelect

/**
 * Takes the mail that has waited longest for its turn and leases it until `leaseUntil`. A mail left
 * 'sending' by a crash is due again once its lease has passed. `attempts` counts this attempt already.
 */
export function takeDueMail(db: Database, now: Date, leaseUntil: Date): OutboxMail | undefined {
  return db.inTransaction(() => {
    const due = db.orm
      .select()
      .from(outbox)
      .where(and(lte(outbox.nextAttemptAt, now), inArray(outbox.state, ['queued', 'sending'])))
      .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
      .limit(1)
      .get()
    if (!due) return undefined
    const taken = { state: 'sending', attempts: due.attempts + 1, nextAttemptAt: leaseUntil } as const
    db.orm.update(outbox).set(taken).where(eq(outbox.id, due.id)).run()
    return { ...due, ...taken }
  })
}

export function markSent(db: Database, id: number, at: Date): void {
  db.orm
    .update(outbox)
    .set({ state: 'sent', sentAt: at, nextAttemptAt: null, lastError: null })
    .where(eq(outbox.id, id))
    .run()
}

export function postponeMail(db: Database, id: number, until: Date, error: string): void {
  db.orm
    .update(outbox)
    .set({ state: 'queued', nextAttemptAt: until, lastError: error })
    .where(eq(outbox.id, id))
    .run()
}

export function giveUpMail(db: Database, id: number, error: string): void {
  db.orm
    .update(outbox)
    .set({ state: 'failed', nextAttemptAt: null, lastError: error })
    .where(eq(outbox.id, id))
    .run()
}
