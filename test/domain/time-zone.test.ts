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
import { firingsBetween, type NoticeRule, nextFiringAt } from '#domain/clock-schedule.ts'
import { daysLeft, dueDate, dueWorking } from '#domain/deadlines.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { missingHolidayYear, nextOfficeTime } from '#domain/office-hours.ts'

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

const CALENDAR = { targetDays: 15, countMode: 'calendar', rollForward: false } as const
const WORKING = { targetDays: 3, countMode: 'working', rollForward: true } as const
const HOURS = { opens: '08:30', closes: '16:30' }
const HOLIDAYS = new Map([['2026-03-09', 'หยุด']])
const NOTICES: NoticeRule[] = [{ daysLeft: 1, to: ['officer'] }]
/** Due on the Tuesday after the change of clocks in St John's. */
const CLOCK = {
  ...({ duty: 'resolve', dueOn: '2026-03-10', promisedOn: null, toldOn: null, pausedUntil: null } as const),
  ...{ breached: false, policy: { ...CALENDAR, progressDays: 15, pausesOnAsk: false, notices: NOTICES } },
}

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
    const dueOn = dueDate(from, CALENDAR, HOLIDAYS)
    expect(daysBetween(from, dueOn)).toBe(15)
    expect(daysLeft(dueOn, addDays(from, 15))).toBe(0)
    expect(isCivilDate(dueOn)).toBe(true)
    expect(civilDateOf(startOfDay(from))).toBe(from)
  }
  expect(dueDate('2026-03-01', CALENDAR, HOLIDAYS)).toBe('2026-03-16')
  expect(dueDate('2026-10-25', CALENDAR, HOLIDAYS)).toBe('2026-11-09')
  expect(dueWorking('2026-03-05', WORKING, HOLIDAYS)).toMatchObject({
    skipped: [{ on: '2026-03-07' }, { on: '2026-03-08' }, { on: '2026-03-09', name: 'หยุด' }],
    dueOn: '2026-03-11',
  })

  const noonOfSunday = new Date('2026-03-08T05:00:00Z')
  expect(nextOfficeTime(noonOfSunday, HOURS, HOLIDAYS).toISOString()).toBe('2026-03-10T01:30:00.000Z')
  expect(missingHolidayYear(civilDateOf(new Date('2026-10-31T17:00:00Z')), HOLIDAYS)).toBe(2570)
  expect(nextFiringAt(CLOCK, noonOfSunday)?.toISOString()).toBe('2026-03-08T17:00:00.000Z')
  const fired = firingsBetween(CLOCK, noonOfSunday, new Date('2026-03-10T17:00:00Z'))
  expect(fired.map(({ kind, at }) => `${at.toISOString()} ${kind}`)).toEqual([
    '2026-03-08T17:00:00.000Z warn',
    '2026-03-10T05:00:00.000Z draft',
    '2026-03-10T17:00:00.000Z breach',
  ])
})
