import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COUNT_MODES, type DeadlinePolicy, dueWorking, type Holidays } from '#domain/deadlines.ts'
import { type RunningClock, recount } from '#domain/recalculation.ts'
import { anyYear, walk } from './calendar.ts'

const CALENDAR: DeadlinePolicy = { targetDays: 15, countMode: 'calendar', rollForward: false }
const WORKING: DeadlinePolicy = { ...CALENDAR, countMode: 'working' }
const NONE: Holidays = new Map()
const ONE: Holidays = new Map([['2026-12-07', 'ชดเชยวันพ่อแห่งชาติ']])

/** Received on Monday, 23 November 2026, under the policy and holidays of that day. */
function clock(policy: DeadlinePolicy, holidays = NONE, differs: Partial<RunningClock> = {}): RunningClock {
  const { dueOn } = dueWorking('2026-11-23', policy, holidays)
  const running = { promisedOn: null, pausedUntil: null, breached: false, pauses: [] }
  return { startedOn: '2026-11-23', dueOn, policy, ...running, ...differs }
}

describe('a running clock', () => {
  test('moves later for a holiday in its working days, and back when that is taken away', () => {
    expect(clock(WORKING).dueOn).toBe('2026-12-14')
    const later = recount(clock(WORKING), WORKING, ONE, '2026-12-01')
    expect(later).toMatchObject({ dueOn: '2026-12-15', policy: WORKING })
    expect(later?.skipped).toContainEqual({ on: '2026-12-07', name: 'ชดเชยวันพ่อแห่งชาติ' })
    expect(recount(clock(WORKING, ONE), WORKING, NONE, '2026-12-01')?.dueOn).toBe('2026-12-14')
  })

  test('stays where nothing changes for it', () => {
    expect(recount(clock(WORKING), WORKING, NONE, '2026-12-01')).toBeNull()
    expect(recount(clock(CALENDAR), CALENDAR, ONE, '2026-12-01')).toBeNull()
    expect(recount(clock(WORKING), WORKING, new Map([['2027-01-01', 'ปีใหม่']]), '2026-12-01')).toBeNull()
  })

  test('follows the way of counting in either direction', () => {
    expect(recount(clock(CALENDAR), WORKING, NONE, '2026-12-01')?.dueOn).toBe('2026-12-14')
    expect(recount(clock(WORKING), CALENDAR, NONE, '2026-12-01')?.dueOn).toBe('2026-12-08')
    const rolls = { ...CALENDAR, rollForward: true }
    const closed = new Map([['2026-12-08', 'หยุดพิเศษ']])
    expect(recount(clock(CALENDAR), rolls, closed, '2026-12-01')?.dueOn).toBe('2026-12-09')
  })

  test('never moves before today, when today is all that is left', () => {
    expect(recount(clock(WORKING), CALENDAR, NONE, '2026-12-10')?.dueOn).toBe('2026-12-10')
    expect(recount(clock(WORKING), CALENDAR, NONE, '2026-12-14')).toBeNull()
  })

  test('comes sooner for fewer days and never later for more', () => {
    const of = (targetDays: number) => ({ ...CALENDAR, targetDays })
    expect(recount(clock(CALENDAR), of(10), NONE, '2026-11-25')).toMatchObject({
      dueOn: '2026-12-03',
      policy: { targetDays: 10 },
    })
    expect(recount(clock(of(10)), of(15), NONE, '2026-11-25')).toBeNull()
    expect(recount(clock(CALENDAR), of(3), NONE, '2026-12-01')?.dueOn).toBe('2026-12-01')
  })

  test('keeps its fewer days when holidays move it', () => {
    const five = { ...WORKING, targetDays: 5 }
    const holiday = new Map([['2026-11-25', 'หยุดพิเศษ']])
    expect(recount(clock(five), WORKING, holiday, '2026-11-24')).toMatchObject({
      dueOn: '2026-12-01',
      policy: { targetDays: 5 },
    })
  })
})

describe('a clock that does not move', () => {
  test.each([
    ['was missed', { breached: true }],
    ['has a date that a letter promised', { promisedOn: '2026-12-20' }],
  ])('%s', (_, differs) => {
    expect(recount(clock(WORKING, NONE, differs), CALENDAR, ONE, '2026-12-01')).toBeNull()
  })

  test('is over, even if nobody has written that down yet', () => {
    expect(recount(clock(CALENDAR), WORKING, NONE, '2026-12-08')?.dueOn).toBe('2026-12-14')
    expect(recount(clock(CALENDAR), WORKING, NONE, '2026-12-09')).toBeNull()
  })
})

describe('a clock that stood still', () => {
  test('keeps what the pause gave it', () => {
    const pauses = [{ after: '2026-11-25', through: '2026-12-02' }]
    const { dueOn } = dueWorking('2026-11-23', WORKING, NONE, pauses)
    const resumed = clock(WORKING, NONE, { pauses, dueOn })
    expect(recount(resumed, WORKING, NONE, '2026-12-03')).toBeNull()
    expect(recount(resumed, WORKING, ONE, '2026-12-03')?.dueOn).toBe(walk(dueOn, 1))
  })

  test('while it stands still, takes over how to count and keeps its date', () => {
    const paused = clock(CALENDAR, NONE, { pausedUntil: '2026-12-20' })
    expect(recount(paused, WORKING, ONE, '2026-12-01')).toMatchObject({
      dueOn: paused.dueOn,
      policy: WORKING,
    })
    expect(recount(paused, CALENDAR, ONE, '2026-12-01')).toBeNull()
  })
})

describe('any clock', () => {
  const anyPolicy = fc.record({
    targetDays: fc.integer({ min: 1, max: 15 }),
    countMode: fc.constantFrom(...COUNT_MODES),
    rollForward: fc.boolean(),
  })

  test('once moved, stays: done twice, a recalculation does nothing twice', () => {
    fc.assert(
      fc.property(anyYear, anyPolicy, anyPolicy, fc.nat(30), ({ receivedOn, closed }, was, office, step) => {
        const holidays = new Map(closed.map((day) => [day, 'หยุด']))
        const today = walk(receivedOn, step)
        const { dueOn } = dueWorking(receivedOn, was, NONE)
        const running = { promisedOn: null, pausedUntil: null, breached: false, pauses: [] }
        const before = { startedOn: receivedOn, dueOn, policy: was, ...running }
        const moved = recount(before, office, holidays, today)
        if (moved === null) return
        expect(dueOn >= today && moved.dueOn >= today).toBe(true)
        expect(moved.policy.targetDays).toBeLessThanOrEqual(was.targetDays)
        expect(recount({ ...before, ...moved }, office, holidays, today)).toBeNull()
      }),
    )
  })

  test('is never later for another number of days', () => {
    const anyDays = fc.integer({ min: 1, max: 40 })
    fc.assert(
      fc.property(anyYear, anyPolicy, anyDays, fc.nat(30), ({ receivedOn, closed }, was, days, step) => {
        const holidays = new Map(closed.map((day) => [day, 'หยุด']))
        const { dueOn } = dueWorking(receivedOn, was, holidays)
        const running = { promisedOn: null, pausedUntil: null, breached: false, pauses: [] }
        const before = { startedOn: receivedOn, dueOn, policy: was, ...running }
        const moved = recount(before, { ...was, targetDays: days }, holidays, walk(receivedOn, step))
        expect((moved?.dueOn ?? dueOn) <= dueOn).toBe(true)
      }),
    )
  })
})
