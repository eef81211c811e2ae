import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requeueMail } from '#mail/outbox-store.ts'
import { type ClockOffice, caseOfChai, mailAt, openClockOffice, query } from '../clock/clock-office.ts'
import { done, fileCase, type TestCase } from '../complaints-staff/desk.ts'
import { DELAY, RESULT } from '../complaints-staff/explanations.ts'

let office: ClockOffice
beforeEach(async () => {
  office = await openClockOffice()
})
afterEach(() => office.close())

const ORDER = 'กรุณาเร่งซ่อมก่อนงานวัด'

/** In the evening the working group presses for a case; the mails wait for the morning. */
function pressed(): TestCase {
  const testCase = caseOfChai(office)
  office.setTime('2026-11-16 20:00')
  done(office, testCase, 'wit', 'urge', { text: ORDER })
  return testCase
}

const morning = async () =>
  (await mailAt(office, '2026-11-17 08:30')).map(({ to }) => to.split('@')[0]).sort()

const reasons = ({ id }: TestCase) =>
  query<{ no_mail: string | null }>(
    office,
    `select no_mail from notices where case_id = ${id} and kind = 'urged' order by id`,
  ).map(({ no_mail }) => no_mail)

describe('a mail that presses for a case', () => {
  it('goes in the morning to whoever has the case and to the head', async () => {
    pressed()
    expect(await morning()).toEqual(['chai', 'malee'])
  })

  it('is not sent any more to people whom the case was taken from in the meantime', async () => {
    const testCase = pressed()
    const { cast } = office
    const to = { unit: String(cast.somsri.unitId), officer: String(cast.somsri.id) }
    done(office, testCase, 'nid', 'assign', to)
    expect(await morning()).toEqual([])
    expect(reasons(testCase)).toEqual(['hidden', 'hidden'])
  })

  it('is not sent any more about a case that has ended', async () => {
    const testCase = pressed()
    done(office, testCase, 'chai', 'forward', { otherBody: 'กรมทางหลวง', text: 'ส่งต่อแล้ว' })
    expect(await morning()).toEqual([])
    expect(reasons(testCase)).toEqual(['ended', 'ended'])
  })

  it('bears no words about a matter that few may know', async () => {
    const testCase = fileCase(office, { categoryCode: 'H1' })
    office.setTime('2026-11-16 20:00')
    done(office, testCase, 'wit', 'urge', { text: ORDER })
    const mails = await mailAt(office, '2026-11-17 08:30')
    expect(mails.map(({ to }) => to)).toContain('dao@mueangmai.example')
    for (const { subject, text } of mails) expect(subject + text).not.toContain(ORDER)
  })
})

describe('a mail with an explanation of a delay', () => {
  const explained = (): TestCase => {
    const testCase = caseOfChai(office, { contact: { email: 'wilai@example.com', replyBy: 'email' } })
    done(office, testCase, 'malee', 'explain-delay', DELAY)
    return testCase
  }

  it('is sent while the case is open, and moves the promised date', async () => {
    const testCase = explained()
    expect((await mailAt(office, '2026-11-16 10:05')).at(-1)?.text).toContain(DELAY.text)
    expect(testCase.row().promisedOn).toBe('2026-12-10')
  })

  it('does not come after the result, whether it waited or is sent again', async () => {
    const testCase = explained()
    done(office, testCase, 'chai', 'conclude', RESULT)
    const texts = (await mailAt(office, '2026-11-16 10:05')).map(({ text }) => text)
    expect(texts.some((text) => text.includes(RESULT.text))).toBe(true)
    expect(texts.some((text) => text.includes(DELAY.text))).toBe(false)
    const delay = `letter_id in (select id from letters where case_id = ${testCase.id} and kind = 'delay')`
    const states = () =>
      query(office, `select state, last_error is null as silent from outbox where ${delay}`)
    expect(states()).toEqual([{ state: 'suppressed', silent: 0 }])
    office.portal.db.sqlite.exec(`update outbox set state = 'failed' where ${delay}`)
    for (const { id } of query<{ id: number }>(office, `select id from outbox where ${delay}`)) {
      expect(requeueMail(office.portal.db, id, office.portal.now())).toBe(true)
    }
    expect(await mailAt(office, '2026-11-16 10:10')).toEqual([])
    expect(states()).toEqual([{ state: 'suppressed', silent: 0 }])
  })

  it('does not come after its own new date: the officer is told to tell, and nothing is promised', async () => {
    const testCase = explained()
    const texts = (await mailAt(office, '2026-12-11 09:00')).map(({ text }) => text)
    expect(texts.some((text) => text.includes(DELAY.text))).toBe(false)
    expect(testCase.row().promisedOn).toBeNull()
    const told = query<{ kind: string }>(
      office,
      `select distinct kind from notices where case_id = ${testCase.id} and kind = 'mail_failed'`,
    )
    expect(told).toEqual([{ kind: 'mail_failed' }])
  })
})
