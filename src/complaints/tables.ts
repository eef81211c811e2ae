import { sql } from 'drizzle-orm'
import {
  check,
  index,
  integer,
  primaryKey,
  real,
  type SQLiteColumn,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { staff } from '#accounts/tables.ts'
import { CASE_STATUSES, type CaseStatus } from '#domain/case-status.ts'
import { CHANNELS, FINDINGS, KINDS, OUTCOMES, REJECT_REASONS, REPLY_BY } from '#domain/vocabulary.ts'
import { oneOf } from '#platform/checks.ts'
import { categories, units, villages } from '#settings/tables.ts'

const OPEN_STATUSES = "status in ('submitted','registered','assigned','in_progress','need_info')"
const OPEN = sql.raw(OPEN_STATUSES)

const REOPEN_PENDING = sql.raw(`reopened_at is not null and reopen_accepted_at is null and ${OPEN_STATUSES}`)

/** Told a second time: by somebody else, or by the same complainant because the problem was still there. */
const REPEATS = sql.raw('(merged_into_id is not null or reopened_at is not null)')

interface ListColumns {
  restricted: SQLiteColumn
  status: SQLiteColumn
  unitId: SQLiteColumn
  officerId: SQLiteColumn
  categoryCode: SQLiteColumn
  villageId: SQLiteColumn
  channel: SQLiteColumn
  receivedOn: SQLiteColumn
}

/** What a list of cases is narrowed by and who sees it, but for the column that an index begins with. */
function listed(t: ListColumns, first?: SQLiteColumn): SQLiteColumn[] {
  const { restricted, status, unitId, officerId, categoryCode, villageId, channel, receivedOn } = t
  const columns = [restricted, status, unitId, officerId, categoryCode, villageId, channel, receivedOn]
  return columns.filter((column) => column !== first)
}

export const cases = sqliteTable(
  'cases',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    fiscalYear: integer().notNull(),
    seq: integer().notNull(),
    /** Keyed hash of form token and content: the same form sent twice is the same case. */
    submissionKey: text().notNull().unique(),
    trackingHash: text().notNull(),
    kind: text({ enum: KINDS }).notNull(),
    categoryCode: text()
      .notNull()
      .references(() => categories.code),
    categoryGroup: text().notNull(),
    restricted: integer({ mode: 'boolean' }).notNull(),
    subject: text().notNull(),
    detail: text().notNull(),
    wish: text(),
    happenedOn: text(),
    urgent: integer({ mode: 'boolean' }).notNull().default(false),
    villageId: integer().references(() => villages.id),
    place: text(),
    latitude: real(),
    longitude: real(),
    channel: text({ enum: CHANNELS }).notNull(),
    language: text({ enum: ['th', 'en'] }).notNull(),
    privacyVersion: text().notNull(),
    receivedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Civil date of receipt in Bangkok: day zero of the clock and the fiscal year's ground. */
    receivedOn: text().notNull(),
    recordedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    recordedById: integer().references(() => staff.id),
    incomingNo: text(),
    incomingOn: text(),
    /** Register the case came from, and its number there. */
    source: text(),
    sourceRef: text(),
    status: text({ enum: CASE_STATUSES }).notNull(),
    /** Raised by every change; a form that carries an older one gets 409. */
    rev: integer().notNull().default(1),
    unitId: integer().references(() => units.id),
    officerId: integer().references(() => staff.id),
    /** Null for kinds without the 15-day duty. */
    dueOn: text(),
    /** The date the complainant was last told, after a delay was explained; that of the running clock. */
    promisedOn: text(),
    queueOn: text().generatedAlwaysAs(sql`coalesce(promised_on, due_on, date(received_on, '+30 days'))`, {
      mode: 'virtual',
    }),
    reopenedAt: integer({ mode: 'timestamp_ms' }),
    reopenAcceptedAt: integer({ mode: 'timestamp_ms' }),
    resolvedOn: text(),
    finishedOn: text(),
    resultText: text(),
    outcome: text({ enum: OUTCOMES }),
    finding: text({ enum: FINDINGS }),
    cause: text(),
    prevention: text(),
    rejectReason: text({ enum: REJECT_REASONS }),
    /** Body the case was forwarded to, or where else the complainant can go. */
    otherBody: text(),
    mergedIntoId: integer().references((): SQLiteColumn => cases.id),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [
    uniqueIndex('cases_number').on(t.fiscalYear, t.seq),
    uniqueIndex('cases_source').on(t.source, t.sourceRef).where(sql`source_ref is not null`),
    // The columns after the id let the counts beside the officer's lists be read off the index alone.
    index('cases_open').on(t.queueOn, t.id, t.dueOn, t.restricted, t.officerId).where(OPEN),
    index('cases_open_status').on(t.status, t.queueOn, t.id, t.restricted, t.officerId).where(OPEN),
    index('cases_open_unit')
      .on(t.unitId, t.queueOn, t.id, t.dueOn, t.status, t.restricted, t.officerId)
      .where(OPEN),
    index('cases_open_officer')
      .on(t.officerId, t.queueOn, t.id, t.dueOn, t.status, t.unitId, t.restricted)
      .where(OPEN),
    index('cases_reopened').on(t.queueOn, t.id, t.unitId, t.restricted, t.officerId).where(REOPEN_PENDING),
    // The wide ones hold every filter of the list of all cases, so that any combination of filters is decided
    // on the index; the narrow ones serve their filter alone.
    index('cases_due').on(t.queueOn, t.id, ...listed(t)),
    index('cases_status').on(t.status, t.queueOn, t.id, ...listed(t, t.status)),
    index('cases_unit').on(t.unitId, t.queueOn, t.id, ...listed(t, t.unitId)),
    index('cases_category').on(t.categoryCode, t.queueOn, t.id, ...listed(t, t.categoryCode)),
    index('cases_village').on(t.villageId, t.queueOn, t.id, ...listed(t, t.villageId)),
    index('cases_received').on(t.receivedOn, t.queueOn, t.id, ...listed(t, t.receivedOn)),
    index('cases_officer').on(t.officerId, t.queueOn, t.id),
    index('cases_channel').on(t.channel, t.queueOn, t.id),
    index('cases_merged_into').on(t.mergedIntoId).where(sql`merged_into_id is not null`),
    index('cases_repeats').on(t.receivedOn, t.kind, t.status, t.categoryCode, t.villageId).where(REPEATS),
    check('cases_kind', oneOf('kind', KINDS)),
    check('cases_channel', oneOf('channel', CHANNELS)),
    check('cases_status', oneOf('status', CASE_STATUSES)),
    check('cases_outcome', oneOf('outcome', OUTCOMES)),
    check('cases_finding', oneOf('finding', FINDINGS)),
    check('cases_reject_reason', oneOf('reject_reason', REJECT_REASONS)),
    check('cases_seq', sql`${t.seq} > 0`),
    check('cases_coordinates', sql`(${t.latitude} is null) = (${t.longitude} is null)`),
    check(
      'cases_finished',
      sql`(finished_on is not null) = (status in ('resolved','closed','not_accepted','forwarded','withdrawn'))`,
    ),
    check(
      'cases_resolved',
      sql`status not in ('resolved','closed') or (result_text is not null and outcome is not null and resolved_on is not null)`,
    ),
    check('cases_merged', sql`(status = 'merged') = (merged_into_id is not null)`),
  ],
)

/** Last number given per fiscal year. */
export const caseSequences = sqliteTable('case_sequences', {
  fiscalYear: integer().primaryKey(),
  last: integer().notNull(),
})

/** Who complained; kept apart from the case so that retention can remove it alone. */
export const caseContacts = sqliteTable(
  'case_contacts',
  {
    caseId: integer()
      .primaryKey()
      .references(() => cases.id),
    name: text(),
    phone: text(),
    email: text(),
    address: text(),
    replyBy: text({ enum: REPLY_BY }).notNull(),
    withholdName: integer({ mode: 'boolean' }).notNull(),
  },
  () => [check('case_contacts_reply_by', oneOf('reply_by', REPLY_BY))],
)

/** The case's history. Append-only by triggers. */
export const caseEvents = sqliteTable(
  'case_events',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    caseId: integer()
      .notNull()
      .references(() => cases.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    type: text().notNull(),
    actorKind: text({ enum: ['citizen', 'staff', 'system'] }).notNull(),
    actorId: integer(),
    actorName: text().notNull(),
    /** `public` events are what the complainant sees in tracking. */
    audience: text({ enum: ['public', 'internal'] }).notNull(),
    text: text(),
    before: text({ mode: 'json' }).$type<Record<string, unknown>>(),
    after: text({ mode: 'json' }).$type<Record<string, unknown>>(),
  },
  (t) => [
    index('case_events_case').on(t.caseId, t.id),
    check('case_events_actor_kind', oneOf('actor_kind', ['citizen', 'staff', 'system'])),
    check('case_events_audience', oneOf('audience', ['public', 'internal'])),
  ],
)

/** `asked` nobody of the general side sees the case any more; `erased` its rows are gone; `done` all of it is. */
export const MOVE_STATES = ['asked', 'erased', 'done'] as const

/** What a case was before it was moved, to be put back where the confidential register does not take it. */
export interface BeforeMove {
  status: CaseStatus
  finishedOn: string | null
  mergedIntoId: number | null
}

/** Cases on their way to the confidential register, and the fact that they went there. Guarded by triggers. */
export const caseMoves = sqliteTable(
  'case_moves',
  {
    caseId: integer()
      .primaryKey()
      .references(() => cases.id),
    /** Random; what the confidential register knows the case by until all of it is done, then forgotten. */
    token: text().unique(),
    state: text({ enum: MOVE_STATES }).notNull(),
    askedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    actorId: integer().notNull(),
    actorName: text().notNull(),
    /** Whom the matter concerns, and what the case was: known until it is erased. */
    excluded: text({ mode: 'json' }).$type<string[]>(),
    before: text({ mode: 'json' }).$type<BeforeMove>(),
    /**
     * The case's number below zero while its rows may be erased, by the triggers of every table that keeps its
     * rows otherwise. The migration makes it a foreign key to nothing, looked at when the transaction ends: a
     * transaction that gave it cannot be committed before it is taken back.
     */
    permit: integer(),
    /** Names of the files that are still to be removed from the disk. */
    blobs: text({ mode: 'json' }).$type<string[]>(),
  },
  (t) => [
    index('case_moves_open').on(t.state).where(sql`state <> 'done'`),
    check('case_moves_state', oneOf('state', MOVE_STATES)),
    check('case_moves_permit', sql`permit = -case_id`),
    check('case_moves_done', sql`state <> 'done' or (token is null and blobs is null)`),
  ],
)

const storedFile = {
  /** Unguessable public name of the file in addresses. */
  id: text().primaryKey(),
  storedName: text().notNull(),
  originalName: text().notNull(),
  mime: text({ enum: ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] }).notNull(),
  bytes: integer().notNull(),
  width: integer(),
  height: integer(),
  createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
}

export const caseFiles = sqliteTable(
  'case_files',
  {
    ...storedFile,
    caseId: integer()
      .notNull()
      .references(() => cases.id),
    eventId: integer().references(() => caseEvents.id),
    uploadedBy: text({ enum: ['citizen', 'staff'] }).notNull(),
    audience: text({ enum: ['public', 'internal'] }).notNull(),
  },
  (t) => [
    index('case_files_case').on(t.caseId),
    check('case_files_audience', oneOf('audience', ['public', 'internal'])),
  ],
)

/** Files of a form that has not been accepted yet, held for a day under the form's token. */
export const draftFiles = sqliteTable('draft_files', { ...storedFile, draftHash: text().notNull() }, (t) => [
  index('draft_files_draft').on(t.draftHash),
  index('draft_files_age').on(t.createdAt),
])

export const trackingSessions = sqliteTable('tracking_sessions', {
  tokenHash: text().primaryKey(),
  caseId: integer()
    .notNull()
    .references(() => cases.id),
  createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
  seenAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

/**
 * Running totals behind the public figures, kept by triggers in the transaction of the change:
 * cases received in a month and cases finished in a month, per kind and category group.
 */
export const monthTotals = sqliteTable(
  'month_totals',
  {
    /** YYYY-MM of the common era. */
    month: text().notNull(),
    kind: text({ enum: KINDS }).notNull(),
    categoryGroup: text().notNull(),
    received: integer().notNull(),
    finished: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.kind, t.categoryGroup] })],
)

/** Running count of cases per unit and officer (0: none), so that "all" never counts old cases one by one. */
export const unitTotals = sqliteTable(
  'unit_totals',
  {
    unitId: integer().notNull(),
    officerId: integer().notNull(),
    restricted: integer({ mode: 'boolean' }).notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.officerId, t.restricted] })],
)

/** One row: raised by every change of the figures, and when. The validator of cached pages. */
export const figuresVersion = sqliteTable('figures_version', {
  id: integer().primaryKey(),
  version: integer().notNull(),
  changedAt: integer({ mode: 'timestamp_ms' }).notNull(),
})
