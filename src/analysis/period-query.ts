import type { CivilDate } from '#domain/civil-date.ts'
import { fiscalYearOf, monthOf } from '#domain/fiscal-year.ts'
import { begunBy, type Period, periodOf } from '#statistics/period.ts'
import { formatMonth } from '#web/thai-format.ts'
import { monthsBack, monthsIn } from './months.ts'

/** So many months can be looked at together. */
const MOST_MONTHS = 60

export interface PeriodQuery {
  period: Period
  /** Why the months of the address were not taken. */
  error: string | null
}

/** The months of an address, both included; the fiscal year that runs where it names none. */
export function parsePeriod(query: Record<string, string | undefined>, today: CivilDate): PeriodQuery {
  const usual = begunBy(periodOf(fiscalYearOf(today), 'year'), today)
  const { from, to } = query
  if (!from && !to) return { period: usual, error: null }
  const thisMonth = monthOf(today)
  if (!isMonth(from) || !isMonth(to)) return { period: usual, error: 'กรุณาเลือกเดือนเริ่มต้นและเดือนสิ้นสุด' }
  if (from > to) return { period: usual, error: 'เดือนสิ้นสุดต้องไม่มาก่อนเดือนเริ่มต้น' }
  if (from > thisMonth) return { period: usual, error: 'ช่วงเวลานี้ยังมาไม่ถึง' }
  const period = begunBy({ from, to }, today)
  if (period.from < monthsBack(period.to, MOST_MONTHS - 1)) {
    return { period: usual, error: `เลือกได้ไม่เกิน ${MOST_MONTHS} เดือน` }
  }
  return { period, error: null }
}

const isMonth = (text: string | undefined): text is string =>
  /^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text ?? '')

export interface PeriodChoice {
  text: string
  period: Period
  isCurrent: boolean
}

/** The periods that are asked for most: this year and the last two, half a year and a whole one back from today. */
export function periodChoices(current: Period, today: CivilDate): PeriodChoice[] {
  const thisMonth = monthOf(today)
  const back = (months: number) => ({ from: monthsBack(thisMonth, months - 1), to: thisMonth })
  const thisYear = fiscalYearOf(today)
  const years = [thisYear, thisYear - 1, thisYear - 2].map((year) => ({
    text: `ปีงบประมาณ ${year}`,
    period: begunBy(periodOf(year, 'year'), today),
  }))
  return [{ text: '6 เดือนล่าสุด', period: back(6) }, { text: '12 เดือนล่าสุด', period: back(12) }, ...years].map(
    (choice) => ({
      ...choice,
      isCurrent: choice.period.from === current.from && choice.period.to === current.to,
    }),
  )
}

/** The months to choose from, newest first. */
export function monthOptions(current: Period, today: CivilDate): { value: string; text: string }[] {
  const thisMonth = monthOf(today)
  const oldest = monthsBack(thisMonth, MOST_MONTHS - 1)
  const first = current.from < oldest ? current.from : oldest
  return monthsIn({ from: first, to: thisMonth })
    .reverse()
    .map((month) => ({ value: month, text: formatMonth(month, 'th') }))
}

export function periodText({ from, to }: Period): string {
  const first = `เดือน${formatMonth(from, 'th')}`
  return from === to ? first : `${first} ถึงเดือน${formatMonth(to, 'th')}`
}
