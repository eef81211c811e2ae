import type { CivilDate } from './civil-date.ts'
import { fiscalYearRange } from './fiscal-year.ts'
import { LEAST_SHOWN, type Published } from './small-cells.ts'

/** What is known of a count: the least and the most that it can be. A count that is told has both alike. */
export interface Range {
  least: number
  most: number
}

export const exactly = (count: number): Range => ({ least: count, most: count })

/** What a number of a masked list with this total can be, by all that is told of it. */
export function rangeOf(told: Published, total: number): Range {
  if (typeof told === 'number') return exactly(told)
  return { least: 0, most: told === 'small' ? Math.min(LEAST_SHOWN - 1, total) : total }
}

/** A sum of counts is known as far as its parts are. */
export function sumOfRanges(ranges: readonly Range[]): Range {
  return {
    least: ranges.reduce((sum, { least }) => sum + least, 0),
    most: ranges.reduce((sum, { most }) => sum + most, 0),
  }
}

/**
 * What became of a year's target. `open`: the year is not over; `no_value`, `no_base`: this year's figure or the
 * base year's is not known; `hidden`: it cannot be told without telling a number that is protected.
 */
export type Verdict = 'met' | 'not_met' | 'open' | 'no_value' | 'no_base' | 'hidden'

/**
 * The change against the base year in percent, not rounded (requirements A12, rule 4). Null where the base is
 * zero: there is no percentage then, and the numbers are judged by themselves.
 */
export function changePercent(count: number, base: number): number | null {
  return base === 0 ? null : ((count - base) / base) * 100
}

export const isZero = (count: number): boolean => count === 0

/** Fewer than in the base year. After a year with none, none is as good as can be. */
export const isFewer = (count: number, base: number): boolean => count < base || (count === 0 && base === 0)

/** Fewer by at least `cut` percent, in whole numbers so that nothing is rounded; zero after zero is met. */
export const isCutBy = (count: number, base: number, cut: number): boolean =>
  count * 100 <= base * (100 - cut)

/**
 * The verdict as far as it follows from what is told of the two counts, so that it never tells more. `isMet` has
 * to be a rule that a smaller count and a larger base can only help.
 */
export function judge(isMet: (count: number, base: number) => boolean, count: Range, base: Range): Verdict {
  if (isMet(count.most, base.least)) return 'met'
  return isMet(count.least, base.most) ? 'hidden' : 'not_met'
}

/** Of several counts that all have to meet the target. */
export function verdictOfAll(verdicts: readonly Verdict[]): Verdict {
  const order = ['not_met', 'open', 'no_value', 'no_base', 'hidden'] as const
  return order.find((verdict) => verdicts.includes(verdict)) ?? 'met'
}

export function isYearOver(fiscalYear: number, today: CivilDate): boolean {
  return fiscalYearRange(fiscalYear).to < today
}
