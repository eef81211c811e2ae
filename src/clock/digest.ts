import { findAccount } from '#accounts/store.ts'
import { viewerFor } from '#accounts/viewer.ts'
import { isOpen } from '#domain/case-status.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import { daysLeft } from '#domain/deadlines.ts'
import { maySeeCase } from '#domain/permissions.ts'
import { caseNumber, caseSlug } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { daysLeftText, formatDate } from '#web/thai-format.ts'
import { dropFromMail, type MailedNotice, noticesOfMail } from './notice-store.ts'
import type { NoticeKind } from './tables.ts'

type Deps = Pick<Portal, 'db' | 'settings' | 'config' | 'office'>

/** So many cases are listed; the rest is a number and the way to the list. */
const LISTED = 40

/**
 * The one mail a day that tells an officer which cases want something, as they stand when it is first sent:
 * what was finished since, or is no longer for this person to see, is left out.
 */
export function composeDigest(
  portal: Deps,
  mail: { id: number; staffId: number | null },
  now: Date,
): { subject: string; body: string } | { suppress: string } {
  const lines = stillWanted(portal, mail)
  if (lines.length === 0) return { suppress: 'ทุกเรื่องในอีเมลนี้เสร็จแล้วก่อนถึงเวลาส่ง' }
  const today = civilDateOf(now)
  const left = (line: MailedNotice) => {
    const target = targetIn(line)
    return target ? daysLeft(target, today) : 0
  }
  lines.sort((a, b) => left(a) - left(b) || a.case.id - b.case.id)
  // Each case stands where the most pressing of its notices has it.
  const listed = new Set<number>()
  const cases = lines.filter(({ case: { id } }) => !listed.has(id) && listed.add(id))
  const over = cases.filter((line) => left(line) < 0).length
  const url = `${portal.config.publicUrl}/staff`
  const text = cases
    .slice(0, LISTED)
    .map((line, index) => `${index + 1}. ${caseLine(portal, line, today, lines)}`)
  const rest = cases.length - text.length
  return {
    subject: `${portal.office().orgShort} มีเรื่องที่ต้องดู ${cases.length} เรื่อง${over > 0 ? ` เกินกำหนด ${over} เรื่อง` : ''}`,
    body: [
      `เรื่องในความรับผิดชอบของท่านที่ต้องดู ณ วันที่ ${formatDate(today, 'th')}`,
      ...text,
      ...(rest > 0 ? [`และอีก ${rest} เรื่อง ดูทั้งหมดในระบบ`] : []),
      `ก่อนวันครบกำหนด กรุณาส่งผลหรือชี้แจงเหตุล่าช้าให้ผู้ร้องทราบ\nเปิดคิวงาน: ${url}\nดูการแจ้งเตือนทั้งหมด: ${url}/notices`,
    ].join('\n\n'),
  }
}

/** The words of one person to another go out as they are, as long as the case is still the other's. */
export function composeNotice(
  portal: Deps,
  mail: { id: number; staffId: number | null; subject: string; body: string },
): { subject: string; body: string } | { suppress: string } {
  const { subject, body } = mail
  if (stillWanted(portal, mail).length > 0) return { subject, body }
  return { suppress: 'เรื่องนี้สิ้นสุดแล้ว หรือไม่อยู่ในความรับผิดชอบของผู้รับแล้ว ก่อนถึงเวลาส่ง' }
}

function stillWanted({ db, settings }: Deps, mail: { id: number; staffId: number | null }): MailedNotice[] {
  const account = mail.staffId === null ? undefined : findAccount(db, mail.staffId)
  const viewer = account && !account.disabledAt ? viewerFor({ settings }, account) : undefined
  const lines = noticesOfMail(db, mail.id)
  const [ended, going] = parted(lines, isDone)
  const [seen, hidden] = parted(going, (line) => viewer !== undefined && maySeeCase(viewer, line.case))
  const idsOf = (some: readonly MailedNotice[]) => some.map(({ notice }) => notice.id)
  dropFromMail(db, idsOf(ended), 'ended')
  dropFromMail(db, idsOf(hidden), 'hidden')
  return seen
}

/** Those of which it is true, and the others. */
function parted<T>(all: readonly T[], isTrue: (one: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []]
  for (const one of all) parts[isTrue(one) ? 0 : 1].push(one)
  return parts
}

/** The case has ended, or the duty is met, or the date that it reminds of stands no more. */
function isDone({ notice, clock, case: row }: MailedNotice): boolean {
  if (row.status === 'moved') return true
  if (notice.kind === 'mail_failed') return false
  if (!isOpen(row.status)) return true
  if (clock === null || !OF_A_DATE.includes(notice.kind)) return false
  return clock.verdict !== null || (notice.dueOn !== null && targetOf(clock) > notice.dueOn)
}

const OF_A_DATE: readonly NoticeKind[] = ['near', 'over', 'draft']

function targetIn({ clock, case: row }: MailedNotice): CivilDate | null {
  return clock ? targetOf(clock) : (row.promisedOn ?? row.dueOn)
}

function caseLine({ config }: Deps, line: MailedNotice, today: string, all: readonly MailedNotice[]): string {
  const { fiscalYear, seq, restricted, id } = line.case
  // A mail is read on phones in buses: what few may know is not in it.
  const subject = restricted ? 'เรื่องจำกัดสิทธิ์ดู' : line.case.subject
  const words = all.filter(({ case: row }) => row.id === id).flatMap(wordsOf)
  return [
    `${caseNumber(fiscalYear, seq)} ${subject}`,
    ...[dueText(line, today), ...new Set(words)].map((word) => `   ${word}`.trimEnd()),
    `   ${config.publicUrl}/staff/cases/${caseSlug(fiscalYear, seq)}`,
  ]
    .filter((row) => row !== '')
    .join('\n')
}

function dueText(line: MailedNotice, today: CivilDate): string {
  const target = targetIn(line)
  if (target === null) return ''
  const duty = line.clock?.duty === 'acknowledge' ? 'ลงทะเบียนรับเรื่อง ' : ''
  return `${duty}${daysLeftText('th', target, today)} (กำหนด ${formatDate(target, 'th')})`
}

const ASKED: Partial<Record<NoticeKind, string>> = {
  draft: 'ยังไม่มีผลหรือคำชี้แจงถึงผู้ร้อง กรุณาตรวจและส่งหนังสือชี้แจงเหตุล่าช้า',
  progress: 'ถึงเวลาแจ้งความคืบหน้าให้ผู้ร้อง',
}

const wordsOf = ({ notice: { kind, text } }: MailedNotice): string[] =>
  [ASKED[kind], text].filter((word) => typeof word === 'string')
