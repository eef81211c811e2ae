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
  const [from, to] = [period.from, monthOf(countedTo)]
  const when =
    from === to ? `ในเดือน${spokenMonth(from)}` : `ตั้งแต่เดือน${spokenMonth(from)} ถึงเดือน${spokenMonth(to)}`
  const old = total.broughtForward > 0 ? ` รวมกับเรื่องเก่าที่ค้างอยู่อีก${n(total.broughtForward)}` : ''
  const [most] = categories
  return [
    `เรียนพี่น้องทุกท่าน ${figures.office}ขอเล่าให้ฟังว่า เรื่องที่พี่น้องแจ้งเข้ามาไปถึงไหนแล้ว`,
    `${when} มีเรื่องร้องเรียนเข้ามาใหม่${n(total.received)}${old} ทำเสร็จและบอกผลแล้ว${n(total.finished)} ยังทำอยู่อีก${n(total.inProgress)}`,
    due === 0
      ? `เราตั้งใจแก้ไขหรือบอกเหตุผลให้ได้ภายใน${spokenNumber(targetDays)}วัน ช่วงนี้ยังไม่มีเรื่องที่ครบกำหนด`
      : `เราตั้งใจแก้ไขหรือบอกเหตุผลให้ได้ภายใน${spokenNumber(targetDays)}วัน ครบกำหนดแล้ว${n(due)} ทำเสร็จทัน${n(met)} บอกเหตุผลไว้ก่อน${n(explained)} ${late === 0 ? 'ไม่มีเรื่องที่ช้า' : `ช้าไป${n(late)}`}`,
    ...(most ? [`เรื่องที่แจ้งเข้ามามากที่สุดคือ ${spokenName(most.name)} ${n(most.count)}`] : []),
    `บ้านไหนมีเรื่องเดือดร้อน เช่น ไฟดับ น้ำไม่ไหล ถนนพัง แจ้งได้ที่ที่ทำการ หรือทางเว็บไซต์ หรือโทร ${spokenPhone(office.phone)} ไม่อยากบอกชื่อก็แจ้งได้ ใครแจ้งไว้แล้วอยากรู้ว่าถึงไหน ให้บอกเลขที่เรื่องกับรหัสติดตามที่ได้รับไป`,
    'รายงานฉบับเต็มอ่านได้ที่ป้ายประกาศและในเว็บไซต์ ขอบคุณที่ช่วยกันดูแลบ้านของเรา',
  ]
}

/** A category without what cannot be read out. */
const spokenName = (name: string): string =>
  name
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s*\/\s*/g, 'หรือ')
    .replace(/\s+/g, ' ')
    .trim()
