import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Failed attempts per scope and keyed hash of what was tried; rows survive a restart. */
export const attempts = sqliteTable(
  'attempts',
  {
    scope: text().notNull(),
    key: text().notNull(),
    failures: integer().notNull(),
    windowEndsAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.scope, t.key] }), index('attempts_window').on(t.windowEndsAt)],
)
