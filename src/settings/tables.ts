import { sql } from 'drizzle-orm'
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Documents of settings (office profile, deadlines, privacy notice), each read and checked by its zod schema. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).notNull(),
  updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

export const units = sqliteTable('units', {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  nameEn: text().notNull(),
  /** The complaint centre: its officers register and assign. */
  isCentre: integer({ mode: 'boolean' }).notNull().default(false),
  sort: integer().notNull().default(0),
  retiredAt: integer({ mode: 'timestamp_ms' }),
})

export const villages = sqliteTable('villages', {
  id: integer().primaryKey({ autoIncrement: true }),
  number: integer().notNull().unique(),
  name: text().notNull(),
  nameEn: text().notNull(),
  retiredAt: integer({ mode: 'timestamp_ms' }),
})

export const categories = sqliteTable(
  'categories',
  {
    code: text().primaryKey(),
    /** The group's code; null for a group itself. */
    groupCode: text(),
    kind: text({ enum: ['complaint', 'request', 'question', 'suggestion', 'praise'] }).notNull(),
    name: text().notNull(),
    nameEn: text().notNull(),
    unitId: integer().references(() => units.id),
    /** Fewer days than the office's promise; null means the office's. */
    targetDays: integer(),
    /** Personnel matters: seen by the responsible officer and heads only. */
    restricted: integer({ mode: 'boolean' }).notNull().default(false),
    sort: integer().notNull(),
    retiredAt: integer({ mode: 'timestamp_ms' }),
  },
  (t) => [check('categories_target_days', sql`${t.targetDays} between 1 and 365`)],
)

/** Days on which the office is closed besides Saturdays and Sundays. */
export const holidays = sqliteTable('holidays', {
  /** 'YYYY-MM-DD' of the common era. */
  day: text().primaryKey(),
  name: text().notNull(),
  /** A day off in place of a holiday that fell on a weekend. */
  substitute: integer({ mode: 'boolean' }).notNull().default(false),
  /** The announcement it was taken from. */
  source: text().notNull(),
  addedAt: integer({ mode: 'timestamp_ms' }).notNull(),
})
