import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { disableAccount } from '#accounts/store.ts'
import { insertHoliday } from '#settings/holiday-store.ts'
import { done, fileCase } from '../complaints-staff/desk.ts'
import {
  bangkok,
  type ClockOffice,
  caseOfChai,
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

const CHAI = 'chai@mueangmai.example'
const MALEE = 'malee@mueangmai.example'
const NUMBER = /รท \d{4}\/2570/g

const forward = (testCase: ReturnType<typeof caseOfChai>) =>
  done(office, testCase, 'chai', 'forward', { otherBody: 'กรมทางหลวง', text: 'ส่งต่อแล้ว' })

function declareHoliday(day: string): void {
  const holiday = {
    day,
    name: 'วันหยุดพิเศษ',
    substitute: false,
    source: 'มติ',
    addedAt: bangkok('2026-11-16 10:00'),
  }
  insertHoliday(office.portal.db, holiday)
  office.portal.settings.changed()
}

interface DigestRow {
  recipient: string
  dedupe_key: string
  state: string
  next_attempt_at: number | null
  last_error: string | null
}

const digests = () => query<DigestRow>(office, "select * from outbox where kind = 'digest' order by id")

describe('the mail of the day', () => {
  it('is one to each person, and lists every case once with its date and its address', async () => {
    for (const subject of ['ไฟดับ', 'ถนนทรุด', 'ท่อตัน']) caseOfChai(office, { subject })
    // Three days before is a Saturday; one day before the Monday after it.
    await tickAt(office, '2026-11-28 00:00')
    await tickAt(office, '2026-11-30 00:00')
    const mails = await mailAt(office, '2026-11-30 08:30')
    expect(mails.map(({ to }) => to).sort()).toEqual([CHAI, MALEE])
    for (const { subject, text } of mails) {
      expect(subject).toBe('อบต.เมืองใหม่ มีเรื่องที่ต้องดู 3 เรื่อง')
      expect(text.match(NUMBER)).toEqual(['รท 0001/2570', 'รท 0002/2570', 'รท 0003/2570'])
      for (const word of ['ไฟดับ', 'ถนนทรุด', 'ท่อตัน', 'เหลือ 1 วัน', '/staff/cases/RT-2570-0001']) {
        expect(text).toContain(word)
      }
    }
    expect(await mailAt(office, '2026-11-30 16:00')).toEqual([])
  })

  it('puts what is over first and counts it in its subject', async () => {
    caseOfChai(office, { receivedAt: bangkok('2026-11-16 09:00') })
    caseOfChai(office, { receivedAt: bangkok('2026-11-10 09:00') })
    await tickAt(office, '2026-11-30 08:00')
    const mail = (await mailAt(office, '2026-11-30 08:30')).find(({ to }) => to === MALEE)
    expect(mail?.subject).toBe('อบต.เมืองใหม่ มีเรื่องที่ต้องดู 2 เรื่อง เกินกำหนด 1 เรื่อง')
    expect(mail?.text.match(NUMBER)).toEqual(['รท 0002/2570', 'รท 0001/2570'])
  })

  it('waits over a weekend: decided on Friday evening, it arrives on Monday at half past eight', async () => {
    caseOfChai(office, { receivedAt: bangkok('2026-11-15 09:00') })
    await tickAt(office, '2026-11-27 18:00')
    for (const time of ['2026-11-27 18:01', '2026-11-28 10:00', '2026-11-29 10:00', '2026-11-30 08:29']) {
      expect(await mailAt(office, time), time).toEqual([])
    }
    expect((await mailAt(office, '2026-11-30 08:30')).map(({ to }) => to).sort()).toEqual([CHAI, MALEE])
  })

  it('waits over a holiday, and within office hours it does not wait at all', async () => {
    declareHoliday('2026-11-30')
    caseOfChai(office)
    await tickAt(office, '2026-11-30 10:00')
    expect(await mailAt(office, '2026-11-30 10:01')).toEqual([])
    expect(await mailAt(office, '2026-12-01 08:29')).toEqual([])
    expect(await mailAt(office, '2026-12-01 08:30')).toHaveLength(2)
    caseOfChai(office, { receivedAt: bangkok('2026-11-20 09:00') })
    await tickAt(office, '2026-12-02 10:00')
    expect((await mailAt(office, '2026-12-02 10:00')).map(({ to }) => to)).toContain(CHAI)
  })

  it('leaves out what was concluded before it was sent', async () => {
    const concluded = caseOfChai(office)
    caseOfChai(office)
    await tickAt(office, '2026-11-30 00:00')
    office.setTime('2026-11-30 07:00')
    forward(concluded)
    for (const { text, subject } of await mailAt(office, '2026-11-30 08:30')) {
      expect(text.match(NUMBER)).toEqual(['รท 0002/2570'])
      expect(subject).toContain('มีเรื่องที่ต้องดู 1 เรื่อง')
    }
    const dropped = `select distinct mail_id, no_mail from notices where case_id = ${concluded.id}`
    expect(query(office, dropped)).toEqual([{ mail_id: null, no_mail: 'ended' }])
  })

  it('leaves out a duty that was met and a date that stands no more', async () => {
    const registered = fileCase(office)
    const waiting = fileCase(office)
    await tickAt(office, '2026-11-17 00:00')
    done(office, registered, 'nid', 'register')
    const [toRegister] = await mailAt(office, '2026-11-17 08:30')
    expect(toRegister?.text.match(NUMBER)).toEqual(['รท 0002/2570'])
    expect(toRegister?.text).toContain('ลงทะเบียนรับเรื่อง ครบกำหนดวันนี้ (กำหนด 17 พฤศจิกายน 2569)')
    done(office, waiting, 'nid', 'register')
    const explained = caseOfChai(office, { receivedAt: bangkok('2026-11-16 09:00') })
    await tickAt(office, '2026-12-01 00:00')
    done(office, explained, 'malee', 'explain-delay', {
      ...{ text: 'รออะไหล่', doneText: 'ตรวจแล้ว', nextText: 'เปลี่ยนหลอด', newDate: '20/12/2569' },
    })
    expect((await mailAt(office, '2026-12-01 08:30')).map(({ to }) => to)).not.toContain(CHAI)
  })

  it('is not sent where nothing is left in it, and keeps the reason', async () => {
    const only = caseOfChai(office)
    await tickAt(office, '2026-11-30 00:00')
    forward(only)
    expect(await mailAt(office, '2026-11-30 08:30')).toEqual([])
    expect(digests()).toMatchObject([
      { state: 'suppressed', next_attempt_at: null, last_error: 'ทุกเรื่องในอีเมลนี้เสร็จแล้วก่อนถึงเวลาส่ง' },
      { state: 'suppressed' },
    ])
  })

  it('is not sent to an account that was disabled meanwhile', async () => {
    caseOfChai(office)
    await tickAt(office, '2026-11-30 00:00')
    disableAccount(office.portal.db, office.cast.chai.id, office.portal.now())
    expect((await mailAt(office, '2026-11-30 08:30')).map(({ to }) => to)).toEqual([MALEE])
  })

  it('goes out once: what comes after it on the same day is for the next working day', async () => {
    caseOfChai(office)
    await tickAt(office, '2026-12-01 00:00')
    expect(await mailAt(office, '2026-12-01 08:30')).toHaveLength(2)
    // The draft at noon is for the head.
    await tickAt(office, '2026-12-01 12:00')
    expect(await mailAt(office, '2026-12-01 16:00')).toEqual([])
    const tomorrow = digests().filter(({ state }) => state === 'queued')
    expect(tomorrow).toMatchObject([
      { recipient: MALEE, dedupe_key: `digest:${office.cast.malee.id}:2026-12-02` },
    ])
    expect(tomorrow[0]?.next_attempt_at).toBe(bangkok('2026-12-02 08:30').getTime())
    const mails = await mailAt(office, '2026-12-02 08:30')
    expect(mails.map(({ to }) => to)).toEqual([MALEE])
    expect(mails[0]?.text).toContain('กรุณาตรวจและส่งหนังสือชี้แจงเหตุล่าช้า')
  })
})

describe('a mail about more cases than a statement takes ids', () => {
  it('leaves out every one that has ended', async () => {
    const testCase = caseOfChai(office)
    await tickAt(office, '2026-11-28 00:00')
    forward(testCase)
    office.portal.db.sqlite.exec(`
      insert into notices (case_id, clock_id, kind, mark, recipient_id, due_on, created_at, mail_id)
      with recursive many (n) as (select 1 union all select n + 1 from many where n < 40000)
      select case_id, clock_id, kind, mark || n, recipient_id, due_on, created_at, mail_id
      from many, (select * from notices where mail_id is not null order by id limit 1)`)
    expect(await mailAt(office, '2026-11-30 08:30')).toEqual([])
    expect(digests().map(({ state }) => state)).toEqual(['suppressed', 'suppressed'])
    expect(query(office, 'select 1 from notices where mail_id is not null')).toEqual([])
  })
})
