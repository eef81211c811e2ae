import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import {
  COUNT_MODES,
  type CountMode,
  type DeadlinePolicy,
  daysLeft,
  dueDate,
  dueWorking,
  type Holidays,
  hasDuty,
  nextOpenDay,
  promisedDays,
  urgency,
} from '#domain/deadlines.ts'
import { KINDS } from '#domain/vocabulary.ts'
import { anyYear, isAtWeekend, nextDay, walk } from './calendar.ts'

const NONE: Holidays = new Map()
const policy = (targetDays: number, countMode: CountMode = 'calendar', rollForward = false) => ({
  ...{ targetDays, countMode, rollForward },
})
const anyTarget = fc.integer({ min: 1, max: 120 })
const anyPolicy: fc.Arbitrary<DeadlinePolicy> = fc.record({
  targetDays: fc.integer({ min: 1, max: 40 }),
  countMode: fc.constantFrom(...COUNT_MODES),
  rollForward: fc.boolean(),
})
const named = (closed: readonly CivilDate[]): Holidays => new Map(closed.map((day) => [day, `หยุด ${day}`]))

/** The turn of B.E. 2569, as an office would have it in its table. */
const DECEMBER: Holidays = new Map([
  ['2026-12-05', 'วันพ่อแห่งชาติ'],
  ['2026-12-07', 'ชดเชยวันพ่อแห่งชาติ'],
  ['2026-12-10', 'วันรัฐธรรมนูญ'],
  ['2026-12-31', 'วันสิ้นปี'],
  ['2027-01-01', 'วันขึ้นปีใหม่'],
])

/** What the office would do with a wall calendar and a pencil. */
function pencilled(
  from: CivilDate,
  { targetDays, countMode, rollForward }: DeadlinePolicy,
  closed: CivilDate[],
) {
  const isOff = (day: CivilDate) => isAtWeekend(day) || closed.includes(day)
  let day = from
  let left = targetDays
  while (left > 0) {
    day = nextDay(day)
    if (countMode === 'calendar' || !isOff(day)) left -= 1
  }
  while (rollForward && isOff(day)) day = nextDay(day)
  return day
}

describe('the due date', () => {
  test.each([
    ['across the year end', '2026-12-20', '2027-01-04'],
    ['onto a leap day', '2028-02-14', '2028-02-29'],
    ['over no leap day', '2027-02-14', '2027-03-01'],
    ['across the fiscal year end', '2026-09-20', '2026-10-05'],
    ['onto a Saturday: the last day counts', '2026-11-20', '2026-12-05'],
    ['onto New Year: the last day counts even on a holiday', '2026-12-17', '2027-01-01'],
  ])('in 15 calendar days, %s', (_, receivedOn, dueOn) => {
    expect(dueDate(receivedOn, policy(15), DECEMBER)).toBe(dueOn)
  })

  test.each([
    ['over the weekend', '2026-11-20', 1, '2026-11-23'],
    ['received on a Saturday', '2026-11-21', 1, '2026-11-23'],
    ['over a holiday and its substitute', '2026-12-04', 1, '2026-12-08'],
    ['fifteen of them in December', '2026-11-23', 15, '2026-12-16'],
    ['across the year end', '2026-12-25', 5, '2027-01-05'],
    ['across the fiscal year end', '2026-09-24', 5, '2026-10-01'],
    ['received on the last day of the fiscal year', '2026-09-30', 1, '2026-10-01'],
  ])('in working days, %s', (_, receivedOn, target, dueOn) => {
    expect(dueDate(receivedOn, policy(target, 'working'), DECEMBER)).toBe(dueOn)
  })

  test.each([
    ['a Saturday that is a holiday, over its substitute', '2026-11-20', '2026-12-08'],
    ['a Sunday, over the substitute', '2026-11-21', '2026-12-08'],
    ['New Year and the weekend after it', '2026-12-17', '2027-01-04'],
    ['a working day stays', '2026-11-23', '2026-12-08'],
  ])('rolls forward from %s', (_, receivedOn, dueOn) => {
    expect(dueDate(receivedOn, policy(15, 'calendar', true), DECEMBER)).toBe(dueOn)
  })

  test('is where a walk day by day ends, the day of receipt not counted', () => {
    fc.assert(
      fc.property(anyYear, anyPolicy, ({ receivedOn, closed }, rule) => {
        expect(dueDate(receivedOn, rule, named(closed))).toBe(pencilled(receivedOn, rule, closed))
      }),
      { numRuns: 500 },
    )
  })

  test('never comes earlier for a case received later', () => {
    fc.assert(
      fc.property(
        anyYear,
        fc.integer({ min: 0, max: 40 }),
        anyPolicy,
        ({ receivedOn, closed }, later, rule) => {
          const holidays = named(closed)
          expect(
            dueDate(receivedOn, rule, holidays) <= dueDate(walk(receivedOn, later), rule, holidays),
          ).toBe(true)
        },
      ),
    )
  })

  test('never comes earlier for a longer promise', () => {
    fc.assert(
      fc.property(anyYear, anyPolicy, anyTarget, ({ receivedOn, closed }, rule, longer) => {
        const short = dueDate(receivedOn, rule, named(closed))
        const long = { ...rule, targetDays: rule.targetDays + longer }
        expect(short <= dueDate(receivedOn, long, named(closed))).toBe(true)
      }),
    )
  })

  test('never comes earlier for one holiday more', () => {
    fc.assert(
      fc.property(anyYear, fc.nat(60), anyPolicy, ({ receivedOn, closed }, step, rule) => {
        const more = named([...closed, walk(receivedOn, step)])
        expect(dueDate(receivedOn, rule, named(closed)) <= dueDate(receivedOn, rule, more)).toBe(true)
      }),
    )
  })

  test('never is a closed day where it rolls forward, nor where working days are counted', () => {
    fc.assert(
      fc.property(anyYear, anyPolicy, ({ receivedOn, closed }, rule) => {
        const dueOn = dueDate(receivedOn, rule, named(closed))
        const isOff = isAtWeekend(dueOn) || closed.includes(dueOn)
        expect(isOff && (rule.rollForward || rule.countMode === 'working')).toBe(false)
      }),
    )
  })

  test('is the same for calendar days whatever the holidays, as long as nothing rolls forward', () => {
    fc.assert(
      fc.property(anyYear, anyTarget, ({ receivedOn, closed }, target) => {
        expect(dueDate(receivedOn, policy(target), named(closed))).toBe(walk(receivedOn, target))
      }),
    )
  })

  test('one second at midnight in Bangkok moves it by one day', () => {
    const lastSecond = civilDateOf(new Date('2026-11-23T23:59:59+07:00'))
    const firstSecond = civilDateOf(new Date('2026-11-24T00:00:00+07:00'))
    expect(dueDate(lastSecond, policy(15), NONE)).toBe('2026-12-08')
    expect(dueDate(firstSecond, policy(15), NONE)).toBe('2026-12-09')
    expect(dueDate(lastSecond, policy(15, 'working'), DECEMBER)).toBe('2026-12-16')
    expect(dueDate(firstSecond, policy(15, 'working'), DECEMBER)).toBe('2026-12-17')
  })

  test('one second before a closed day or in it is the same working day', () => {
    const friday = civilDateOf(new Date('2026-12-04T23:59:59+07:00'))
    const saturday = civilDateOf(new Date('2026-12-05T00:00:00+07:00'))
    expect(dueDate(friday, policy(3, 'working'), DECEMBER)).toBe('2026-12-11')
    expect(dueDate(saturday, policy(3, 'working'), DECEMBER)).toBe('2026-12-11')
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d days is no promise', (target) => {
    expect(() => dueDate('2026-11-23', policy(target), NONE)).toThrow(RangeError)
  })
})

describe('the working', () => {
  test('shows day zero, the mode, the days and the result', () => {
    expect(dueWorking('2026-11-23', policy(15), DECEMBER)).toEqual({
      dayZero: '2026-11-23',
      countMode: 'calendar',
      targetDays: 15,
      skipped: [],
      lastCounted: '2026-12-08',
      dueOn: '2026-12-08',
    })
  })

  test('names each day that was not counted', () => {
    expect(dueWorking('2026-12-03', policy(3, 'working'), DECEMBER)).toMatchObject({
      skipped: [
        { on: '2026-12-05', name: 'วันพ่อแห่งชาติ' },
        { on: '2026-12-06', name: null },
        { on: '2026-12-07', name: 'ชดเชยวันพ่อแห่งชาติ' },
      ],
      lastCounted: '2026-12-09',
      dueOn: '2026-12-09',
    })
  })

  test('names the days that were passed over by rolling forward', () => {
    expect(dueWorking('2026-11-20', policy(15, 'calendar', true), DECEMBER)).toMatchObject({
      lastCounted: '2026-12-05',
      skipped: [{ on: '2026-12-05' }, { on: '2026-12-06' }, { on: '2026-12-07' }],
      dueOn: '2026-12-08',
    })
  })

  test('leaves no day out: what was counted and what was skipped fill the time', () => {
    fc.assert(
      fc.property(anyYear, anyPolicy, ({ receivedOn, closed }, rule) => {
        const { skipped, lastCounted, dueOn } = dueWorking(receivedOn, rule, named(closed))
        const days = new Set(skipped.map(({ on }) => on))
        expect(days.size).toBe(skipped.length)
        for (const { on, name } of skipped) {
          expect(name).toBe(closed.includes(on) ? `หยุด ${on}` : null)
          expect(name !== null || isAtWeekend(on)).toBe(true)
        }
        let counted = 0
        let day = receivedOn
        while (day < lastCounted) {
          day = nextDay(day)
          if (!days.has(day) || (day === lastCounted && rule.countMode === 'calendar')) counted += 1
        }
        expect(counted).toBe(rule.targetDays)
        for (; day < dueOn; day = nextDay(day)) expect(days.has(day)).toBe(true)
      }),
    )
  })

  test('the next open day is the first that is neither weekend nor holiday, today included', () => {
    expect(nextOpenDay('2026-12-04', DECEMBER)).toBe('2026-12-04')
    expect(nextOpenDay('2026-12-05', DECEMBER)).toBe('2026-12-08')
    expect(nextOpenDay('2026-12-31', DECEMBER)).toBe('2027-01-04')
  })
})

describe('a clock that stood still', () => {
  const waited = (after: CivilDate, through: CivilDate) => [{ after, through }]

  test('goes on with the days it had left when it was stopped', () => {
    // Nine of fifteen days were left on 29 November.
    const pauses = waited('2026-11-29', '2026-12-20')
    expect(dueWorking('2026-11-23', policy(15), NONE, pauses).dueOn).toBe('2026-12-29')
  })

  test('stopped and started on one day, it lost nothing', () => {
    const pauses = waited('2026-11-29', '2026-11-29')
    expect(dueWorking('2026-11-23', policy(15), NONE, pauses).dueOn).toBe('2026-12-08')
  })

  test('stopped on its last day, it is due on the day it goes on', () => {
    const pauses = waited('2026-12-08', '2026-12-20')
    expect(dueWorking('2026-11-23', policy(15), NONE, pauses).dueOn).toBe('2026-12-20')
  })

  test('tells the days on which it stood still apart from weekends', () => {
    const { skipped } = dueWorking(
      '2026-12-03',
      policy(2, 'working'),
      NONE,
      waited('2026-12-04', '2026-12-06'),
    )
    expect(skipped).toEqual([
      { on: '2026-12-05', name: null, paused: true },
      { on: '2026-12-06', name: null, paused: true },
    ])
  })

  test('is never due sooner than if it had run on', () => {
    const steps = fc.tuple(fc.nat(20), fc.nat(30))
    fc.assert(
      fc.property(anyYear, anyPolicy, steps, ({ receivedOn, closed }, rule, [begin, length]) => {
        const after = walk(receivedOn, begin)
        const pauses = waited(after, walk(after, length))
        const ran = dueDate(receivedOn, rule, named(closed))
        fc.pre(after <= ran)
        expect(dueWorking(receivedOn, rule, named(closed), pauses).dueOn >= ran).toBe(true)
      }),
    )
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
