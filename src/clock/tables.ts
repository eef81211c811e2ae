import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { cases } from '#complaints/tables.ts'
import { type ClockPolicy, DUTIES } from '#domain/clock-schedule.ts'
import type { SkippedDay } from '#domain/deadlines.ts'
import { oneOf } from '#platform/checks.ts'

export const VERDICTS = ['met', 'explained', 'late', 'void'] as const
export type Verdict = (typeof VERDICTS)[number]

export const CLOCK_EVENT_TYPES = [
  'started',
  'warned',
  'overdue',
  'drafted',
  'progress_due',
  'breached',
  'explained',
  'extended',
  'told',
  'recalculated',
  'paused',
  'resumed',
  'superseded',
  'met',
  'late',
  'void',
  'urged',
] as const
export type ClockEventType = (typeof CLOCK_EVENT_TYPES)[number]

export const NOTICE_KINDS = ['near', 'over', 'draft', 'progress', 'urged', 'mail_failed', 'approval'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** One clock per case and duty; reopening starts the next `round` beside the first, which is kept. */
export const caseClocks = sqliteTable(
  'case_clocks',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    caseId: integer()
      .notNull()
      .references(() => cases.id),
    duty: text({ enum: DUTIES }).notNull(),
    round: integer().notNull(),
    startedOn: text().notNull(),
    /** The plan's date. Moves only with an event that tells from what to what (a trigger sees to it). */
    dueOn: text().notNull(),
    /** What the complainant was last told; null until a delay was explained. */
    promisedOn: text(),
    /** The day the first explanation reached the complainant. */
    explainedOn: text(),
    /** The day the complainant was last told in writing how the case stands. */
    toldOn: text(),
    pausedOn: text(),
    pausedUntil: text(),
    /** Set when a date passed unmet and unexplained; never unset. */
    breachedAt: integer({ mode: 'timestamp_ms' }),
    /** The policy of the day the clock started: a later change of settings does not reach back. */
    policy: text({ mode: 'json' }).$type<ClockPolicy>().notNull(),
    /** The closed days that were passed over in counting. */
    skipped: text({ mode: 'json' }).$type<SkippedDay[]>().notNull().default([]),
    /** Null once stopped, and where nothing is ahead. */
    nextFireAt: integer({ mode: 'timestamp_ms' }),
    /** A clock that could not be worked on is left alone until then. */
    asideUntil: integer({ mode: 'timestamp_ms' }),
    asideReason: text(),
    stoppedOn: text(),
    /** Set with `stoppedOn` and never changed afterwards. */
    verdict: text({ enum: VERDICTS }),
  },
  (t) => [
    uniqueIndex('case_clocks_round').on(t.caseId, t.duty, t.round),
    index('case_clocks_due').on(t.nextFireAt).where(sql`next_fire_at is not null`),
    index('case_clocks_aside').on(t.asideUntil).where(sql`aside_until is not null`),
    index('case_clocks_running').on(t.id).where(sql`verdict is null`),
    check('case_clocks_duty', oneOf('duty', DUTIES)),
    check('case_clocks_verdict', oneOf('verdict', VERDICTS)),
    check('case_clocks_stopped', sql`(verdict is null) = (stopped_on is null)`),
    check('case_clocks_no_fire', sql`verdict is null or next_fire_at is null`),
  ],
)

/** What happened to a clock. Append-only by triggers: no later act erases that a date was missed. */
export const clockEvents = sqliteTable(
  'clock_events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    clockId: integer()
      .notNull()
      .references(() => caseClocks.id),
    caseId: integer().notNull(),
    type: text({ enum: CLOCK_EVENT_TYPES }).notNull(),
    /** What happens once per clock has a mark, and cannot be written twice. */
    mark: text(),
    dueBefore: text(),
    dueAfter: text(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    actorName: text().notNull(),
    detail: text({ mode: 'json' }).$type<Record<string, unknown>>(),
  },
  (t) => [
    uniqueIndex('clock_events_mark').on(t.clockId, t.mark),
    index('clock_events_case').on(t.caseId, t.id),
    check('clock_events_type', oneOf('type', CLOCK_EVENT_TYPES)),
  ],
)

/** Reminders to the office, each to one person; what the bell shows, with or without a mail. */
export const notices = sqliteTable(
  'notices',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    caseId: integer()
      .notNull()
      .references(() => cases.id),
    clockId: integer(),
    kind: text({ enum: NOTICE_KINDS }).notNull(),
    /** The cause, once per person: 'clock:12:warn:3@2026-12-01'. */
    mark: text().notNull(),
    recipientId: integer().notNull(),
    /** The date it is about. */
    dueOn: text(),
    /** What is told besides, such as why this person gets it in place of another. */
    text: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    readAt: integer({ mode: 'timestamp_ms' }),
    /** The mail that carries it; null with a reason where there is none. */
    mailId: integer(),
    noMail: text({ enum: ['no_address', 'ended', 'hidden'] }),
  },
  (t) => [
    uniqueIndex('notices_mark').on(t.mark, t.recipientId),
    index('notices_recipient').on(t.recipientId, t.id),
    index('notices_unread').on(t.recipientId).where(sql`read_at is null`),
    index('notices_case').on(t.caseId),
    index('notices_mail').on(t.mailId),
    check('notices_kind', oneOf('kind', NOTICE_KINDS)),
  ],
)

/** A change of the calendar or of the days promised that running clocks are to follow. */
export const recalculations = sqliteTable('recalculations', {
  id: integer().primaryKey({ autoIncrement: true }),
  /** In words, for the history of each clock that moves. */
  reason: text().notNull(),
  actorId: integer(),
  actorName: text().notNull(),
  requestedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  /** Clocks up to this id are done: where a crash is picked up. */
  doneThrough: integer().notNull().default(0),
  moved: integer().notNull().default(0),
  finishedAt: integer({ mode: 'timestamp_ms' }),
})

/** When a job of the timetable last came to its end, and what it failed of. */
export const jobRuns = sqliteTable('job_runs', {
  name: text().primaryKey(),
  okAt: integer({ mode: 'timestamp_ms' }),
  failedAt: integer({ mode: 'timestamp_ms' }),
  error: text(),
})
