import type { CivilDate } from '#domain/civil-date.ts'
import { fiscalYearOf, monthOf } from '#domain/fiscal-year.ts'
import { daysOf, PARTS, type Part, type Period, periodOf } from '#statistics/period.ts'
import { formatMonth } from '#web/thai-format.ts'

/** The fiscal year (B.E.) and part of it that a period is, where it is one; others are any whole months. */
export function partIn(period: Period): { fiscalYear: number; part: Part } | null {
  const fiscalYear = fiscalYearOf(`${period.from}-01`)
  const part = PARTS.find((one) => {
    const { from, to } = periodOf(fiscalYear, one)
    return from === period.from && to === period.to
  })
  return part ? { fiscalYear, part } : null
}

/** What stands in the address of a report: `2570-1`, `2570`, `2026-10_2027-01`. */
export function slugOf(period: Period): string {
  const known = partIn(period)
  if (!known) return `${period.from}_${period.to}`
  return `${known.fiscalYear}${{ year: '', h1: '-1', h2: '-2' }[known.part]}`
}

/** The period in words, as it stands in a title. */
export function periodName(period: Period): string {
  const known = partIn(period)
  if (!known) {
    const [from, to] = [formatMonth(period.from, 'th'), formatMonth(period.to, 'th')]
    return period.from === period.to ? `ประจำเดือน${from}` : `ตั้งแต่เดือน${from} ถึงเดือน${to}`
  }
  const year = `ปีงบประมาณ พ.ศ. ${known.fiscalYear}`
  return { year, h1: `รอบ 6 เดือนแรก ${year}`, h2: `รอบ 6 เดือนหลัง ${year}` }[known.part]
}

/** First and last day of a report, and back. */
export const daysIn = (period: Period): { fromOn: CivilDate; toOn: CivilDate } => {
  const { from, to } = daysOf(period)
  return { fromOn: from, toOn: to }
}

export const periodIn = ({ fromOn, toOn }: { fromOn: CivilDate; toOn: CivilDate }): Period => ({
  from: monthOf(fromOn),
  to: monthOf(toOn),
})
