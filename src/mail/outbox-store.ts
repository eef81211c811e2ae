import { and, asc, eq, inArray, lte } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { type MailState, outbox } from './tables.ts'

export type OutboxMail = typeof outbox.$inferSelect

const isDue = (now: Date) => and(lte(outbox.nextAttemptAt, now), inArray(outbox.state, ['queued', 'sending']))

/** The mail that has waited longest for its turn. One left 'sending' by a crash is due once its lease has passed. */
export function nextDueMail(db: Database, now: Date): number | undefined {
  return db.orm
    .select({ id: outbox.id })
    .from(outbox)
    .where(isDue(now))
    .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
    .limit(1)
    .get()?.id
}

/** The mail, unless somebody else took it in the meantime. */
export function findDueMail(db: Database, id: number, now: Date): OutboxMail | undefined {
  return db.orm
    .select()
    .from(outbox)
    .where(and(eq(outbox.id, id), isDue(now)))
    .get()
}

/** Takes it for one attempt, with the words it goes out with from now on. */
export function leaseMail(
  db: Database,
  mail: OutboxMail,
  leaseUntil: Date,
  words: Pick<OutboxMail, 'subject' | 'body'>,
): OutboxMail {
  const { subject, body } = words
  const taken = { state: 'sending', attempts: mail.attempts + 1, nextAttemptAt: leaseUntil } as const
  db.orm
    .update(outbox)
    .set({ ...taken, subject, body })
    .where(eq(outbox.id, mail.id))
    .run()
  return { ...mail, ...taken, subject, body }
}

/** Ends a mail without an attempt. */
export function endMail(
  db: Database,
  id: number,
  state: 'unknown' | 'suppressed' | 'failed',
  reason: string,
): void {
  db.orm
    .update(outbox)
    .set({ state, nextAttemptAt: null, lastCode: null, lastError: reason })
    .where(eq(outbox.id, id))
    .run()
}

/** Leaves a mail alone until then, because we could not even begin with it. */
export function setMailAside(db: Database, id: number, until: Date, error: string): void {
  db.orm.update(outbox).set({ nextAttemptAt: until, lastError: error }).where(eq(outbox.id, id)).run()
}

/** How an attempt ended; without a time it is not tried again by itself. */
export type Outcome = { state: MailState } & Partial<
  Pick<OutboxMail, 'nextAttemptAt' | 'sentAt' | 'lastCode' | 'lastError'>
>

/** False where the mail is no longer in this attempt: somebody else has decided about it. */
export function recordOutcome(
  db: Database,
  { id, attempts }: Pick<OutboxMail, 'id' | 'attempts'>,
  outcome: Outcome,
): boolean {
  // An answer that came after the lease had run out still tells how it was.
  const from: MailState[] = outcome.state === 'sent' ? ['sending', 'unknown'] : ['sending']
  const { changes } = db.orm
    .update(outbox)
    .set({ nextAttemptAt: null, lastCode: null, lastError: null, ...outcome })
    .where(and(eq(outbox.id, id), eq(outbox.attempts, attempts), inArray(outbox.state, from)))
    .run()
  return changes === 1
}

/**
 * Sends a mail again that failed or of which nobody knows: the same mail, with its Message-ID and its words.
 * False where it is in another state.
 */
export function requeueMail(db: Database, id: number, at: Date): boolean {
  const { changes } = db.orm
    .update(outbox)
    .set({ state: 'queued', attempts: 0, nextAttemptAt: at, lastCode: null, lastError: null })
    .where(and(eq(outbox.id, id), inArray(outbox.state, ['failed', 'unknown'])))
    .run()
  return changes === 1
}

/** A person found out what became of a mail of which nobody knew. False where that is no longer open. */
export function settleUnknown(db: Database, id: number, state: 'sent' | 'failed', at: Date): boolean {
  const { changes } = db.orm
    .update(outbox)
    .set({ state, sentAt: state === 'sent' ? at : null })
    .where(and(eq(outbox.id, id), eq(outbox.state, 'unknown')))
    .run()
  return changes === 1
}
