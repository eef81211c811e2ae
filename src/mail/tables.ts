import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Outgoing mail, written in the transaction that causes it and delivered afterwards. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** One per cause, so that a repeated cause cannot send twice. */
    dedupeKey: text().notNull().unique(),
    messageId: text().notNull().unique(),
    caseId: integer(),
    recipient: text().notNull(),
    subject: text().notNull(),
    body: text().notNull(),
    state: text({ enum: ['queued', 'sending', 'sent', 'failed'] })
      .notNull()
      .default('queued'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: integer({ mode: 'timestamp_ms' }),
    lastError: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    sentAt: integer({ mode: 'timestamp_ms' }),
  },
  (t) => [
    index('outbox_due').on(t.nextAttemptAt).where(sql`${t.nextAttemptAt} is not null`),
    index('outbox_case').on(t.caseId),
  ],
)
