import { randomUUID } from 'node:crypto'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { outbox } from './tables.ts'

export interface OutgoingMail {
  /** One per cause; the unique key refuses a second mail for the same cause. */
  dedupeKey: string
  caseId: number | null
  /** One address; anything else is refused by the form that took it in. */
  recipient: string
  subject: string
  body: string
  at: Date
  /** Host part of the Message-ID. */
  host: string
}

/** Queues a mail inside the transaction that causes it; delivery is another matter (deliver.ts). */
export function queueMail(db: Database, mail: OutgoingMail): void {
  insertRow(db, outbox, {
    dedupeKey: mail.dedupeKey,
    messageId: `<${randomUUID()}@${mail.host}>`,
    caseId: mail.caseId,
    recipient: mail.recipient,
    // A line break in a header would start another header.
    subject: mail.subject.replace(/[\r\n]+/g, ' '),
    body: mail.body,
    nextAttemptAt: mail.at,
    createdAt: mail.at,
  })
}
