import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf, fiscalYearRange, halfOf, monthOf, monthsOf } from '#domain/fiscal-year.ts'
import { anyDate, nextDay } from './calendar.ts'

describe('the fiscal year of a day', () => {
  test.each([
    ['2026-09-30', 2569, 2],
    ['2026-10-01', 2570, 1],
    ['2026-12-31', 2570, 1],
    ['2027-01-01', 2570, 1],
    ['2027-03-31', 2570, 1],
    ['2027-04-01', 2570, 2],
    ['2027-09-30', 2570, 2],
    ['2027-10-01', 2571, 1],
  ])('%s is in %i, half %i', (day, fiscalYear, half) => {
    expect(fiscalYearOf(day)).toBe(fiscalYear)
    expect(halfOf(day)).toBe(half)
  })

  test('turns at midnight in Bangkok, not in London', () => {
    expect(fiscalYearOf(civilDateOf(new Date('2026-09-30T16:59:59Z')))).toBe(2569)
    expect(fiscalYearOf(civilDateOf(new Date('2026-09-30T17:00:00Z')))).toBe(2570)
  })

  test('changes from one day to the next only on 1 October', () => {
    fc.assert(
      fc.property(anyDate, (day) => {
        const step = nextDay(day).endsWith('-10-01') ? 1 : 0
        expect(fiscalYearOf(nextDay(day)) - fiscalYearOf(day)).toBe(step)
      }),
    )
  })
})

describe('the days and months of a fiscal year', () => {
  test('2570 runs from 1 October 2026 to 30 September 2027', () => {
    expect(fiscalYearRange(2570)).toEqual({ from: '2026-10-01', to: '2027-09-30' })
    expect(monthsOf(2570)).toEqual([
      ...['2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03'],
      ...['2027-04', '2027-05', '2027-06', '2027-07', '2027-08', '2027-09'],
    ])
  })

  test('one year ends the day before the next begins', () => {
    for (let year = 2565; year <= 2600; year += 1) {
      expect(nextDay(fiscalYearRange(year).to)).toBe(fiscalYearRange(year + 1).from)
    }
  })

  test('every day lies within the range and the months of its own fiscal year', () => {
    fc.assert(
      fc.property(anyDate, (day) => {
        const { from, to } = fiscalYearRange(fiscalYearOf(day))
        expect(day >= from && day <= to).toBe(true)
        const months = monthsOf(fiscalYearOf(day))
        expect(months).toContain(monthOf(day))
        expect(halfOf(day)).toBe(months.indexOf(monthOf(day)) < 6 ? 1 : 2)
      }),
    )
  })
})
