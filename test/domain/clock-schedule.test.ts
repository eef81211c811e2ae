import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CivilDate } from '#domain/civil-date.ts'
import {
  type ClockFacts,
  type ClockPolicy,
  DUTIES,
  type Firing,
  firingsBetween,
  firstFiringAt,
  nextFiringAt,
  targetOf,
} from '#domain/clock-schedule.ts'
import { anyDate, nextDay, walk } from './calendar.ts'

const POLICY: ClockPolicy = {
  ...{ targetDays: 15, countMode: 'calendar', rollForward: false, progressDays: 15, pausesOnAsk: false },
  notices: [
    { daysLeft: 3, to: ['officer', 'unit_head'] },
    { daysLeft: 1, to: ['officer'] },
    { daysLeft: 0, to: ['officer'] },
    { daysLeft: -1, to: ['working_group'] },
    { daysLeft: -5, to: ['executive'] },
  ],
}

/** Due on Tuesday, 8 December 2026. */
const clock = (differs: Partial<ClockFacts> = {}): ClockFacts => ({
  ...{ duty: 'resolve', dueOn: '2026-12-08', promisedOn: null, toldOn: null, pausedUntil: null },
  ...{ breached: false, policy: POLICY },
  ...differs,
})

const instant = (day: CivilDate, time = '00:00') => new Date(`${day}T${time}:00+07:00`)
const inBangkok = (at: Date) => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 16)
const told = (firings: readonly Firing[]) => firings.map(({ kind, at }) => `${inBangkok(at)} ${kind}`)
const during = (facts: ClockFacts, from: CivilDate, to: CivilDate) =>
  firingsBetween(facts, instant(from), instant(to))

describe('a clock that nobody stops', () => {
  test('warns, makes a draft at noon, is overdue, and asks for progress every 15 days', () => {
    expect(told(during(clock(), '2026-11-23', '2027-01-07'))).toEqual([
      '2026-12-05T00:00 warn',
      '2026-12-07T00:00 warn',
      '2026-12-08T00:00 warn',
      '2026-12-08T12:00 draft',
      '2026-12-09T00:00 breach',
      '2026-12-09T00:00 overdue',
      '2026-12-13T00:00 overdue',
      '2026-12-23T00:00 progress',
      '2026-12-23T12:00 progress_draft',
      '2027-01-07T00:00 progress',
    ])
  })

  test('tells each threshold to its own people, with the days left', () => {
    const firings = during(clock(), '2026-11-23', '2026-12-20')
    const reminders = firings.filter(({ kind }) => kind === 'warn' || kind === 'overdue')
    expect(reminders.map(({ daysLeft, to }) => ({ daysLeft, to }))).toEqual(POLICY.notices)
  })

  test('is not late in the last second of its last day', () => {
    const last = new Date('2026-12-08T23:59:59.999+07:00')
    const kinds = (to: Date) => firingsBetween(clock(), instant('2026-12-08'), to).map(({ kind }) => kind)
    expect(kinds(last)).not.toContain('breach')
    expect(kinds(new Date(last.getTime() + 1))).toContain('breach')
  })

  test('once it was late, it is not late a second time', () => {
    expect(told(during(clock({ breached: true }), '2026-12-09', '2026-12-10'))).toEqual([
      '2026-12-09T00:00 overdue',
    ])
  })
})

describe('a clock for taking a case up', () => {
  test('warns and is late, but asks for no letters', () => {
    const kinds = during(clock({ duty: 'acknowledge' }), '2026-11-01', '2027-12-31').map(({ kind }) => kind)
    expect(kinds).toEqual(['warn', 'warn', 'warn', 'breach', 'overdue', 'overdue'])
  })
})

describe('an explained delay', () => {
  const explained = clock({ promisedOn: '2026-12-30', toldOn: '2026-12-07' })

  test('moves warnings and the breach to the date that was promised', () => {
    expect(targetOf(explained)).toBe('2026-12-30')
    const told = during(explained, '2026-11-23', '2026-12-31')
    const breach = told.find(({ kind }) => kind === 'breach')
    expect(breach?.at).toEqual(instant('2026-12-31'))
    expect(told.filter(({ kind }) => kind === 'warn').map(({ mark }) => mark)).toEqual([
      'warn:3@2026-12-30',
      'warn:1@2026-12-30',
      'warn:0@2026-12-30',
    ])
  })

  test('progress is counted from the day the citizen was last told, if that is after the due date', () => {
    const progress = (toldOn: CivilDate | null) =>
      during(clock({ promisedOn: '2027-06-01', toldOn }), '2026-12-01', '2027-01-31')
        .filter(({ kind }) => kind === 'progress')
        .map(({ mark }) => mark)
    expect(progress('2026-12-07')).toEqual([
      'progress@2026-12-23',
      'progress@2027-01-07',
      'progress@2027-01-22',
    ])
    expect(progress('2026-12-20')).toEqual(['progress@2027-01-04', 'progress@2027-01-19'])
  })
})

describe('a clock that stands still', () => {
  test('does nothing but go on, the day after the one asked for', () => {
    const paused = clock({ pausedUntil: '2026-12-20' })
    expect(told(during(paused, '2026-11-01', '2027-12-31'))).toEqual(['2026-12-21T00:00 resume'])
    expect(nextFiringAt(paused, instant('2026-12-09'))).toEqual(instant('2026-12-21'))
    expect(nextFiringAt(paused, instant('2026-12-22'))).toBeNull()
  })
})

describe('when it wants to be looked at next', () => {
  test('a new clock begins with its first threshold', () => {
    expect(firstFiringAt(clock())).toEqual(instant('2026-12-05'))
    expect(firstFiringAt(clock({ policy: { ...POLICY, notices: [] } }))).toEqual(
      instant('2026-12-08', '12:00'),
    )
  })

  test('never looks back to a progress notice that has passed', () => {
    const late = clock({ breached: true })
    expect(nextFiringAt(late, instant('2026-12-27', '10:00'))).toEqual(instant('2027-01-07'))
    expect(nextFiringAt(late, instant('2026-12-23', '00:01'))).toEqual(instant('2026-12-23', '12:00'))
  })
})

const anyFacts: fc.Arbitrary<ClockFacts> = fc
  .record({
    dueOn: anyDate,
    duty: fc.constantFrom(...DUTIES),
    breached: fc.boolean(),
    promised: fc.option(fc.nat(60)),
    told: fc.option(fc.nat(60)),
    paused: fc.option(fc.nat(30), { freq: 8 }),
    thresholds: fc.uniqueArray(fc.integer({ min: -30, max: 14 }), { minLength: 1, maxLength: 8 }),
    progressDays: fc.integer({ min: 1, max: 40 }),
  })
  .map(({ dueOn, promised, told, paused, thresholds, progressDays, ...rest }) => ({
    ...{ ...rest, dueOn },
    promisedOn: promised === null ? null : walk(dueOn, promised),
    toldOn: told === null ? null : walk(dueOn, told),
    pausedUntil: paused === null ? null : walk(dueOn, paused),
    policy: {
      ...POLICY,
      progressDays,
      notices: thresholds.map((daysLeft) => ({ daysLeft, to: ['officer'] })),
    },
  }))

/** Every day from the due date on, and what a person with a calendar would do on it. */
function pencilled(
  { duty, dueOn, promisedOn, toldOn, pausedUntil, breached, policy }: ClockFacts,
  days: number,
) {
  const target = promisedOn ?? dueOn
  const found: string[] = []
  let untilTarget: number | null = null
  for (let day = dueOn, left = 0; day <= target; day = nextDay(day), left += 1) untilTarget = left
  let sinceTold = 0
  for (let day = dueOn, step = 0; step <= days; day = nextDay(day), step += 1) {
    const left = (untilTarget ?? 0) - step
    if (toldOn === day) sinceTold = 0
    else if (step > 0) sinceTold += 1
    if (pausedUntil !== null) {
      if (nextDay(pausedUntil) === day) found.push(`${day}T00:00 resume`)
      continue
    }
    if (left === -1 && !breached) found.push(`${day}T00:00 breach`)
    if (policy.notices.some((rule) => rule.daysLeft === left)) {
      found.push(`${day}T00:00 ${left < 0 ? 'overdue' : 'warn'}`)
    }
    if (duty === 'acknowledge') continue
    const isTold = sinceTold > 0 && sinceTold % policy.progressDays === 0 && (toldOn === null || day > toldOn)
    if (isTold) found.push(`${day}T00:00 progress`, `${day}T12:00 progress_draft`)
    if (left === 0) found.push(`${day}T12:00 draft`)
  }
  return found.sort()
}

describe('any clock', () => {
  const gap = fc.integer({ min: 0, max: 80 * 24 * 60 })

  test('does what a person with a calendar would do from its due date on', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        // What was told before this day is not looked at: only from then on progress is counted.
        const told = firingsBetween(
          facts,
          instant(facts.dueOn),
          new Date(instant(walk(facts.dueOn, 101)).getTime() - 1),
        )
        const from = facts.toldOn ?? facts.dueOn
        const isKnown = (line: string) => !line.includes('progress') || line.slice(0, 10) > from
        const expected = pencilled(facts, 100).filter(isKnown)
        expect(told.map(({ kind, at }) => `${inBangkok(at)} ${kind}`).sort()).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })

  test('wants to be looked at when its next firing is', () => {
    fc.assert(
      fc.property(anyFacts, gap, fc.nat(59_999), (facts, minutes, milliseconds) => {
        const from = new Date(
          instant(facts.dueOn).getTime() + (minutes - 20 * 24 * 60) * 60_000 + milliseconds,
        )
        const to = new Date(from.getTime() + 400 * 86_400_000)
        expect(nextFiringAt(facts, from)).toEqual(firingsBetween(facts, from, to)[0]?.at ?? null)
      }),
      { numRuns: 500 },
    )
  })

  test('does the same however the time is cut into pieces, each thing once', () => {
    const cuts = fc.array(gap, { maxLength: 10 })
    fc.assert(
      fc.property(anyFacts, cuts, (facts, minutes) => {
        const begin = instant(facts.dueOn).getTime() - 20 * 86_400_000
        const end = begin + 120 * 86_400_000
        const edges = [...minutes.map((minute) => begin + minute * 60_000).sort((a, b) => a - b), end]
        const pieces: Firing[] = []
        let from = begin
        for (const edge of edges) {
          pieces.push(...firingsBetween(facts, new Date(from), new Date(edge)))
          from = edge + 1
        }
        const whole = firingsBetween(facts, new Date(begin), new Date(end))
        expect(pieces).toEqual(whole)
        expect(new Set(whole.map(({ mark }) => mark)).size).toBe(whole.length)
      }),
      { numRuns: 300 },
    )
  })
})
