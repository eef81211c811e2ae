import { formatDate, formatNumber } from '#web/thai-format.ts'
import type { ReportFigures } from './figures.ts'
import { periodName } from './periods.ts'

/** The figures of a report as they hang on the notice board: few, and large. */
export interface Board {
  office: string
  title: string
  period: string
  countedTo: string
  numbers: { label: string; value: string }[]
  timeliness: string
  /** What was told most often. */
  most: { name: string; count: string }[]
  corruption: string
}

const MOST_NAMED = 3

export function boardOf(figures: ReportFigures): Board {
  const { office, period, countedTo, total, timeliness, targetDays, categories } = figures
  const { due, met, explained, late } = timeliness
  const n = formatNumber
  return {
    ...{ office, title: 'ผลการแก้ไขเรื่องร้องเรียน ร้องทุกข์', period: periodName(period) },
    countedTo: `นับถึงวันที่ ${formatDate(countedTo, 'th')}`,
    numbers: [
      { label: 'ยกมา', value: n(total.broughtForward) },
      { label: 'รับใหม่', value: n(total.received) },
      { label: 'แล้วเสร็จ', value: n(total.finished) },
      { label: 'กำลังดำเนินการ', value: n(total.inProgress) },
    ],
    timeliness:
      due === 0
        ? `ยังไม่มีเรื่องที่ครบกำหนด ${targetDays} วันในรอบนี้`
        : `ครบกำหนด ${targetDays} วันแล้ว ${n(due)} เรื่อง แก้ไขทัน ${n(met)} เรื่อง ชี้แจงเหตุผลก่อนครบกำหนด ${n(explained)} เรื่อง เกินกำหนด ${n(late)} เรื่อง`,
    most: categories.slice(0, MOST_NAMED).map(({ name, count }) => ({ name, count: `${n(count)} เรื่อง` })),
    corruption: corruptionLine(figures),
  }
}

function corruptionLine({ corruption }: ReportFigures): string {
  const balance = corruption?.balance
  if (!balance || !corruption.countedTo) return ''
  const { broughtForward, received, finished, inProgress } = balance
  const upTo = `นับถึงวันที่ ${formatDate(corruption.countedTo, 'th')}`
  if (broughtForward + received === 0) return `เรื่องร้องเรียนการทุจริต ไม่มี (${upTo})`
  const n = formatNumber
  return `เรื่องร้องเรียนการทุจริต รวม ${n(broughtForward + received)} เรื่อง แล้วเสร็จ ${n(finished)} เรื่อง กำลังดำเนินการ ${n(inProgress)} เรื่อง (${upTo})`
}
