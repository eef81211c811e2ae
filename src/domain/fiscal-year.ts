import type { CivilDate } from './civil-date.ts'

const BE_OFFSET = 543
const FIRST_MONTH = 10

/**
 * The budget year a day falls in, in B.E.: it is named after the year it ends in, so 1 October 2026
 * opens 2570 (Budget Procedures Act B.E. 2561, s.4).
 */
export function fiscalYearOf(date: CivilDate): number {
  const beYear = Number(date.slice(0, 4)) + BE_OFFSET
  return monthNumber(date) >= FIRST_MONTH ? beYear + 1 : beYear
}

/** First and last day of a fiscal year (B.E.), both inside it. */
export function fiscalYearRange(fiscalYear: number): { from: CivilDate; to: CivilDate } {
  const endYear = fiscalYear - BE_OFFSET
  return { from: `${endYear - 1}-10-01`, to: `${endYear}-09-30` }
}

/** The twelve months of a fiscal year (B.E.), October to September, as 'YYYY-MM' in C.E. */
export function monthsOf(fiscalYear: number): string[] {
  const endYear = fiscalYear - BE_OFFSET
  return Array.from({ length: 12 }, (_, index) => {
    const month = ((FIRST_MONTH - 1 + index) % 12) + 1
    const year = month >= FIRST_MONTH ? endYear - 1 : endYear
    return `${year}-${String(month).padStart(2, '0')}`
  })
}

/** The month of a day as 'YYYY-MM' in C.E. */
export function monthOf(date: CivilDate): string {
  return date.slice(0, 7)
}

/** The half of the fiscal year that the six-month report covers: 1 is October-March, 2 April-September. */
export function halfOf(date: CivilDate): 1 | 2 {
  const month = monthNumber(date)
  return month >= FIRST_MONTH || month <= 3 ? 1 : 2
}

function monthNumber(date: CivilDate): number {
  return Number(date.slice(5, 7))
}
