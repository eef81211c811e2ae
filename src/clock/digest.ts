import { findAccount } from '#accounts/store.ts'
import { viewerFor } from '#accounts/viewer.ts'
import { isOpen } from '#domain/case-status.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import { daysLeft } from '#domain/deadlines.ts'
import { maySeeCase } from '#domain/permissions.ts'
import { caseNumber, caseSlug } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { daysLeftText, formatDate } from '#web/thai-format.ts'
import { dropFromMail, type NoticeLine, noticesOfMail } from './notice-store.ts'

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
  const left = (line: NoticeLine) => (line.case.dueOn ? daysLeft(target(line), today) : 0)
  const cases = [...new Map(lines.map((line) => [line.case.id, line])).values()]
  cases.sort((a, b) => left(a) - left(b) || a.case.id - b.case.id)
  const over = cases.filter((line) => line.case.dueOn !== null && left(line) < 0).length
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

function stillWanted({ db, settings }: Deps, mail: { id: number; staffId: number | null }): NoticeLine[] {
  const account = mail.staffId === null ? undefined : findAccount(db, mail.staffId)
  const viewer = account && !account.disabledAt ? viewerFor({ settings }, account) : undefined
  const lines = noticesOfMail(db, mail.id)
  const ended = lines.filter((line) => !isOpen(line.case.status) && line.notice.kind !== 'mail_failed')
  const hidden = lines.filter((line) => !ended.includes(line) && !(viewer && maySeeCase(viewer, line.case)))
  const idsOf = (some: NoticeLine[]) => some.map(({ notice }) => notice.id)
  dropFromMail(db, idsOf(ended), 'ended')
  dropFromMail(db, idsOf(hidden), 'hidden')
  return lines.filter((line) => !ended.includes(line) && !hidden.includes(line))
}

const target = ({ case: row }: NoticeLine) => targetOf({ dueOn: row.dueOn ?? '', promisedOn: row.promisedOn })

function caseLine({ config }: Deps, line: NoticeLine, today: string, all: readonly NoticeLine[]): string {
  const { fiscalYear, seq, restricted, dueOn, id } = line.case
  // A mail is read on phones in buses: what few may know is not in it.
  const subject = restricted ? 'เรื่องจำกัดสิทธิ์ดู' : line.case.subject
  const due = dueOn
    ? `${daysLeftText('th', target(line), today)} (กำหนด ${formatDate(target(line), 'th')})`
    : ''
  const words = all.filter(({ case: row }) => row.id === id).map(({ notice }) => notice.text)
  const told = [...new Set(words)].filter((word) => word !== null).map((word) => `   ${word}`)
  return [
    `${caseNumber(fiscalYear, seq)} ${subject}`,
    `   ${due}`.trimEnd(),
    ...told,
    `   ${config.publicUrl}/staff/cases/${caseSlug(fiscalYear, seq)}`,
  ]
    .filter((row) => row !== '')
    .join('\n')
}
