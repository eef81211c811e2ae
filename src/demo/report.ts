import { addDays, civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf, halfOf } from '#domain/fiscal-year.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { CorruptionSource } from '#reports/corruption.ts'
import { countFigures } from '#reports/figures.ts'
import { beginReport, changeReport, noteReport, publishReport } from '#reports/life.ts'
import { type Report, reportById } from '#reports/store.ts'
import type { Portal } from '#settings/portal.ts'
import { periodOf } from '#statistics/period.ts'

const TEXTS = {
  s8: 'ไฟทางและถนนเป็นเรื่องที่ได้รับซ้ำทุกรอบ สาเหตุหลักคืออุปกรณ์เก่าและการซ่อมเฉพาะจุด (ข้อความสมมติ)',
  s9: '- รถกระเช้ามีคันเดียว ต้องรอคิวหลายวัน\n- ผู้ร้องบางรายไม่ระบุจุดเกิดเหตุให้ชัด',
  s10: '1. ตรวจไฟทางทุกหมู่บ้านเดือนละครั้ง\n2. ติดหมายเลขเสาไฟให้ผู้ร้องแจ้งได้ตรงจุด\n3. ซ่อมถนนทั้งช่วงแทนการปะเฉพาะหลุม',
  s11: 'ควรตั้งงบซ่อมบำรุงไฟทางและถนนไว้ตั้งแต่ต้นปีงบประมาณ',
}

/** The report of the half-year before this one, so that the public page is not empty. */
export function publishReportOf(
  portal: Portal,
  writer: Viewer,
  corruption: CorruptionSource | undefined,
): void {
  const today = civilDateOf(portal.now())
  const fiscalYear = fiscalYearOf(today)
  const period = halfOf(today) === 2 ? periodOf(fiscalYear, 'h1') : periodOf(fiscalYear - 1, 'h2')
  const latest = ({ id }: Report): Report => reportById(portal.db, id) as Report
  const draft = beginReport(portal, writer, period)
  changeReport(portal, writer, draft, { title: draft.title, texts: { ...draft.texts, ...TEXTS } })
  const noted = { on: addDays(today, -1), by: 'นายกองค์การบริหารส่วนตำบล (สาธิต)' }
  noteReport(portal, writer, latest(draft), noted, countFigures(portal, corruption, period))
  publishReport(portal, writer, latest(draft))
}
