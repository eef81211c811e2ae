import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { oneOf } from '#platform/checks.ts'

export const REPORT_STATES = ['draft', 'noted', 'published', 'replaced'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** The office's own words in a report, by section. */
export type ReportTexts = Record<string, string>

/** A summary report of a period. Once published its figures stand still; a correction is a new version. */
export const summaryReports = sqliteTable(
  'summary_reports',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** Part of the address, such as `2570-1` or `2570`. */
    slug: text().notNull(),
    version: integer().notNull().default(1),
    title: text().notNull(),
    fromOn: text().notNull(),
    toOn: text().notNull(),
    state: text({ enum: REPORT_STATES }).notNull(),
    texts: text({ mode: 'json' }).$type<ReportTexts>().notNull(),
    /** Null while the report is a draft and counts anew each time it is read. */
    figures: text({ mode: 'json' }).$type<unknown>(),
    notedOn: text(),
    notedBy: text(),
    publishedAt: integer({ mode: 'timestamp_ms' }),
    rev: integer().notNull().default(1),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    createdBy: text().notNull(),
  },
  (t) => [
    uniqueIndex('summary_reports_slug').on(t.slug, t.version),
    check('summary_reports_state', oneOf('state', REPORT_STATES)),
    check('summary_reports_published', sql`(published_at is null) = (state in ('draft','noted'))`),
  ],
)
