import type { CorruptionSource } from '#reports/corruption.ts'
import { countFigures } from '#reports/figures.ts'
import { beginReport, changeReport, noteReport, publishReport } from '#reports/life.ts'
import { periodIn } from '#reports/periods.ts'
import { type Report, reportById } from '#reports/store.ts'
import { type Period, periodOf } from '#statistics/period.ts'
import { type Desk, viewerFor } from '../complaints-staff/desk.ts'
import { fileCase, setStatus } from '../statistics/office.ts'

/** The half that the tests' Monday lies in. */
export const HALF: Period = periodOf(2570, 'h1')

/** What the office thinks, of which the portal knows nothing. */
export const THOUGHTS = {
  s9: 'รถกระเช้ามีคันเดียว\n- ต้องรอคิวหลายวัน\n- หลอดไฟหมดบ่อย',
  s10: '1. ตรวจหลอดไฟทุกเดือน\n2. จัดหารถกระเช้าเพิ่ม',
  s11: 'ควรตั้งงบซ่อมบำรุงให้พอตั้งแต่ต้นปี',
}

const NOBODY: CorruptionSource = () => ({
  balance: { broughtForward: 0, received: 0, finished: 0, inProgress: 0 },
  countedTo: '2026-10-31',
  missing: null,
})

/** Cases of two categories, of an old year and the present one, finished and not. */
export function fileCases({ portal }: Pick<Desk, 'portal'>): void {
  portal.db.inTransaction(() => {
    fileCase(portal, { receivedAt: new Date('2026-09-30T03:00:00Z'), categoryCode: 'E1' })
    for (let day = 1; day <= 6; day += 1) {
      const { id } = fileCase(portal, { receivedAt: new Date(`2026-10-0${day}T03:00:00Z`), channel: 'phone' })
      if (day <= 4) setStatus(portal, id, 'closed', `2026-10-${10 + day}`)
    }
    const forwarded = fileCase(portal, { receivedAt: new Date('2026-11-02T03:00:00Z'), categoryCode: 'C1' })
    setStatus(portal, forwarded.id, 'forwarded', '2026-11-04')
    fileCase(portal, { kind: 'praise', categoryCode: 'OP3' })
  })
}

const found = ({ portal }: Pick<Desk, 'portal'>, { id }: Report): Report => {
  const report = reportById(portal.db, id)
  if (!report) throw new Error('the report is gone')
  return report
}

export function draftReport(office: Desk, period = HALF, texts: Record<string, string> = THOUGHTS): Report {
  const { portal } = office
  const viewer = viewerFor(office, 'wit')
  const report = beginReport(portal, viewer, period)
  changeReport(portal, viewer, report, { title: report.title, texts: { ...report.texts, ...texts } })
  return found(office, report)
}

export function notedReport(office: Desk, period = HALF, texts = THOUGHTS): Report {
  return note(office, draftReport(office, period, texts))
}

export function note(office: Desk, draft: Report): Report {
  const { portal } = office
  const figures = countFigures(portal, NOBODY, periodIn(draft))
  noteReport(
    portal,
    viewerFor(office, 'wit'),
    draft,
    { on: '2026-11-16', by: 'นายสมหมาย ใจดี นายก อบต.' },
    figures,
  )
  return found(office, draft)
}

export function publishedReport(office: Desk, period = HALF): Report {
  return publish(office, notedReport(office, period))
}

export function publish(office: Desk, noted: Report): Report {
  publishReport(office.portal, viewerFor(office, 'wit'), noted)
  return found(office, noted)
}

/** For the next test. What was published is kept, so its guard is put aside meanwhile. */
export function forgetReports({ portal }: Pick<Desk, 'portal'>): void {
  const { sqlite } = portal.db
  const guard = "name = 'summary_reports_kept'"
  const { sql } = sqlite.prepare(`select sql from sqlite_master where ${guard}`).get() as { sql: string }
  sqlite.exec(`drop trigger summary_reports_kept; delete from summary_reports; ${sql}`)
}
