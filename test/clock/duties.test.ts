import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reopenCase } from '#complaints/reopen.ts'
import { caseIn, done, fileCase, type TestCase } from '../complaints-staff/desk.ts'
import {
  bangkok,
  briefly,
  type ClockOffice,
  caseOfChai,
  clockOf,
  clocksOfCase,
  eventsOfClock,
  listenFor,
  mailAt,
  openClockOffice,
  query,
  tickAt,
} from './clock-office.ts'

let office: ClockOffice
beforeEach(async () => {
  office = await openClockOffice()
})
afterEach(() => office.close())

const duties = (testCase: TestCase) =>
  clocksOfCase(office, testCase).map(({ duty, round, due_on, verdict, stopped_on }) =>
    [duty, round, due_on, verdict, stopped_on].join(' '),
  )

describe('the duty to register a case', () => {
  it('ends with the next working day, is the centre’s, and missed it is told to the working group', async () => {
    office.setTime('2026-11-20 15:00')
    const testCase = fileCase(office)
    const listen = listenFor(office, testCase)
    // Filed on a Friday, it is due on Monday.
    for (const time of ['2026-11-20 23:59', '2026-11-22 23:59']) await tickAt(office, time)
    expect(listen()).toEqual([])
    await tickAt(office, '2026-11-23 00:00')
    expect(briefly(listen())).toEqual(['dao near', 'nid near'])
    await tickAt(office, '2026-11-24 00:00')
    expect(briefly(listen())).toEqual(['wit over'])
    done(office, testCase, 'nid', 'register')
    expect(duties(testCase)).toContain('acknowledge 1 2026-11-23 late 2026-11-24')
    await tickAt(office, '2026-11-27 00:00')
    expect(listen()).toEqual([])
  })

  it('is met by registering in time, and nobody hears of it', async () => {
    const testCase = fileCase(office)
    const listen = listenFor(office, testCase)
    done(office, testCase, 'nid', 'register')
    expect(duties(testCase)).toContain('acknowledge 1 2026-11-17 met 2026-11-16')
    await tickAt(office, '2026-11-24 00:00')
    expect(listen()).toEqual([])
  })
})

describe('urging', () => {
  const urge = (testCase: TestCase) => done(office, testCase, 'wit', 'urge', { text: 'ขอให้เร่งก่อนวันลอยกระทง' })

  it('sends officer and head a mail of their own in office hours, and is kept in the history', async () => {
    const testCase = caseOfChai(office)
    const listen = listenFor(office, testCase)
    office.setTime('2026-11-21 10:00')
    urge(testCase)
    expect(briefly(listen())).toEqual(['chai urged', 'malee urged'])
    expect(await mailAt(office, '2026-11-22 10:00')).toEqual([])
    const mails = await mailAt(office, '2026-11-23 08:30')
    expect(mails.map(({ to }) => to).sort()).toEqual(['chai@mueangmai.example', 'malee@mueangmai.example'])
    for (const { subject, text } of mails) {
      expect(subject).toBe('เร่งรัดเรื่องเลขที่ รท 0001/2570')
      expect(text).toContain('วิทย์ คณะทำงาน เร่งรัดเรื่องนี้')
      expect(text).toContain('ขอให้เร่งก่อนวันลอยกระทง')
    }
    expect(eventsOfClock(office, clockOf(office, testCase)).at(-1)).toMatchObject({
      ...{ type: 'urged', detail: '{"told":2}' },
    })
    const history = `select actor_name, text from case_events where case_id = ${testCase.id} and type = 'urge'`
    expect(query(office, history)).toEqual([{ actor_name: 'วิทย์ คณะทำงาน', text: 'ขอให้เร่งก่อนวันลอยกระทง' }])
  })

  it('is possible once a day for each case', async () => {
    const testCase = caseOfChai(office)
    urge(testCase)
    expect(() => urge(testCase)).toThrow('วันนี้เร่งรัดเรื่องนี้ไปแล้ว')
    urge(caseOfChai(office))
    office.setTime('2026-11-17 00:00')
    urge(testCase)
    const mails = query(office, "select dedupe_key from outbox where dedupe_key like 'urge:%'")
    expect(mails).toHaveLength(6)
  })
})

describe('reopening', () => {
  it('starts a second clock beside the first, which stays as late as it was', async () => {
    const testCase = caseIn(office, 'in_progress')
    await tickAt(office, '2026-12-05 09:00')
    done(office, testCase, 'chai', 'forward', { otherBody: 'กรมทางหลวง', text: 'ส่งต่อแล้ว' })
    expect(duties(testCase)).toContain('resolve 1 2026-12-01 late 2026-12-05')
    const resolved = caseIn(office, 'resolved', { receivedAt: bangkok('2026-11-16 09:00') })
    const before = clockOf(office, resolved)
    office.setTime('2026-12-10 09:00')
    reopenCase(office.portal, { row: resolved.row(), rev: resolved.row().rev, text: 'ยังดับอยู่' })
    const [first, second] = clocksOfCase(office, resolved)
    expect(first).toEqual(before)
    expect(second).toMatchObject({ duty: 'resolve', round: 2, due_on: '2026-12-25', verdict: null })
    const listen = listenFor(office, resolved)
    await tickAt(office, '2026-12-22 09:00')
    expect(briefly(listen())).toEqual(['chai near', 'malee near'])
    expect(clockOf(office, resolved)).toEqual(before)
    expect(second && eventsOfClock(office, second).map(({ type }) => type)).toEqual(['started', 'warned'])
  })
})
