import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { civilDateOf } from '#domain/civil-date.ts'
import {
  type DeadlinePolicy,
  daysLeft,
  dueDate,
  dueWorking,
  hasDuty,
  promisedDays,
  urgency,
} from '#domain/deadlines.ts'
import { KINDS } from '#domain/vocabulary.ts'
import { anyDate, nextDay } from './calendar.ts'

const days = (targetDays: number): DeadlinePolicy => ({ targetDays, countMode: 'calendar' })
const anyTarget = fc.integer({ min: 1, max: 120 })

describe('the due date', () => {
  test.each([
    ['across the year end', '2026-12-20', '2027-01-04'],
    ['onto a leap day', '2028-02-14', '2028-02-29'],
    ['over no leap day', '2027-02-14', '2027-03-01'],
    ['across the fiscal year end', '2026-09-20', '2026-10-05'],
    ['onto a Saturday: the last day counts', '2026-11-20', '2026-12-05'],
    ['onto New Year: the last day counts even on a holiday', '2026-12-17', '2027-01-01'],
  ])('in 15 days, %s', (_, receivedOn, dueOn) => {
    expect(dueDate(receivedOn, days(15))).toBe(dueOn)
  })

  test('is where a walk day by day ends, the day of receipt not counted', () => {
    fc.assert(
      fc.property(anyDate, anyTarget, (receivedOn, target) => {
        let walked = receivedOn
        for (let counted = 0; counted < target; counted += 1) walked = nextDay(walked)
        expect(dueDate(receivedOn, days(target))).toBe(walked)
      }),
    )
  })

  test('never comes earlier for a case received later', () => {
    fc.assert(
      fc.property(anyDate, anyDate, anyTarget, (a, b, target) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        expect(dueDate(early, days(target)) <= dueDate(late, days(target))).toBe(true)
      }),
    )
  })

  test('never comes earlier for a longer promise', () => {
    fc.assert(
      fc.property(anyDate, anyTarget, anyTarget, (receivedOn, a, b) => {
        const [short, long] = a <= b ? [a, b] : [b, a]
        expect(dueDate(receivedOn, days(short)) <= dueDate(receivedOn, days(long))).toBe(true)
      }),
    )
  })

  test('one second at midnight in Bangkok moves it by one day', () => {
    const lastSecond = civilDateOf(new Date('2026-11-23T23:59:59+07:00'))
    const firstSecond = civilDateOf(new Date('2026-11-24T00:00:00+07:00'))
    expect(dueDate(lastSecond, days(15))).toBe('2026-12-08')
    expect(dueDate(firstSecond, days(15))).toBe('2026-12-09')
  })

  test('the working shows day zero, the mode, the days and the result', () => {
    expect(dueWorking('2026-11-23', days(15))).toEqual({
      dayZero: '2026-11-23',
      countMode: 'calendar',
      targetDays: 15,
      dueOn: '2026-12-08',
    })
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d days is no promise', (target) => {
    expect(() => dueDate('2026-11-23', days(target))).toThrow(RangeError)
  })
})

describe('how pressing it is', () => {
  test.each([
    ['2026-12-04', 4, 'ok'],
    ['2026-12-05', 3, 'near'],
    ['2026-12-07', 1, 'near'],
    ['2026-12-08', 0, 'today'],
    ['2026-12-09', -1, 'overdue'],
    ['2027-12-08', -365, 'overdue'],
  ])('on %s, due on 8 December, %i days are left: %s', (today, left, level) => {
    expect(daysLeft('2026-12-08', today)).toBe(left)
    expect(urgency('2026-12-08', today, 3)).toBe(level)
  })

  test('the due day is not over until 24:00 in Bangkok', () => {
    const levelAt = (instant: string) => urgency('2026-12-08', civilDateOf(new Date(instant)), 3)
    expect(levelAt('2026-12-08T23:59:59+07:00')).toBe('today')
    expect(levelAt('2026-12-09T00:00:00+07:00')).toBe('overdue')
  })

  test('a case without a due date presses nobody', () => {
    expect(urgency(null, '2026-12-08', 3)).toBe('none')
  })

  test('with no near days set, the day before is still at ease', () => {
    expect(urgency('2026-12-08', '2026-12-07', 0)).toBe('ok')
  })
})

describe('the duty and the promise', () => {
  test('complaints and questions carry the duty, nothing else does', () => {
    expect(KINDS.filter(hasDuty)).toEqual(['complaint', 'question'])
  })

  test('a category promises fewer days than the office or the same, never more', () => {
    expect(promisedDays(15, null)).toBe(15)
    expect(promisedDays(15, 3)).toBe(3)
    expect(promisedDays(15, 15)).toBe(15)
    expect(promisedDays(15, 30)).toBe(15)
  })
})
