import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { cases } from '#complaints/tables.ts'

/** Which categories an indicator counts, per fiscal year: the administrator's table, not code. */
export const indicatorCategories = sqliteTable(
  'indicator_categories',
  {
    fiscalYear: integer().notNull(),
    /** Such as `5` or `17.2`: the project's number in the plan and its outcome. */
    indicator: text().notNull(),
    categoryCode: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.indicator, t.categoryCode] })],
)

/** What the portal cannot count and is typed in: ITA score, corruption cases of 2565, survey results. */
export const indicatorInputs = sqliteTable(
  'indicator_inputs',
  {
    fiscalYear: integer().notNull(),
    key: text().notNull(),
    value: real().notNull(),
    source: text().notNull(),
    enteredAt: integer({ mode: 'timestamp_ms' }).notNull(),
    enteredBy: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fiscalYear, t.key] })],
)

/** A case that is counted, or not, otherwise than its category says. */
export const indicatorOverrides = sqliteTable(
  'indicator_overrides',
  {
    caseId: integer()
      .notNull()
      .references(() => cases.id),
    indicator: text().notNull(),
    counts: integer({ mode: 'boolean' }).notNull(),
    reason: text().notNull(),
    decidedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    decidedBy: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.indicator] })],
)
