import { afterEach, expect, test } from 'vitest'
import {
  addDays,
  civilDateOf,
  daysBetween,
  instantOf,
  isCivilDate,
  parseThaiDate,
  startOfDay,
} from '#domain/civil-date.ts'
import { daysLeft, dueDate } from '#domain/deadlines.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'

const zoneOfTheMachine = process.env.TZ

afterEach(() => {
  if (zoneOfTheMachine === undefined) delete process.env.TZ
  else process.env.TZ = zoneOfTheMachine
})

// Minutes behind UTC on 1 July: they show that the zone really was in force, also if a test pool changes.
const ZONES = [
  ['UTC', 0],
  ['Asia/Bangkok', -420],
  ['America/St_Johns', 150],
  ['Pacific/Kiritimati', -840],
] as const

test.each(ZONES)('a server set to %s counts the same days', (zone, minutesBehindUtc) => {
  process.env.TZ = zone
  expect(new Date('2026-07-01T12:00:00Z').getTimezoneOffset()).toBe(minutesBehindUtc)

  expect(civilDateOf(new Date('2026-09-30T16:59:59Z'))).toBe('2026-09-30')
  expect(civilDateOf(new Date('2026-09-30T17:00:00Z'))).toBe('2026-10-01')
  expect(startOfDay('2026-10-01').toISOString()).toBe('2026-09-30T17:00:00.000Z')
  expect(instantOf('2026-03-08', 2, 30).toISOString()).toBe('2026-03-07T19:30:00.000Z')
  expect(parseThaiDate('8/3/2569')).toBe('2026-03-08')
  expect(fiscalYearOf(civilDateOf(new Date('2026-09-30T17:00:00Z')))).toBe(2570)

  // St John's changes its clocks on 8 March and 1 November 2026: days of 23 and 25 hours.
  for (const from of ['2026-03-01', '2026-03-07', '2026-03-08', '2026-10-25', '2026-10-31', '2026-11-01']) {
    const dueOn = dueDate(from, { targetDays: 15, countMode: 'calendar' })
    expect(daysBetween(from, dueOn)).toBe(15)
    expect(daysLeft(dueOn, addDays(from, 15))).toBe(0)
    expect(isCivilDate(dueOn)).toBe(true)
    expect(civilDateOf(startOfDay(from))).toBe(from)
  }
  expect(dueDate('2026-03-01', { targetDays: 15, countMode: 'calendar' })).toBe('2026-03-16')
  expect(dueDate('2026-10-25', { targetDays: 15, countMode: 'calendar' })).toBe('2026-11-09')
})
