import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { KINDS } from '#domain/vocabulary.ts'
import { oneOf } from '#platform/checks.ts'

/**
 * What a month's cases are told apart by. The crossing of category and village holds both codes and the half of the
 * fiscal year (C.E., such as `2027-1`) in which the case finished, or nothing: `A2|3|2027-1`. What may be told of the
 * crossing depends on what the villages' own figures tell of each half.
 */
export const DIMENSIONS = [
  'category',
  'channel',
  'unit',
  'village',
  'category_village',
  /** Categories of cases accepted for consideration; of cases found to have grounds. Counted by receipt. */
  'accepted',
  'grounds',
  /** How cases finished. */
  'outcome',
  'finding',
] as const
export type Dimension = (typeof DIMENSIONS)[number]

/** Counted in the month of receipt, or in that of the end. */
export const BASES = ['received', 'finished'] as const
export type Basis = (typeof BASES)[number]

/** Running totals behind every breakdown, kept by triggers in the transaction of the change. */
export const figureTotals = sqliteTable(
  'figure_totals',
  {
    /** YYYY-MM of the common era. */
    month: text().notNull(),
    basis: text({ enum: BASES }).notNull(),
    kind: text({ enum: KINDS }).notNull(),
    dimension: text({ enum: DIMENSIONS }).notNull(),
    /** Category code, channel, unit or village id (0: none), outcome, finding. */
    value: text().notNull(),
    count: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.month, t.basis, t.kind, t.dimension, t.value] }),
    check('figure_totals_basis', oneOf('basis', BASES)),
    check('figure_totals_dimension', oneOf('dimension', DIMENSIONS)),
  ],
)

export const TIMELINESS = ['met', 'explained', 'late', 'void', 'running'] as const
export type Timeliness = (typeof TIMELINESS)[number]

/** The duty to resolve or explain, by the month of the due date (requirements A12, rule 8). Reopened cases have one more. */
export const timelinessTotals = sqliteTable(
  'timeliness_totals',
  {
    month: text().notNull(),
    kind: text({ enum: KINDS }).notNull(),
    state: text({ enum: TIMELINESS }).notNull(),
    count: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.month, t.kind, t.state] }),
    check('timeliness_totals_state', oneOf('state', TIMELINESS)),
  ],
)

/** Days from receipt to the end, by the month of the end: median and percentile are read off it. */
export const daysTotals = sqliteTable(
  'days_totals',
  {
    month: text().notNull(),
    kind: text({ enum: KINDS }).notNull(),
    days: integer().notNull(),
    count: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.kind, t.days] })],
)

/** Figures of years before the portal, typed in from the office's own papers. */
export const historyFigures = sqliteTable(
  'history_figures',
  {
    fiscalYear: integer().notNull(),
    categoryCode: text().notNull(),
    received: integer().notNull(),
    finished: integer().notNull(),
    /** Null where the papers do not tell. */
    grounds: integer(),
    /** The document the figure is taken from. */
    source: text().notNull(),
    enteredAt: integer({ mode: 'timestamp_ms' }).notNull(),
    enteredBy: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.categoryCode] })],
)

/** One line per nightly count that found a difference: an alarm that stays until somebody has looked. */
export const recountAlarms = sqliteTable(
  'recount_alarms',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    foundAt: integer({ mode: 'timestamp_ms' }).notNull(),
    detail: text({ mode: 'json' }).$type<unknown>().notNull(),
    seenAt: integer({ mode: 'timestamp_ms' }),
    seenBy: text(),
  },
  (t) => [index('recount_alarms_unseen').on(t.seenAt)],
)
