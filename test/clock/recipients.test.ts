import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { disableAccount } from '#accounts/store.ts'
import { done, fileCase, type TestCase } from '../complaints-staff/desk.ts'
import type { MemberName } from '../support/cast.ts'
import {
  briefly,
  type ClockOffice,
  caseOfChai,
  clockOf,
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

function disable(...names: MemberName[]): void {
  const { db, now } = office.portal
  for (const name of names) disableAccount(db, office.cast[name].id, now())
}

/** With the unit and, where there is one, the officer. */
function assigned(name: MemberName, officer: MemberName | null, options = {}): TestCase {
  const testCase = fileCase(office, options)
  done(office, testCase, 'dao', 'register')
  const { unitId } = office.cast[name]
  done(office, testCase, 'dao', 'assign', {
    ...{ unit: String(unitId), officer: officer ? String(office.cast[officer].id) : '' },
  })
  return testCase
}

const NO_OFFICER = 'เรื่องนี้ยังไม่มีเจ้าหน้าที่ผู้รับผิดชอบ'
const NO_HEAD = 'กองสาธารณสุขและสิ่งแวดล้อมยังไม่มีหัวหน้าหน่วยงานในระบบ'

describe('a reminder that has nobody to go to', () => {
  it('goes to the working group beside the officer where the unit has no head, and says so', async () => {
    const listen = listenFor(office, assigned('somsri', 'somsri'))
    await tickAt(office, '2026-11-28 09:00')
    const told = listen()
    expect(briefly(told)).toEqual(['somsri near', 'wit near'])
    expect(told.find(({ who }) => who === 'wit')?.text).toBe(NO_HEAD)
  })

  it('is the head’s alone where the officer’s account is disabled, and says so', async () => {
    const listen = listenFor(office, caseOfChai(office))
    disable('chai')
    await tickAt(office, '2026-11-28 09:00')
    expect(listen()).toMatchObject([{ who: 'malee', kind: 'near', text: NO_OFFICER }])
  })

  it('falls to the working group where neither is there, with both reasons, in the mail as well', async () => {
    const listen = listenFor(office, assigned('somsri', 'somsri'))
    disable('somsri')
    await tickAt(office, '2026-11-30 09:00')
    expect(listen()).toMatchObject([{ who: 'wit', text: `${NO_OFFICER} และ${NO_HEAD}` }])
    const [mail] = await mailAt(office, '2026-11-30 09:01')
    expect(mail?.to).toBe('wit@mueangmai.example')
    expect(mail?.text).toContain(`${NO_OFFICER} และ${NO_HEAD}`)
  })

  it('falls to the executive where there is no working group either', async () => {
    const listen = listenFor(office, caseOfChai(office))
    disable('chai', 'malee', 'wit')
    await tickAt(office, '2026-11-28 09:00')
    expect(briefly(listen())).toEqual(['nayok near'])
  })

  it('is not lost where there is nobody at all: the event says that nobody was told', async () => {
    const testCase = caseOfChai(office)
    const listen = listenFor(office, testCase)
    disable('chai', 'malee', 'wit', 'nayok', 'nid', 'dao')
    await tickAt(office, '2026-11-28 09:00')
    expect(listen()).toEqual([])
    const event = eventsOfClock(office, clockOf(office, testCase)).at(-1)
    expect(event).toMatchObject({ type: 'warned', mark: 'warn:3@2026-12-01' })
    expect(JSON.parse(event?.detail ?? '')).toMatchObject({ told: 0 })
    expect(await tickAt(office, '2026-11-28 09:01')).toEqual({ fired: 0, aside: 0 })
  })

  it('is shown without a mail to whoever has no address', async () => {
    office.portal.db.sqlite.exec("update staff set email = null where username = 'chai'")
    const listen = listenFor(office, caseOfChai(office))
    await tickAt(office, '2026-11-30 09:00')
    expect(briefly(listen())).toEqual(['chai near', 'malee near'])
    expect((await mailAt(office, '2026-11-30 09:01')).map(({ to }) => to)).toEqual([
      'malee@mueangmai.example',
    ])
    const why = query(office, `select no_mail from notices where recipient_id = ${office.cast.chai.id}`)
    expect(why).toEqual([{ no_mail: 'no_address' }])
  })
})

describe('a restricted case', () => {
  const SUBJECT = 'ร้องเรียนการเลื่อนขั้นเงินเดือน'
  const restricted = { categoryCode: 'H2', subject: SUBJECT }

  it('is told only to people who may see it, and its mail does not say what it is about', async () => {
    // นิด is an officer of the centre, but such cases are for its head.
    const listen = listenFor(office, fileCase(office, restricted))
    await tickAt(office, '2026-11-17 09:00')
    expect(briefly(listen())).toEqual(['dao near'])
    const [mail, ...others] = await mailAt(office, '2026-11-17 09:01')
    expect([mail?.to, others]).toEqual(['dao@mueangmai.example', []])
    expect(mail?.text).toContain('เรื่องจำกัดสิทธิ์ดู')
    expect(mail?.text).toContain('รท 0001/2570')
    expect(`${mail?.subject} ${mail?.text}`).not.toContain('เงินเดือน')
  })

  it('is told to the officer whom it was given, and to no other of the unit', async () => {
    const listen = listenFor(office, assigned('chai', 'chai', restricted))
    await tickAt(office, '2026-11-28 09:00')
    expect(briefly(listen())).toEqual(['chai near', 'malee near'])
    const without = listenFor(office, assigned('chai', null, restricted))
    await tickAt(office, '2026-12-10 09:00')
    expect(without().map(({ who }) => who)).not.toContain('chai')
  })

  it('leaves the mail of somebody who may not see it any more', async () => {
    const testCase = assigned('chai', 'chai', restricted)
    await tickAt(office, '2026-11-28 09:00')
    done(office, testCase, 'dao', 'assign', { unit: String(office.cast.dao.unitId) })
    const mails = await mailAt(office, '2026-11-30 08:30')
    expect(mails.map(({ to }) => to)).toEqual([])
    const gone = query(office, 'select distinct mail_id, no_mail from notices where read_at is null')
    expect(gone).toEqual([{ mail_id: null, no_mail: 'hidden' }])
  })
})
