import { randomUUID } from 'node:crypto'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { isStopped } from './mailbox-store.ts'
import { type MailKind, outbox } from './tables.ts'

export interface OutgoingMail {
  /** One per cause; the unique key refuses a second mail for the same cause. */
  dedupeKey: string
  kind: MailKind
  /** Thai where it is not said. */
  language?: 'th' | 'en'
  caseId: number | null
  /** The letter it carries. */
  letterId?: number | null
  /** The member of staff it goes to. */
  staffId?: number | null
  /** One address; anything else is refused by the form that took it in. */
  recipient: string
  subject: string
  body: string
  at: Date
  /** Not to be delivered earlier; `at` where it is not said. */
  notBefore?: Date
  /** Why it is written but not to be sent, in words for staff. */
  suppress?: string | null
  /** Host part of the Message-ID. */
  host: string
}

export const STOPPED = 'เจ้าของที่อยู่นี้ขอไม่รับอีเมลจากเรา กรุณาติดต่อผู้ร้องทางอื่น'

/**
 * Queues a mail inside the transaction that causes it and returns its id; delivery is another matter
 * (deliver.ts). A letter to somebody who asked for no more mail is written with that reason and stays.
 */
export function queueMail(db: Database, mail: OutgoingMail): number {
  const isUnwanted = mail.kind === 'letter' && isStopped(db, mail.recipient)
  const suppressed = isUnwanted ? STOPPED : (mail.suppress ?? null)
  return insertRow(db, outbox, {
    dedupeKey: mail.dedupeKey,
    messageId: `<${randomUUID()}@${mail.host}>`,
    kind: mail.kind,
    language: mail.language ?? 'th',
    caseId: mail.caseId,
    letterId: mail.letterId ?? null,
    staffId: mail.staffId ?? null,
    // One mailbox written in two ways is still one.
    recipient: mail.recipient.toLowerCase(),
    subject: oneLine(mail.subject),
    body: mail.body,
    state: suppressed === null ? 'queued' : 'suppressed',
    nextAttemptAt: suppressed === null ? (mail.notBefore ?? mail.at) : null,
    lastError: suppressed,
    createdAt: mail.at,
  })
}

/** A line break in a header would start another header. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ')
