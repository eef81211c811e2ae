import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** What the office does so that a problem does not come back (the plan's 19-6), and whether it helped. */
export const preventiveMeasures = sqliteTable(
  'preventive_measures',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    categoryCode: text().notNull(),
    /** Null: everywhere. */
    villageId: integer(),
    problem: text().notNull(),
    measure: text().notNull(),
    owner: text().notNull(),
    /** From this day on the effect is counted; before it, an equally long time. */
    startsOn: text().notNull(),
    dueOn: text(),
    doneOn: text(),
    /** The day it was given up; the result says why. Measures are never deleted. */
    abandonedOn: text(),
    result: text(),
    /** Raised by every change; a form that carries an older one gets 409. */
    rev: integer().notNull().default(1),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    createdBy: text().notNull(),
  },
  (t) => [
    index('preventive_measures_place').on(t.categoryCode, t.villageId),
    check('preventive_measures_ended', sql`done_on is null or abandoned_on is null`),
    check('preventive_measures_abandoned', sql`abandoned_on is null or result is not null`),
  ],
)
