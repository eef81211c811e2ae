import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COUNT_MODES, dueWorking } from '#domain/deadlines.ts'
import { retrace } from '#domain/retrace.ts'
import { anyYear, walk } from './calendar.ts'

const anyPolicy = fc.record({
  targetDays: fc.integer({ min: 1, max: 30 }),
  countMode: fc.constantFrom(...COUNT_MODES),
  rollForward: fc.boolean(),
})

test('a stored date is worked out again from what the clock keeps, pauses and all', () => {
  const steps = fc.tuple(fc.nat(10), fc.nat(30))
  fc.assert(
    fc.property(anyYear, anyPolicy, steps, ({ receivedOn, closed }, policy, [begin, length]) => {
      const holidays = new Map(closed.map((day) => [day, `หยุด ${day}`]))
      const after = walk(receivedOn, begin)
      for (const pauses of [[], [{ after, through: walk(after, length) }]]) {
        const working = dueWorking(receivedOn, policy, holidays, pauses)
        const { dueOn, skipped } = working
        expect(retrace({ startedOn: receivedOn, dueOn, policy, skipped })).toEqual(working)
      }
    }),
    { numRuns: 500 },
  )
})

test('of the days that a longer promise skipped only those within a shorter one are told', () => {
  const policy = { targetDays: 15, countMode: 'working', rollForward: false } as const
  const { skipped } = dueWorking('2026-11-23', policy, new Map())
  expect(skipped).toHaveLength(6)
  const sooner = {
    startedOn: '2026-11-23',
    dueOn: '2026-11-30',
    policy: { ...policy, targetDays: 5 },
    skipped,
  }
  expect(retrace(sooner)).toMatchObject({
    skipped: [{ on: '2026-11-28' }, { on: '2026-11-29' }],
    lastCounted: '2026-11-30',
    dueOn: '2026-11-30',
  })
})

test('a date brought forward to a day later than counted keeps both apart', () => {
  const policy = { targetDays: 3, countMode: 'calendar', rollForward: false } as const
  const clamped = { startedOn: '2026-11-23', dueOn: '2026-11-30', policy, skipped: [] }
  expect(retrace(clamped)).toMatchObject({ lastCounted: '2026-11-26', dueOn: '2026-11-30', skipped: [] })
})
