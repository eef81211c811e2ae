import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { done } from '../complaints-staff/desk.ts'
import {
  briefly,
  type ClockOffice,
  caseOfChai,
  clockOf,
  lettersOfCase,
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

const EXPLANATION = { text: 'รออะไหล่', doneText: 'ตรวจแล้ว', nextText: 'เปลี่ยนหลอด', newDate: '20/12/2569' }

describe('the draft at noon of the last day', () => {
  it('is put before the head once, with what was done so far and a new date', async () => {
    const testCase = caseOfChai(office)
    office.setTime('2026-11-20 10:00')
    done(office, testCase, 'chai', 'progress', { text: 'สั่งหลอดไฟแล้ว' })
    const listen = listenFor(office, testCase)
    await tickAt(office, '2026-12-01 11:59')
    listen()
    await tickAt(office, '2026-12-01 12:00')
    await tickAt(office, '2026-12-01 12:01')
    expect(briefly(listen())).toEqual(['malee draft'])
    const drafts = lettersOfCase(office, testCase).filter(({ kind }) => kind === 'delay')
    expect(drafts).toMatchObject([{ state: 'draft' }])
    const { text, doneText, dueOn } = JSON.parse(drafts[0]?.content ?? '')
    expect(text).toContain('กองช่าง')
    expect(doneText).toContain('สั่งหลอดไฟแล้ว')
    expect(dueOn).toBe('2026-12-16')
  })

  it('is not made where one is being written already', async () => {
    const testCase = caseOfChai(office)
    office.setTime('2026-12-01 09:00')
    done(office, testCase, 'chai', 'explain-delay', EXPLANATION)
    await tickAt(office, '2026-12-01 12:00')
    const letters = lettersOfCase(office, testCase).filter(({ kind }) => kind === 'delay')
    expect(letters).toMatchObject([{ state: 'waiting', content: expect.stringContaining('รออะไหล่') }])
  })

  it('is not made for a case that was explained: its new date has its own noon', async () => {
    const testCase = caseOfChai(office)
    done(office, testCase, 'malee', 'explain-delay', EXPLANATION)
    await tickAt(office, '2026-12-20 11:59')
    expect(lettersOfCase(office, testCase).map(({ kind, state }) => `${kind} ${state}`)).not.toContain(
      'delay draft',
    )
    await tickAt(office, '2026-12-20 12:00')
    expect(lettersOfCase(office, testCase).at(-1)).toMatchObject({ kind: 'delay', state: 'draft' })
  })
})

describe('the progress notice', () => {
  const progressOf = (listen: ReturnType<typeof listenFor>) =>
    briefly(listen()).filter((told) => told.endsWith('progress'))

  it('comes every fifteen days after the date, with a draft at noon', async () => {
    const testCase = caseOfChai(office)
    const listen = listenFor(office, testCase)
    await tickAt(office, '2026-12-15 23:59')
    expect(progressOf(listen)).toEqual([])
    await tickAt(office, '2026-12-16 00:00')
    expect(progressOf(listen)).toEqual(['chai progress', 'malee progress'])
    await tickAt(office, '2026-12-16 12:00')
    expect(progressOf(listen)).toEqual(['malee progress'])
    expect(lettersOfCase(office, testCase).at(-1)).toMatchObject({ kind: 'progress', state: 'draft' })
    await tickAt(office, '2026-12-31 00:00')
    expect(progressOf(listen)).toEqual(['chai progress', 'malee progress'])
  })

  it('is counted anew from the day on which the complainant was told', async () => {
    const testCase = caseOfChai(office)
    const listen = listenFor(office, testCase)
    await tickAt(office, '2026-12-16 13:00')
    listen()
    office.setTime('2026-12-20 10:00')
    done(office, testCase, 'chai', 'progress', { text: 'กำลังติดตั้ง' })
    // The draft that lay ready is needless now.
    expect(lettersOfCase(office, testCase).filter(({ kind }) => kind === 'progress')).toMatchObject([
      { state: 'dropped' },
      { state: 'sent' },
    ])
    await tickAt(office, '2026-12-31 12:00')
    await tickAt(office, '2027-01-03 23:59')
    expect(progressOf(listen)).toEqual([])
    await tickAt(office, '2027-01-04 00:00')
    expect(progressOf(listen)).toEqual(['chai progress', 'malee progress'])
  })

  it('is counted from the mail server’s word where the letter goes by mail', async () => {
    const contact = { email: 'wilai@example.com', replyBy: 'email' } as const
    const testCase = caseOfChai(office, { contact })
    const toldOn = () =>
      query(office, `select told_on from case_clocks where id = ${clockOf(office, testCase).id}`)
    office.setTime('2026-12-20 10:00')
    done(office, testCase, 'chai', 'progress', { text: 'กำลังติดตั้ง' })
    expect(toldOn()).toEqual([{ told_on: null }])
    await mailAt(office, '2026-12-22 10:00')
    expect(toldOn()).toEqual([{ told_on: '2026-12-22' }])
  })
})
