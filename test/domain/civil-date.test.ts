import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  civilDateOf,
  compareDates,
  daysBetween,
  instantOf,
  isCivilDate,
  parseThaiDate,
  parseThaiTime,
  startOfDay,
} from '#domain/civil-date.ts'
import { anyDate, nextDay } from './calendar.ts'

describe('the day it is in Bangkok', () => {
  test.each([
    ['2026-11-23T16:59:59.999Z', '2026-11-23'],
    ['2026-11-23T17:00:00.000Z', '2026-11-24'],
    ['2026-12-31T16:59:59.000Z', '2026-12-31'],
    ['2026-12-31T17:00:00.000Z', '2027-01-01'],
    ['2028-02-28T17:00:00.000Z', '2028-02-29'],
    ['1969-12-31T16:59:59.000Z', '1969-12-31'],
  ])('at %s it is %s', (instant, day) => {
    expect(civilDateOf(new Date(instant))).toBe(day)
  })

  test('agrees with the time-zone database for any instant', () => {
    const bangkok = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Bangkok' })
    const instants = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2150-01-01'),
      noInvalidDate: true,
    })
    fc.assert(fc.property(instants, (at) => civilDateOf(at) === bangkok.format(at)))
  })

  test('a day begins at 00:00:00 and still is the day at 23:59:59.999', () => {
    fc.assert(
      fc.property(anyDate, (day) => {
        const start = startOfDay(day).getTime()
        expect(civilDateOf(new Date(start))).toBe(day)
        expect(civilDateOf(new Date(start - 1))).not.toBe(day)
        expect(civilDateOf(new Date(start + 86_399_999))).toBe(day)
        expect(civilDateOf(new Date(start + 86_400_000))).toBe(nextDay(day))
      }),
    )
  })

  test('a wall-clock time is seven hours ahead of UTC', () => {
    expect(instantOf('2026-11-23', 13, 30).toISOString()).toBe('2026-11-23T06:30:00.000Z')
    expect(instantOf('2026-01-01', 6, 59).toISOString()).toBe('2025-12-31T23:59:00.000Z')
  })

  test('an instant that is none is refused', () => {
    expect(() => civilDateOf(new Date(Number.NaN))).toThrow(RangeError)
  })
})

describe('counting days', () => {
  test.each([
    ['2026-12-25', 15, '2027-01-09'],
    ['2028-02-14', 15, '2028-02-29'],
    ['2027-02-14', 15, '2027-03-01'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2026-11-23', 0, '2026-11-23'],
  ])('%s and %i days is %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to)
    expect(daysBetween(from, to)).toBe(days)
  })

  test('one day on is the next day of the calendar, and back again', () => {
    fc.assert(
      fc.property(anyDate, (day) => addDays(day, 1) === nextDay(day) && addDays(nextDay(day), -1) === day),
    )
  })

  test('the days between two dates lead from one to the other', () => {
    fc.assert(fc.property(anyDate, anyDate, (a, b) => addDays(a, daysBetween(a, b)) === b))
  })

  test('dates sort by time', () => {
    const days = ['2027-01-01', '2026-11-30', '2026-02-28', '2026-11-30']
    expect(days.sort(compareDates)).toEqual(['2026-02-28', '2026-11-30', '2026-11-30', '2027-01-01'])
  })

  test.each(['', '2026-02-30', '23/11/2569', 'tomorrow'])('%j is no day to count from', (text) => {
    expect(() => addDays(text, 1)).toThrow(RangeError)
  })
})

describe('what is a civil date', () => {
  test.each(['2026-11-23', '2028-02-29', '0001-01-01'])('%s is', (text) => {
    expect(isCivilDate(text)).toBe(true)
  })

  test.each([
    ['no leap day', '2027-02-29'],
    ['day 31 of a short month', '2026-11-31'],
    ['month 13', '2026-13-01'],
    ['day 0', '2026-01-00'],
    ['unpadded', '2026-1-1'],
    ['with a time', '2026-11-23T00:00'],
    ['a line after it', '2026-11-23\n'],
    ['Thai digits', '๒๐๒๖-๑๑-๒๓'],
  ])('%s is not', (_, text) => {
    expect(isCivilDate(text)).toBe(false)
  })
})

describe('reading a typed day', () => {
  test.each([
    ['15/11/2569', '2026-11-15'],
    ['๑๕/๑๑/๒๕๖๙', '2026-11-15'],
    ['15-11-2569', '2026-11-15'],
    ['15.11.2569', '2026-11-15'],
    [' 5 / 1 / 2569 ', '2026-01-05'],
    ['15/11/2026', '2026-11-15'],
    ['2026-11-15', '2026-11-15'],
    ['2569-11-15', '2026-11-15'],
    ['2569-1-5', '2026-01-05'],
    ['29/2/2567', '2024-02-29'],
    ['15 พฤศจิกายน 2569', '2026-11-15'],
    ['วันที่ ๑๕ พ.ย. ๒๕๖๙', '2026-11-15'],
    ['5ธ.ค.พ.ศ.2569', '2026-12-05'],
    ['15 November 2026', '2026-11-15'],
  ])('%j is %s', (text, day) => {
    expect(parseThaiDate(text)).toBe(day)
  })

  test.each([
    ['empty', ''],
    ['a two-digit year', '15/11/69'],
    ['a three-digit year', '15/11/256'],
    ['a day that is not', '29/2/2569'],
    ['the month first', '11/15/2569'],
    ['day 0', '0/1/2569'],
    ['a year of neither era', '15/11/2300'],
    ['a year long past', '15/11/1800'],
    ['words', 'วันนี้'],
    ['a month that is none', '15 พฤษจิก 2569'],
    ['a two-digit year behind a name', '15 พ.ย. 69'],
    ['a day that is not, by name', '31 เม.ย. 2569'],
    ['something after it', '15/11/2569 น.'],
  ])('%s is refused', (_, text) => {
    expect(parseThaiDate(text)).toBeUndefined()
  })

  test('any day reads back from the way it is written in Buddhist Era, in either digits', () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom('/', '-', '.'), fc.boolean(), (day, separator, thaiDigits) => {
        const [year = '', month = '', date = ''] = day.split('-')
        const arabic = [Number(date), Number(month), Number(year) + 543].join(separator)
        const thai = arabic.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'.charAt(Number(digit)))
        expect(parseThaiDate(thaiDigits ? thai : arabic)).toBe(day)
      }),
    )
  })
})

describe('reading a typed time', () => {
  test.each([
    ['13.30', 13, 30],
    ['13:30', 13, 30],
    ['9.05', 9, 5],
    ['00:00', 0, 0],
    ['23.59', 23, 59],
    ['๑๓.๓๐ น.', 13, 30],
    [' 13.30น ', 13, 30],
  ])('%j is %i and %i minutes', (text, hour, minute) => {
    expect(parseThaiTime(text)).toEqual({ hour, minute })
  })

  test.each(['', '24.00', '13.60', '13.3', '1330', '13,30', '1:30 pm', '-1.30'])('%j is refused', (text) => {
    expect(parseThaiTime(text)).toBeUndefined()
  })
})
