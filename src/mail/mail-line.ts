import type { Portal } from '#settings/portal.ts'
import { formatDateTime } from '#web/thai-format.ts'
import type { ListedMail } from './outbox-list-store.ts'
import type { MailKind, MailState } from './tables.ts'

/** A mail as an administrator sees it: when, what kind, to whom roughly, and how it went. */
export interface MailLine {
  id: number
  at: string
  kind: string
  caseNumber: string | null
  recipient: string
  /** Its state, how often it was tried, what happens next by itself. */
  facts: string
  /** Of the server, or why it is not sent. */
  answer: string | null
  mayRequeue: boolean
}

const KINDS: Record<MailKind, string> = {
  letter: 'ถึงผู้ร้อง',
  digest: 'สรุปงานถึงเจ้าหน้าที่',
  notice: 'แจ้งเจ้าหน้าที่',
  test: 'ทดสอบการส่ง',
}

const STATES: Record<MailState, string> = {
  queued: 'รอส่ง',
  sending: 'กำลังส่ง',
  sent: 'ส่งแล้ว',
  failed: 'ส่งไม่สำเร็จ',
  unknown: 'ไม่ทราบว่าส่งถึงหรือไม่',
  suppressed: 'ไม่ส่ง',
}

export function mailLine(
  portal: Pick<Portal, 'config' | 'now'>,
  mail: ListedMail,
  caseNumber: string | undefined,
): MailLine {
  const { id, kind, state, attempts, createdAt, sentAt, lastError } = mail
  return {
    ...{ id, at: formatDateTime(createdAt, 'th'), kind: KINDS[kind] },
    caseNumber: caseNumber ?? null,
    recipient: maskAddress(mail.recipient),
    facts: [
      state === 'sent' && sentAt ? `${STATES.sent} ${formatDateTime(sentAt, 'th')}` : STATES[state],
      attempts > 0 ? `ลองส่งแล้ว ${attempts} ครั้ง` : null,
      nextOf(portal, mail),
    ]
      .filter(Boolean)
      .join(' · '),
    answer: lastError === null ? null : maskAddresses(lastError),
    mayRequeue: state === 'failed' || state === 'unknown',
  }
}

function nextOf({ config, now }: Pick<Portal, 'config' | 'now'>, mail: ListedMail): string | null {
  if (mail.state !== 'queued' || !mail.nextAttemptAt) return null
  if (!config.smtpUrl) return 'รอตั้งค่าเซิร์ฟเวอร์อีเมล'
  if (mail.nextAttemptAt <= now()) return 'จะส่งในอีกสักครู่'
  const at = formatDateTime(mail.nextAttemptAt, 'th')
  return mail.attempts > 0 ? `จะลองอีกครั้ง ${at}` : `จะส่งเมื่อ ${at}`
}

/** Enough to tell two apart, too little to write to. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@')
  if (at < 1) return '***'
  const last = at > 2 ? address.slice(at - 1, at) : ''
  return `${address.slice(0, 1)}***${last}${address.slice(at)}`
}

/** Servers like to repeat the address that they refuse. */
const maskAddresses = (text: string): string =>
  text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, (address) => maskAddress(address))
