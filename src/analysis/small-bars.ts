import type { Period } from '#statistics/period.ts'
import { formatMonth, formatMonthShort } from '#web/thai-format.ts'
import { monthsBack, monthsIn } from './months.ts'

/** A year's bars at least, so that a season can be seen. */
const LEAST_MONTHS = 12

/**
 * The months of one problem as small standing bars, drawn with percentages across and pixels down. All pictures of a
 * page have one scale, so that they can be compared.
 */
export interface SmallBars {
  height: number
  bars: { x: number; width: number; top: number; height: number; isInPeriod: boolean }[]
  /** Written below the ends. */
  first: string
  last: string
  /** The numbers, for those who hear them. */
  words: string
}

const HEIGHT = 44
/** Of its month's width. */
const BAR = 0.72

/** The months that are drawn: those of the period, and before a shorter one as many as make up a year. */
export function drawnMonths(period: Period): string[] {
  const yearBack = monthsBack(period.to, LEAST_MONTHS - 1)
  return monthsIn({ from: yearBack < period.from ? yearBack : period.from, to: period.to })
}

export function smallBars(
  months: readonly string[],
  counts: ReadonlyMap<string, number>,
  { from }: Period,
  largest: number,
): SmallBars {
  const share = 100 / months.length
  const round = (value: number) => Math.round(value * 100) / 100
  const told = months.filter((month) => counts.has(month))
  return {
    height: HEIGHT,
    bars: months.flatMap((month, index) => {
      const count = counts.get(month) ?? 0
      if (count === 0) return []
      const height = Math.max(3, Math.round((count / largest) * HEIGHT))
      const place = { x: round((index + (1 - BAR) / 2) * share), width: round(BAR * share) }
      return [{ ...place, top: HEIGHT - height, height, isInPeriod: month >= from }]
    }),
    first: formatMonthShort(months.at(0) ?? '', 'th'),
    last: formatMonthShort(months.at(-1) ?? '', 'th'),
    words: told.map((month) => `${formatMonth(month, 'th')} ${counts.get(month)} เรื่อง`).join(', '),
  }
}
