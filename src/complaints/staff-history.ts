import { findAccount } from '#accounts/store.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { type MessageKey, t } from '#web/languages.ts'
import { formatDate, formatDateTime } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import type { CaseFile } from './case-files-store.ts'
import type { CaseEvent } from './history-store.ts'
import { receiptKey } from './receipt-mail.ts'
import { type CaseMail, findOtherForViewer } from './staff-case-store.ts'
import { type FileLine, fileLine } from './staff-files.ts'
import { eventTitle, numberOf } from './staff-words.ts'

export interface ChangeLine {
  label: string
  before: string
  after: string
}

/** One line of a case's history as an officer reads it. */
export interface HistoryLine {
  id: number
  at: string
  who: string
  title: string
  /** Whether the complainant reads this line in tracking. */
  isPublic: boolean
  isFromCitizen: boolean
  text: string | null
  changes: ChangeLine[]
  files: FileLine[]
  mail: string | null
}

type Deps = Pick<Portal, 'db' | 'settings' | 'config' | 'office'>

interface Sources {
  files: readonly CaseFile[]
  mails: ReadonlyMap<string, CaseMail>
  /** Whether the reader may know the complainant's address. */
  showsContact: boolean
}

/** Oldest first. */
export function historyLines(
  portal: Deps,
  viewer: Viewer,
  events: readonly CaseEvent[],
  { files, mails, showsContact }: Sources,
): HistoryLine[] {
  return events.map((event) => ({
    id: event.id,
    at: formatDateTime(event.at, 'th'),
    who: event.actorName,
    title: titleOf(event),
    isPublic: event.audience === 'public',
    isFromCitizen: event.actorKind === 'citizen',
    text: event.text,
    changes: changeLines(portal, viewer, event),
    files: files.filter((file) => file.eventId === event.id).map(fileLine),
    mail: mailText(portal, mails.get(mailKeyOf(event)), showsContact),
  }))
}

/** What was only proposed is not called done. */
function titleOf({ type, audience, actorKind }: CaseEvent): string {
  if (type === 'explain' && audience === 'internal') return 'เสนอหนังสือชี้แจงเหตุล่าช้า'
  return eventTitle(type, actorKind === 'citizen')
}

const LABELS: Record<string, string> = {
  status: 'สถานะ',
  unitId: 'หน่วยงาน',
  officerId: 'ผู้รับผิดชอบ',
  categoryCode: 'ประเภทเรื่อง',
  restricted: 'จำกัดสิทธิ์',
  dueOn: 'กำหนดวัน',
  outcome: 'ผลลัพธ์',
  finding: 'ผลการพิจารณา',
  rejectReason: 'เหตุผลที่ไม่รับ',
  otherBody: 'หน่วยงานอื่น',
  mergedIntoId: 'รวมกับเรื่อง',
  channel: 'ช่องทาง',
  answerBy: 'ขอคำตอบภายใน',
}

/** What the event changed, before and after, in the office's words. Keys of no interest to people are skipped. */
export function changeLines(
  portal: Deps,
  viewer: Viewer,
  { before, after }: Pick<CaseEvent, 'before' | 'after'>,
): ChangeLine[] {
  return Object.entries(LABELS).flatMap(([key, label]) => {
    if (after?.[key] === undefined) return []
    const value = (source: Record<string, unknown> | null | undefined) =>
      valueText(portal, viewer, key, source?.[key])
    return [{ label, before: before?.[key] === undefined ? '' : value(before), after: value(after) }]
  })
}

function valueText(portal: Deps, viewer: Viewer, key: string, value: unknown): string {
  if (value === null || value === undefined) return 'ยังไม่มี'
  const word = String(value)
  const wordOf = (prefix: string) =>
    t('th', `${prefix}.${word}` as MessageKey, officeParams(portal.office(), 'th'))
  switch (key) {
    case 'status':
      return wordOf('st')
    case 'outcome':
    case 'finding':
      return wordOf(key)
    case 'rejectReason':
      return wordOf('na')
    case 'channel':
      return wordOf('of.ch')
    case 'unitId':
      return portal.settings.unit(Number(value))?.name ?? word
    case 'officerId':
      return findAccount(portal.db, Number(value))?.displayName ?? word
    case 'categoryCode':
      return portal.settings.category(word)?.name ?? word
    case 'restricted':
      return value ? 'ใช่' : 'ไม่ใช่'
    case 'dueOn':
    case 'answerBy':
      return formatDate(word as CivilDate, 'th')
    case 'mergedIntoId': {
      const other = findOtherForViewer(portal.db, viewer, Number(value))
      return other ? numberOf(other) : 'เรื่องที่ท่านไม่มีสิทธิ์ดู'
    }
    default:
      return word
  }
}

const mailKeyOf = ({ type, caseId, id }: CaseEvent): string =>
  type === 'submitted' ? receiptKey(caseId) : `event:${id}`

/** What became of a mail, and what is to be done where it did not arrive. */
function mailText({ config }: Deps, mail: CaseMail | undefined, showsContact: boolean): string | null {
  if (!mail) return null
  const to = `อีเมลถึง ${showsContact ? mail.recipient : 'ผู้ร้อง'}`
  switch (mail.state) {
    case 'sent':
      return `${to} ส่งแล้ว${mail.sentAt ? `เมื่อ ${formatDateTime(mail.sentAt, 'th')}` : ''}`
    case 'failed':
      return `${to} ส่งไม่สำเร็จ กรุณาติดต่อผู้ร้องทางอื่น`
    case 'unknown':
      return `${to} ไม่ทราบว่าส่งถึงหรือไม่ เพราะการเชื่อมต่อกับเซิร์ฟเวอร์อีเมลขาดก่อนได้คำตอบ กรุณาสอบถามผู้ร้อง`
    case 'suppressed':
      return `${to} ไม่ได้ส่ง: ${mail.reason ?? ''}`
    default:
      return config.smtpUrl ? `${to} กำลังรอส่ง` : `${to} ยังไม่ได้ส่ง เพราะยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล`
  }
}
