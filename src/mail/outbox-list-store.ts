import { and, asc, desc, eq, gt, lt } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { type MailState, outbox } from './tables.ts'

/** What an administrator may know of a mail: not a word of what it says. */
const LISTED = {
  id: outbox.id,
  kind: outbox.kind,
  caseId: outbox.caseId,
  recipient: outbox.recipient,
  state: outbox.state,
  attempts: outbox.attempts,
  nextAttemptAt: outbox.nextAttemptAt,
  lastError: outbox.lastError,
  createdAt: outbox.createdAt,
  sentAt: outbox.sentAt,
}

export type ListedMail = Pick<typeof outbox.$inferSelect, keyof typeof LISTED>

/** From where on: older than a mail, or newer; without either, the newest. */
export interface Position {
  before?: number | undefined
  after?: number | undefined
}

export interface MailPage {
  mails: ListedMail[]
  hasNewer: boolean
  hasOlder: boolean
}

/** One page, newest first. Each state is read along its index, so that old mail costs nothing. */
export function pageOfMails(
  db: Database,
  states: readonly MailState[],
  { before, after }: Position,
  size: number,
): MailPage {
  const isUpward = after !== undefined
  const from = isUpward ? gt(outbox.id, after) : before === undefined ? undefined : lt(outbox.id, before)
  const read = (state: MailState) =>
    db.orm
      .select(LISTED)
      .from(outbox)
      .where(and(eq(outbox.state, state), from))
      .orderBy(isUpward ? asc(outbox.id) : desc(outbox.id))
      .limit(size + 1)
      .all()
  const found = states.flatMap(read).sort((a, b) => (isUpward ? a.id - b.id : b.id - a.id))
  const mails = found.slice(0, size)
  const hasMore = found.length > size
  if (isUpward) return { mails: mails.reverse(), hasNewer: hasMore, hasOlder: true }
  return { mails, hasNewer: before !== undefined, hasOlder: hasMore }
}

/** How many mails are in these states, counted up to `cap`. */
export function countMails(db: Database, states: readonly MailState[], cap: number): number {
  const count = db.sqlite
    .prepare<[string, number], number>('select count(*) from (select 1 from outbox where state = ? limit ?)')
    .pluck()
  const sum = states.reduce((total, state) => total + (count.get(state, cap) ?? 0), 0)
  return Math.min(sum, cap)
}

export function findListedMail(db: Database, id: number): ListedMail | undefined {
  return db.orm.select(LISTED).from(outbox).where(eq(outbox.id, id)).get()
}
