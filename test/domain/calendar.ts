import fc from 'fast-check'
import type { CivilDate } from '#domain/civil-date.ts'

/**
 * The next day by the rules of the calendar alone. The oracle for everything that counts days, so it shares
 * nothing with the code under test: no Date, no epoch, no time zone.
 */
export function nextDay(date: CivilDate): CivilDate {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  if (day < daysInMonth(year, month)) return written(year, month, day + 1)
  return month < 12 ? written(year, month + 1, 1) : written(year + 1, 1, 1)
}

/** Any day that a case can be received on, month ends and leap days among them. */
export const anyDate: fc.Arbitrary<CivilDate> = fc
  .record({
    year: fc.integer({ min: 1990, max: 2110 }),
    month: fc.integer({ min: 1, max: 12 }),
    fromEnd: fc.integer({ min: 0, max: 27 }),
  })
  .map(({ year, month, fromEnd }) => written(year, month, daysInMonth(year, month) - fromEnd))

/** Saturday or Sunday by the rule of the calendar alone (the congruence that Sakamoto published). */
export function isAtWeekend(date: CivilDate): boolean {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const y = month < 3 ? year - 1 : year
  const shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4][month - 1] as number
  const weekday = (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + shift + day) % 7
  return weekday === 0 || weekday === 6
}

/** So many days on, one step at a time. */
export function walk(from: CivilDate, days: number): CivilDate {
  let day = from
  for (let step = 0; step < days; step += 1) day = nextDay(day)
  return day
}

/** A day of receipt, and holidays strewn over the two months after it, some on weekends. */
export const anyYear: fc.Arbitrary<{ receivedOn: CivilDate; closed: CivilDate[] }> = fc
  .tuple(anyDate, fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 20 }))
  .map(([receivedOn, steps]) => ({ receivedOn, closed: steps.map((step) => walk(receivedOn, step)) }))

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function written(year: number, month: number, day: number): CivilDate {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
    '-',
  )
}
