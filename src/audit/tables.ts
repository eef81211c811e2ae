import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** One line per change of anything: who, what, before, after, when. Append-only by triggers. */
export const auditLines = sqliteTable(
  'audit_lines',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    actorKind: text({ enum: ['citizen', 'staff', 'system'] }).notNull(),
    actorId: integer(),
    actorName: text().notNull(),
    action: text().notNull(),
    /** What was changed, such as `case:17`, `account:3`, `settings:office`. */
    subject: text().notNull(),
    before: text({ mode: 'json' }),
    after: text({ mode: 'json' }),
  },
  (t) => [index('audit_lines_subject').on(t.subject, t.id)],
)
