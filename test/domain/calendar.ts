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
