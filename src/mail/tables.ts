import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { oneOf } from '#platform/checks.ts'

/** `letter` to a complainant; `digest` of an officer's notices; `notice` to an officer; `test` from the settings. */
export const MAIL_KINDS = ['letter', 'digest', 'notice', 'test'] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/**
 * `unknown`: the server may or may not have taken it, and a person decides. `suppressed`: not to be sent, with
 * the reason in `lastError`.
 */
export const MAIL_STATES = ['queued', 'sending', 'sent', 'failed', 'unknown', 'suppressed'] as const
export type MailState = (typeof MAIL_STATES)[number]

/** Outgoing mail, written in the transaction that causes it and delivered afterwards. One recipient a row. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** One per cause, so that a repeated cause cannot send twice. */
    dedupeKey: text().notNull().unique(),
    messageId: text().notNull().unique(),
    kind: text({ enum: MAIL_KINDS }).notNull(),
    language: text({ enum: ['th', 'en'] })
      .notNull()
      .default('th'),
    caseId: integer(),
    /** The letter it carries. */
    letterId: integer(),
    /** The member of staff it goes to. */
    staffId: integer(),
    recipient: text().notNull(),
    subject: text().notNull(),
    /** Empty for a digest until it is composed, right before it is first sent. */
    body: text().notNull(),
    state: text({ enum: MAIL_STATES }).notNull().default('queued'),
    attempts: integer().notNull().default(0),
    /** Not before; while `sending`, the end of the lease. Null once nothing more happens by itself. */
    nextAttemptAt: integer({ mode: 'timestamp_ms' }),
    /** The server's last answer. */
    lastCode: integer(),
    lastError: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    sentAt: integer({ mode: 'timestamp_ms' }),
  },
  (t) => [
    index('outbox_due').on(t.nextAttemptAt).where(sql`next_attempt_at is not null`),
    index('outbox_state').on(t.state, t.id),
    index('outbox_case').on(t.caseId),
    index('outbox_recipient').on(t.recipient, t.createdAt),
    check('outbox_kind', oneOf('kind', MAIL_KINDS)),
    check('outbox_state_known', oneOf('state', MAIL_STATES)),
  ],
)

/** Addresses that want no mail from us, as keyed hashes: whoever reads the table learns no address. */
export const stoppedAddresses = sqliteTable('stopped_addresses', {
  addressHash: text().primaryKey(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})
