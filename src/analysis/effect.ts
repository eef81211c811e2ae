import type { CivilDate } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import type { Database } from '#platform/database.ts'
import type { Period } from '#statistics/period.ts'
import type { Measure } from './measures-store.ts'
import { monthAfter, monthBefore, monthsBack, monthsIn } from './months.ts'
import { complaintsByMonth } from './recurrence.ts'
import { firstMonth } from './recurrence-store.ts'

/** A year before and a year after hold every season once; what comes later has other causes too. */
const MOST_MONTHS = 12

export interface Window extends Period {
  count: number
}

/**
 * What the difference says: `few` complaints are a matter of chance, and so is a difference that is not `clear`.
 */
export type Reading =
  | 'none'
  | 'same'
  | 'few'
  | 'slightly_less'
  | 'slightly_more'
  | 'clearly_less'
  | 'clearly_more'

/** Complaints of a measure's category and village, equally many full months before and after it began. */
export type Effect =
  /** Not one full month has passed; `from` is the first that counts. */
  | { state: 'too_early'; from: string }
  /** The portal knows of no month before. */
  | { state: 'no_before' }
  | { state: 'counted'; months: number; before: Window; after: Window; reading: Reading }

/**
 * Compared are full calendar months: as many after the start as have passed, twelve at most, and as many before.
 * The month in which a measure began within the month is of neither side.
 */
export function effectOf(
  db: Database,
  measure: Pick<Measure, 'categoryCode' | 'villageId' | 'startsOn'>,
  today: CivilDate,
): Effect {
  const { startsOn } = measure
  const startMonth = monthOf(startsOn)
  const from = startsOn.endsWith('-01') ? startMonth : monthAfter(startMonth)
  const passed = monthsIn({ from, to: monthBefore(monthOf(today)) }).length
  if (passed === 0) return { state: 'too_early', from }
  const lastBefore = monthBefore(startMonth)
  const first = firstMonth(db)
  const known = first === undefined ? 0 : monthsIn({ from: first, to: lastBefore }).length
  const months = Math.min(passed, known, MOST_MONTHS)
  if (months === 0) return { state: 'no_before' }
  const window = (period: Period): Window => {
    const counts = complaintsByMonth(db, measure, monthsIn(period))
    return { ...period, count: [...counts.values()].reduce((sum, n) => sum + n, 0) }
  }
  const before = window({ from: monthsBack(lastBefore, months - 1), to: lastBefore })
  const after = window({ from, to: monthsBack(from, 1 - months) })
  return { state: 'counted', months, before, after, reading: readingOf(before.count, after.count) }
}

/** From so many complaints on, before and after together, a difference can be clear at all. */
const ENOUGH = 6

/**
 * Complaints that come by chance, equally often before and after, differ by more than twice the root of their sum
 * once in twenty times.
 */
export function readingOf(before: number, after: number): Reading {
  const sum = before + after
  if (sum === 0) return 'none'
  if (sum < ENOUGH) return 'few'
  if (before === after) return 'same'
  const isClear = Math.abs(before - after) > 2 * Math.sqrt(sum)
  if (after < before) return isClear ? 'clearly_less' : 'slightly_less'
  return isClear ? 'clearly_more' : 'slightly_more'
}
