import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ClockOffice, caseOfChai, mailAt, openClockOffice, query } from '../clock/clock-office.ts'
import { done, fileCase, type TestCase } from '../complaints-staff/desk.ts'

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
