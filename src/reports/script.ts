import { monthsIn } from '#analysis/months.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import type { OfficeProfile } from '#web/office-profile.ts'
import type { ReportFigures } from './figures.ts'
import { spokenMonth, spokenNumber, spokenPhone } from './spoken.ts'

/**
 * What a village head reads out over the loudspeakers in a minute: plain words, and every number as it is said. The
 * numbers are those of the report.
 */
export function scriptOf(figures: ReportFigures, office: Pick<OfficeProfile, 'phone'>): string[] {
  const { total, timeliness, categories, targetDays, period, countedTo } = figures
  const { due, met, explained, late } = timeliness
  const n = (count: number) => `${spokenNumber(count)}เรื่อง`
  const [most] = categories
  return [
    `เรียนพี่น้องทุกท่าน ${figures.office} ขอแจ้งว่า เรื่องที่ท่านร้องเรียนไปถึงไหนแล้ว`,
    `${spokenPeriod(period.from, monthOf(countedTo))} รับเรื่องใหม่${n(total.received)} ${total.broughtForward > 0 ? `มีเรื่องเก่าค้างอยู่${n(total.broughtForward)} ` : ''}ทำเสร็จและแจ้งผลแล้ว${n(total.finished)} ยังทำอยู่${n(total.inProgress)}`,
    due === 0
      ? `เราต้องแก้ไขหรือบอกเหตุผลภายใน${spokenNumber(targetDays)}วัน ช่วงนี้ยังไม่มีเรื่องที่ครบกำหนด`
      : `เราต้องแก้ไขหรือบอกเหตุผลภายใน${spokenNumber(targetDays)}วัน ครบกำหนดแล้ว${n(due)} เสร็จทัน${n(met)} ${explained > 0 ? `บอกเหตุผลก่อน${n(explained)} ` : ''}${late === 0 ? 'ไม่มีเรื่องที่ช้า' : `ช้าไป${n(late)}`}`,
    ...(most ? [`เรื่องที่แจ้งมามากที่สุดคือ ${spokenName(most.name)} ${n(most.count)}`] : []),
    `ใครมีเรื่องเดือดร้อน เช่น ไฟดับ น้ำไม่ไหล ถนนพัง แจ้งได้ที่ที่ทำการ ทางเว็บไซต์ หรือโทร ${spokenPhone(office.phone)} ไม่บอกชื่อก็ได้`,
    'รายงานฉบับเต็มอ่านได้ที่ป้ายประกาศและในเว็บไซต์ ขอบคุณที่ช่วยกันดูแลบ้านของเรา',
  ]
}

/** The listeners know which year it is, unless the months would come twice. */
function spokenPeriod(from: string, to: string): string {
  const isLong = monthsIn({ from, to }).length > 12
  const name = (month: string) => (isLong ? spokenMonth(month) : (spokenMonth(month).split(' ')[0] ?? ''))
  return from === to ? `ในเดือน${name(from)}` : `ตั้งแต่เดือน${name(from)}ถึงเดือน${name(to)}`
}

/** A category without what cannot be read out. */
const spokenName = (name: string): string =>
  name
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s*\/\s*/g, 'หรือ')
    .replace(/\s+/g, ' ')
    .trim()
