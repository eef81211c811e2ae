import { addDays, type CivilDate } from '#domain/civil-date.ts'
import { fiscalYearRange, monthOf, monthsOf } from '#domain/fiscal-year.ts'

/** Whole months ('YYYY-MM' in C.E.), both included. */
export interface Period {
  from: string
  to: string
}

/** The parts of a fiscal year that figures are published of: October to March and April to September. */
export type Part = 'year' | 'h1' | 'h2'
export const PARTS = ['year', 'h1', 'h2'] as const satisfies Part[]

export function periodOf(fiscalYear: number, part: Part): Period {
  const months = monthsOf(fiscalYear)
  const [first, last] = { year: [0, 11] as const, h1: [0, 5] as const, h2: [6, 11] as const }[part]
  return { from: months[first] ?? '', to: months[last] ?? '' }
}

/** The period as far as it has come: nothing is counted in months that have not begun. */
export function begunBy(period: Period, today: CivilDate): Period {
  const thisMonth = monthOf(today)
  return period.to < thisMonth ? period : { ...period, to: thisMonth }
}

/** First and last day. */
export function daysOf({ from, to }: Period): { from: CivilDate; to: CivilDate } {
  const nextMonth = monthOf(addDays(`${to}-01`, 31))
  return { from: `${from}-01`, to: addDays(`${nextMonth}-01`, -1) }
}

/** Whether any of the part has begun. */
export function hasBegun(fiscalYear: number, part: Part, today: CivilDate): boolean {
  return part === 'h2'
    ? periodOf(fiscalYear, 'h2').from <= monthOf(today)
    : fiscalYearRange(fiscalYear).from <= today
}
