import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import { cases } from '#complaints/tables.ts'
import type { Duty } from '#domain/clock-schedule.ts'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { preparedOnce } from '#platform/statements.ts'
import { caseClocks, notices } from './tables.ts'

export type Notice = typeof notices.$inferSelect

/** Whether this person was told of this cause before. */
export function wasTold(db: Database, mark: string, recipientId: number): boolean {
  return statementsOf(db).known.get(mark, recipientId) !== undefined
}

/** Whether anybody was told of this cause. */
export function wasUrged(db: Database, mark: string): boolean {
  return db.orm.select({ id: notices.id }).from(notices).where(eq(notices.mark, mark)).get() !== undefined
}

export function insertNotice(db: Database, notice: Omit<typeof notices.$inferInsert, 'id'>): void {
  insertRow(db, notices, notice)
}

/** The digest of that key, as far as it can still take up a notice: nobody has begun to send it. */
export function findDigest(db: Database, dedupeKey: string): { id: number; isOpen: boolean } | undefined {
  const row = statementsOf(db).digest.get(dedupeKey)
  return row && { id: row.id, isOpen: row.isOpen === 1 }
}

/** A notice as it is listed, with what is needed of its case. */
export interface NoticeLine {
  notice: Notice
  case: Pick<
    typeof cases.$inferSelect,
    | 'id'
    | 'fiscalYear'
    | 'seq'
    | 'subject'
    | 'status'
    | 'unitId'
    | 'officerId'
    | 'restricted'
    | 'dueOn'
    | 'promisedOn'
  >
}

const LISTED = {
  notice: notices,
  case: {
    id: cases.id,
    fiscalYear: cases.fiscalYear,
    seq: cases.seq,
    subject: cases.subject,
    status: cases.status,
    unitId: cases.unitId,
    officerId: cases.officerId,
    restricted: cases.restricted,
    dueOn: cases.dueOn,
    promisedOn: cases.promisedOn,
  },
}

/** A notice in a mail, with its clock as it stands by now, where a clock sent it. */
export interface MailedNotice extends NoticeLine {
  clock: Pick<typeof caseClocks.$inferSelect, 'duty' | 'dueOn' | 'promisedOn' | 'verdict'> | null
}

/** The notices that a mail carries, oldest first. */
export function noticesOfMail(db: Database, mailId: number): MailedNotice[] {
  const { duty, dueOn, promisedOn, verdict } = caseClocks
  return db.orm
    .select({ ...LISTED, clock: { duty, dueOn, promisedOn, verdict } })
    .from(notices)
    .innerJoin(cases, eq(cases.id, notices.caseId))
    .leftJoin(caseClocks, eq(caseClocks.id, notices.clockId))
    .where(eq(notices.mailId, mailId))
    .orderBy(notices.id)
    .all()
}

/** A notice as its recipient reads it: with the duty it reminds of, where a clock sent it. */
export interface OwnNotice extends NoticeLine {
  duty: Duty | null
}

/** A person's notices, newest first, from below an id on. The caller leaves out cases that may not be seen. */
export function noticesFor(db: Database, recipientId: number, below: number, limit: number): OwnNotice[] {
  return db.orm
    .select({ ...LISTED, duty: caseClocks.duty })
    .from(notices)
    .innerJoin(cases, eq(cases.id, notices.caseId))
    .leftJoin(caseClocks, eq(caseClocks.id, notices.clockId))
    .where(and(eq(notices.recipientId, recipientId), lt(notices.id, below)))
    .orderBy(desc(notices.id))
    .limit(limit)
    .all()
}

/** How many notices a person has not read, counted up to `cap`. */
export function countUnread(db: Database, recipientId: number, cap: number): number {
  return statementsOf(db).unread.get(recipientId, cap) ?? 0
}

/** Marks as read what the person has seen: everything up to an id, so that nothing that came since is lost. */
export function markRead(db: Database, recipientId: number, throughId: number, at: Date): void {
  db.orm
    .update(notices)
    .set({ readAt: at })
    .where(
      and(eq(notices.recipientId, recipientId), isNull(notices.readAt), sql`${notices.id} <= ${throughId}`),
    )
    .run()
}

/** A person looked at the case: its notices have done their work. */
export function markCaseRead(db: Database, recipientId: number, caseId: number, at: Date): void {
  const unread = and(eq(notices.caseId, caseId), eq(notices.recipientId, recipientId), isNull(notices.readAt))
  // Looked for first: whoever only reads a case must not wait for somebody who writes.
  if (!db.orm.select({ id: notices.id }).from(notices).where(unread).get()) return
  db.orm.update(notices).set({ readAt: at }).where(unread).run()
}

/** The case has ended: nobody is to be reminded of it any more. */
export function endNotices(db: Database, caseId: number, at: Date): void {
  statementsOf(db).end.run(at.getTime(), caseId)
}

/** Takes notices out of their mail, with the reason: every notice has its mail or why it has none. */
export function dropFromMail(
  db: Database,
  ids: readonly number[],
  noMail: NonNullable<Notice['noMail']>,
): void {
  if (ids.length === 0) return
  db.orm
    .update(notices)
    .set({ mailId: null, noMail })
    // As one value: a statement takes no more than some thirty thousand.
    .where(sql`${notices.id} in (select value from json_each(${JSON.stringify(ids)}))`)
    .run()
}

const statementsOf = preparedOnce(({ sqlite }) => ({
  known: sqlite.prepare<[string, number]>('select 1 from notices where mark = ? and recipient_id = ?'),
  digest: sqlite.prepare<[string], { id: number; isOpen: 0 | 1 }>(
    `select id, state = 'queued' and attempts = 0 and body = '' as isOpen from outbox where dedupe_key = ?`,
  ),
  unread: sqlite
    .prepare<[number, number], number>(
      `select count(*) from (select 1 from notices where recipient_id = ? and read_at is null limit ?)`,
    )
    .pluck(),
  end: sqlite.prepare<[number, number]>(
    'update notices set read_at = ? where case_id = ? and read_at is null',
  ),
}))
