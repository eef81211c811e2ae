import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { cases } from '#complaints/tables.ts'
import { oneOf } from '#platform/checks.ts'

export const LETTER_KINDS = [
  'receipt',
  'progress',
  'delay',
  'forwarded',
  'result',
  'not_accepted',
  'reopened',
] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

/**
 * `draft` made ready by the portal or kept by an officer; `waiting` for approval; `issued` to be read in
 * tracking and on its way; `sent` told to the complainant; `dropped` overtaken before it was issued.
 */
export const LETTER_STATES = ['draft', 'waiting', 'issued', 'sent', 'dropped'] as const
export type LetterState = (typeof LETTER_STATES)[number]

export const DELIVERY_MEANS = ['email', 'tracking', 'post', 'phone', 'handed'] as const
export type DeliveryMeans = (typeof DELIVERY_MEANS)[number]

/** The words that are this letter's own; everything else is worked out from the case. */
export interface LetterContent {
  /** What the complainant is told; the reason in a letter about a delay. */
  text: string
  /** Delay: what was done so far, what comes next. */
  doneText?: string
  nextText?: string
  /** Delay: the new date. Receipt and reopening: the due date told. */
  dueOn?: string | null
  /** Forwarded or not accepted: the other body, the reason in words. */
  otherBody?: string | null
  reason?: string | null
  /** By name, the unit whose matter it was then: what a letter says does not change with the case. */
  unit?: string
}

/** Letters to the complainant, one row each, written in the transaction of the act that causes it. */
export const letters = sqliteTable(
  'letters',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** Unguessable name in addresses. */
    publicId: text().notNull().unique(),
    caseId: integer()
      .notNull()
      .references(() => cases.id),
    clockId: integer(),
    /** The history's event that tells the same. */
    eventId: integer(),
    kind: text({ enum: LETTER_KINDS }).notNull(),
    state: text({ enum: LETTER_STATES }).notNull(),
    content: text({ mode: 'json' }).$type<LetterContent>().notNull(),
    /** Raised by every change: a form that carries an older one gets 409. */
    rev: integer().notNull().default(1),
    authorId: integer(),
    authorName: text().notNull(),
    approverId: integer(),
    approverName: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    issuedAt: integer({ mode: 'timestamp_ms' }),
    /** From the office's register (ทะเบียนหนังสือส่ง), typed in. */
    officialNo: text(),
    officialOn: text(),
    signerName: text(),
    signerPost: text(),
  },
  (t) => [
    index('letters_case').on(t.caseId, t.id),
    // At most one explanation at a time is being written for a clock.
    uniqueIndex('letters_open')
      .on(t.clockId, t.kind)
      .where(sql`state in ('draft','waiting','issued') and kind = 'delay'`),
    index('letters_waiting').on(t.state, t.caseId).where(sql`state in ('draft','waiting')`),
    check('letters_kind', oneOf('kind', LETTER_KINDS)),
    check('letters_state', oneOf('state', LETTER_STATES)),
  ],
)

/** How and when a letter reached the complainant. Append-only by triggers. */
export const letterDeliveries = sqliteTable(
  'letter_deliveries',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    letterId: integer()
      .notNull()
      .references(() => letters.id),
    means: text({ enum: DELIVERY_MEANS }).notNull(),
    /** The day it was posted, told or handed over. */
    deliveredOn: text().notNull(),
    recordedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    actorId: integer(),
    actorName: text().notNull(),
    note: text(),
  },
  (t) => [
    index('letter_deliveries_letter').on(t.letterId),
    check('letter_deliveries_means', oneOf('means', DELIVERY_MEANS)),
  ],
)
