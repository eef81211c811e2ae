import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDateOf } from '#domain/civil-date.ts'
import type { Holidays } from '#domain/deadlines.ts'
import { missingHolidayYear, nextOfficeTime, openingAfter } from '#domain/office-hours.ts'
import { anyYear, isAtWeekend, nextDay } from './calendar.ts'

const HOURS = { opens: '08:30', closes: '16:30' }
const HOLIDAYS: Holidays = new Map([
  ['2026-12-07', 'ชดเชยวันพ่อแห่งชาติ'],
  ['2026-12-31', 'วันสิ้นปี'],
  ['2027-01-01', 'วันขึ้นปีใหม่'],
])
const at = (text: string) => new Date(`${text}+07:00`)

describe('what is decided now is delivered', () => {
  test.each([
    ['at once in office hours', '2026-12-04T10:00:00', '2026-12-04T10:00:00'],
    ['at once in the first moment of them', '2026-12-04T08:30:00', '2026-12-04T08:30:00'],
    ['at once in the last moment of them', '2026-12-04T16:29:59.999', '2026-12-04T16:29:59.999'],
    ['when the office opens, in the morning', '2026-12-04T00:00:00', '2026-12-04T08:30:00'],
    [
      'after the weekend and a holiday, at closing time on Friday',
      '2026-12-04T16:30:00',
      '2026-12-08T08:30:00',
    ],
    ['after the weekend and a holiday, on Saturday noon', '2026-12-05T12:00:00', '2026-12-08T08:30:00'],
    ['after New Year, in office hours of a holiday', '2026-12-31T09:00:00', '2027-01-04T08:30:00'],
    ['the next morning, late in the evening', '2026-12-02T23:59:59', '2026-12-03T08:30:00'],
  ])('%s', (_, now, delivered) => {
    expect(nextOfficeTime(at(now), HOURS, HOLIDAYS)).toEqual(at(delivered))
  })

  test('never before now, never outside of office hours, and never later than the next opening', () => {
    const minutes = fc.integer({ min: 0, max: 60 * 24 - 1 })
    fc.assert(
      fc.property(anyYear, minutes, ({ receivedOn, closed }, minute) => {
        const holidays = new Map(closed.map((day) => [day, 'หยุด']))
        const isOff = (day: string) => isAtWeekend(day) || closed.includes(day)
        const now = new Date(at(`${receivedOn}T00:00:00`).getTime() + minute * 60_000)
        const then = nextOfficeTime(now, HOURS, holidays)
        const day = civilDateOf(then)
        const time = new Date(then.getTime() + 7 * 3_600_000).toISOString().slice(11, 16)
        expect(then >= now && !isOff(day) && time >= '08:30' && time < '16:30').toBe(true)
        if (then.getTime() === now.getTime()) return
        expect(time).toBe('08:30')
        // Every office day in between would have been sooner.
        for (let passed = nextDay(receivedOn); passed < day; passed = nextDay(passed)) {
          expect(isOff(passed)).toBe(true)
        }
      }),
    )
  })

  test('the opening after a day is that of the first working day behind it', () => {
    expect(openingAfter('2026-12-04', HOURS, HOLIDAYS)).toEqual(at('2026-12-08T08:30:00'))
    expect(openingAfter('2026-12-30', HOURS, HOLIDAYS)).toEqual(at('2027-01-04T08:30:00'))
    expect(openingAfter('2026-12-02', { opens: '09:05', closes: '12:00' }, HOLIDAYS)).toEqual(
      at('2026-12-03T09:05:00'),
    )
  })
})

describe('a year without holidays', () => {
  const of = (...days: string[]): Holidays => new Map(days.map((day) => [day, 'หยุด']))

  test.each([
    ['2026-10-31', null],
    ['2026-11-01', 2570],
    ['2026-12-31', 2570],
    // Nobody entered them in time: the warning stays until somebody does.
    ['2027-01-01', 2570],
    ['2027-10-31', 2570],
    ['2027-11-01', 2571],
  ])('on %s, with those of 2569 alone, %s is wanting', (today, year) => {
    expect(missingHolidayYear(today, of('2026-12-05'))).toBe(year)
  })

  test('is told by its own days, not by those of other years', () => {
    expect(missingHolidayYear('2026-11-01', of('2026-12-05', '2027-01-01'))).toBeNull()
    expect(missingHolidayYear('2026-11-01', of('2026-12-05', '2028-01-01'))).toBe(2570)
    expect(missingHolidayYear('2026-03-01', of())).toBe(2569)
  })
})
