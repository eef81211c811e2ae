import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tick } from '#clock/tick.ts'
import { readConfig } from '../../src/config.ts'
import { openPortal } from '../../src/open-portal.ts'
import { fileCase } from '../complaints-staff/desk.ts'
import {
  bangkok,
  briefly,
  type ClockOffice,
  caseOfChai,
  clockOf,
  eventsOfClock,
  listenFor,
  openClockOffice,
  query,
  tickAt,
} from './clock-office.ts'

let office: ClockOffice
beforeEach(async () => {
  office = await openClockOffice()
})
afterEach(() => office.close())

const everything = () =>
  ['notices', 'clock_events', 'outbox', 'letters', 'audit_lines', 'case_clocks'].map((table) =>
    query(office, `select * from ${table} order by id`),
  )

describe('a clock whose date comes near and passes', () => {
  it('reminds officer and head three days, one day and no day before, then those above them', async () => {
    const listen = listenFor(office, caseOfChai(office))
    const days: Record<string, string[]> = {}
    for (let day = 25; day <= 37; day += 1) {
      const date = day <= 30 ? `2026-11-${day}` : `2026-12-0${day - 30}`
      await tickAt(office, `${date} 00:00`)
      const told = briefly(listen())
      if (told.length > 0) days[date] = told
    }
    expect(days).toEqual({
      '2026-11-28': ['chai near', 'malee near'],
      '2026-11-30': ['chai near', 'malee near'],
      '2026-12-01': ['chai near', 'malee near'],
      // Noon of the first has passed: the draft is told together with what came after it.
      '2026-12-02': ['malee over', 'wit over'],
      '2026-12-06': ['nayok over'],
    })
  })

  it('is late from the first moment of the day after, once and for ever', async () => {
    const testCase = caseOfChai(office)
    await tickAt(office, '2026-12-01 23:59')
    expect(clockOf(office, testCase).breached_at).toBeNull()
    await tickAt(office, '2026-12-02 00:00')
    await tickAt(office, '2026-12-20 09:00')
    const clock = clockOf(office, testCase)
    expect(clock.breached_at).toBe(bangkok('2026-12-02 00:00').getTime())
    expect(eventsOfClock(office, clock).filter(({ type }) => type === 'breached')).toHaveLength(1)
  })

  it('adds nothing when it is looked at twice at the same instant', async () => {
    caseOfChai(office)
    await tickAt(office, '2026-12-02 08:00')
    const before = everything()
    expect(await tickAt(office, '2026-12-02 08:00')).toEqual({ fired: 0, aside: 0 })
    expect(everything()).toEqual(before)
  })
})

describe('a portal that stood still', () => {
  it('tells after a week only the last threshold, to everybody any of them was meant for', async () => {
    const testCase = caseOfChai(office)
    const listen = listenFor(office, testCase)
    await tickAt(office, '2026-11-27 09:00')
    expect(await tickAt(office, '2026-12-06 09:00')).toEqual({ fired: 1, aside: 0 })
    expect(listen().map(({ who, kind, mark }) => [who, kind, mark.replace(/^clock:\d+:/, '')])).toEqual([
      ...['chai', 'malee', 'wit', 'nayok'].map((who) => [who, 'over', 'overdue:5@2026-12-01']),
    ])
    const events = eventsOfClock(office, clockOf(office, testCase)).slice(1)
    expect(events.map(({ type, mark }) => `${type} ${mark}`)).toEqual([
      'breached breach',
      'superseded warn:3@2026-12-01',
      'superseded warn:1@2026-12-01',
      'superseded warn:0@2026-12-01',
      'superseded draft@2026-12-01',
      'superseded overdue:1@2026-12-01',
      'overdue overdue:5@2026-12-01',
    ])
    expect(JSON.parse(events.at(-1)?.detail ?? '')).toMatchObject({ told: 4 })
    expect(JSON.parse(events[1]?.detail ?? '')).toEqual({ kind: 'warn', by: 'overdue:5@2026-12-01' })
  })

  it('doubles nothing when its clock is set back and set right again', async () => {
    const testCase = caseOfChai(office)
    const listen = listenFor(office, testCase)
    await tickAt(office, '2026-11-28 09:00')
    listen()
    for (const time of ['2026-11-20 09:00', '2026-11-27 23:59', '2026-11-28 09:00', '2026-11-29 23:59']) {
      await tickAt(office, time)
      expect(listen(), time).toEqual([])
    }
    await tickAt(office, '2026-11-30 00:00')
    expect(briefly(listen())).toEqual(['chai near', 'malee near'])
  })

  it('doubles nothing when its clock leaps ahead by months and comes back', async () => {
    const testCase = caseOfChai(office)
    const listen = listenFor(office, testCase)
    await tickAt(office, '2027-02-20 09:00')
    const told = listen().map(({ who, mark }) => `${who} ${mark}`)
    const before = everything()
    for (const time of ['2026-11-28 09:00', '2026-12-02 09:00', '2027-02-20 09:00'])
      await tickAt(office, time)
    expect(everything()).toEqual(before)
    await tickAt(office, '2027-03-03 09:00')
    expect(listen().filter(({ who, mark }) => told.includes(`${who} ${mark}`))).toEqual([])
  })
})

describe('two processes on one office', () => {
  it('do each clock once, however their ticks interleave', async () => {
    const clocks = 300
    office.portal.db.inTransaction(() => {
      for (let n = 0; n < clocks; n += 1) fileCase(office)
    })
    // The second duty is to register: both have their first day behind them.
    office.setTime('2026-11-28 09:00')
    const { portal } = office
    const other = openPortal(readConfig({ DATA_DIR: portal.config.dataDir, LOG_LEVEL: 'silent' }), portal.now)
    other.db.sqlite.pragma('synchronous = OFF')
    const hooks = { draft: () => undefined }
    const [one, two] = await Promise.all([tick(portal, hooks), tick(other, hooks)])
    other.db.close()
    expect([one.fired > 0, two.fired > 0, one.fired + two.fired]).toEqual([true, true, 2 * clocks])
    expect(await tick(portal, hooks)).toEqual({ fired: 0, aside: 0 })
    const doubled = 'select 1 from notices group by case_id, clock_id, recipient_id having count(*) > 1'
    expect(query(office, doubled)).toEqual([])
    const marks = query<{ n: number; different: number }>(
      office,
      `select count(*) as n, count(distinct clock_id || mark) as different from clock_events where mark <> 'started'`,
    )
    expect(marks[0]?.n).toBe(marks[0]?.different)
  })
})
