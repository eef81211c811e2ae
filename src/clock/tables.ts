import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { cases } from '#complaints/tables.ts'

/** One clock per case and duty; reopening starts the next `round` beside the first, which is kept. */
export const caseClocks = sqliteTable(
  'case_clocks',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    caseId: integer()
      .notNull()
      .references(() => cases.id),
    duty: text({ enum: ['resolve'] }).notNull(),
    round: integer().notNull(),
    startedOn: text().notNull(),
    dueOn: text().notNull(),
    /** The policy of the day the clock started: a later change of settings does not reach back. */
    policy: text({ mode: 'json' }).$type<{ targetDays: number; countMode: 'calendar' }>().notNull(),
    stoppedOn: text(),
    /** Set with `stoppedOn` and never changed afterwards. */
    verdict: text({ enum: ['met', 'late', 'void'] }),
  },
  (t) => [uniqueIndex('case_clocks_round').on(t.caseId, t.duty, t.round)],
)
