import type { Actor } from '#audit/record.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { stopUrl } from '#mail/mailbox.ts'
import { isStopped, wasMailedSince } from '#mail/mailbox-store.ts'
import { queueMail } from '#mail/outbox.ts'
import type { Portal } from '#settings/portal.ts'
import { localPath, t } from '#web/languages.ts'
import { formatDate, formatTime } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'

interface Receipt {
  id: number
  letterId: number
  number: string
  dueOn: CivilDate | null
  language: 'th' | 'en'
  email: string
  receivedAt: Date
  /** Who typed the address. */
  actor: Actor
}

type Deps = Pick<Portal, 'db' | 'now' | 'config' | 'office' | 'keyed'>

const CAUSE = 'receipt:'
const DAY = 24 * 60 * 60_000

const ONE_A_DAY = 'ส่งใบรับเรื่องไปยังที่อยู่นี้แล้วใน 24 ชั่วโมงที่ผ่านมา จึงไม่ส่งซ้ำ ผู้ร้องได้เห็นใบรับเรื่องบนหน้าจอแล้ว'

/**
 * The receipt by mail: a fixed text without a word of the form, because the address may be a stranger's;
 * never the tracking code, because mail is read by others. Whatever number of cases is filed with an address,
 * it gets one a day, so that nobody can be flooded through us. False where it is not going to be sent.
 */
export function queueReceipt(portal: Deps, receipt: Receipt): boolean {
  const { db } = portal
  const { language, email, actor } = receipt
  const at = portal.now()
  const isEnough = actor.kind !== 'staff' && wasMailedSince(db, email, CAUSE, new Date(at.getTime() - DAY))
  queueMail(db, {
    dedupeKey: receiptKey(receipt.id),
    kind: 'letter',
    language,
    caseId: receipt.id,
    letterId: receipt.letterId,
    recipient: email,
    ...wordsOf(portal, receipt),
    at,
    suppress: isEnough ? ONE_A_DAY : null,
    host: new URL(portal.config.publicUrl).hostname,
  })
  return !isEnough && !isStopped(db, email)
}

export const receiptKey = (caseId: number): string => `${CAUSE}${caseId}`

function wordsOf(portal: Deps, receipt: Receipt): { subject: string; body: string } {
  const { language, receivedAt, dueOn } = receipt
  const params = {
    ...officeParams(portal.office(), language),
    caseNo: receipt.number,
    date: formatDate(receivedAt, language),
    time: formatTime(receivedAt, language),
    dueDate: dueOn ? formatDate(dueOn, language) : '',
    trackUrl: `${portal.config.publicUrl}${localPath(language, '/track')}`,
    stopUrl: stopUrl(portal, language, receipt.email),
  }
  const body = t(language, dueOn ? 'mail.receipt.body' : 'mail.receipt.bodyNoDue', params)
  return {
    subject: t(language, 'mail.receipt.subject', params),
    body: `${body}\n\n${t(language, 'mail.receipt.notYou', params)}`,
  }
}
