import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accept } from '#complaints/accept.ts'
import { assign } from '#complaints/assign.ts'
import { conclude } from '#complaints/conclude.ts'
import { register } from '#complaints/register.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { faultsOf, fileAndKeepSlip, type Slip, shownValue, track, wordsOf } from './citizen.ts'
import { caseOf, officerDoes, unitId } from './officer.ts'

let site: TestPortal
beforeAll(async () => {
  site = await startTestPortal()
})
afterAll(() => site.close())
beforeEach(() => site.clock.addMinutes(61))

const clocks = (slip: Slip) =>
  site.portal.db.sqlite
    .prepare(
      "select round, verdict, stopped_on as stoppedOn from case_clocks where case_id = ? and duty = 'resolve' order by round",
    )
    .all(caseOf(site, slip).id)

describe('withdrawing', () => {
  it('asks once more, then ends the case with its reason in the history', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    const { text } = await agent.get('/track/withdraw')
    expect(wordsOf(text)).toContain('หน่วยงานอาจดำเนินการต่อหากเป็นเรื่องที่กระทบต่อประชาชนส่วนรวม')
    const form = { rev: shownValue(text, 'rev') ?? '', text: 'เพื่อนบ้านแก้ให้แล้ว' }
    const answer = await agent.post('/track/withdraw').type('form').send(form)
    expect([answer.status, answer.headers.location]).toEqual([303, '/track/case?done=withdraw'])
    expect(caseOf(site, slip)).toMatchObject({ status: 'withdrawn', finishedOn: '2026-11-16' })
    const words = wordsOf((await agent.get('/track/case')).text)
    expect(words).toContain('ผู้แจ้งขอถอนเรื่องเมื่อวันที่ 16 พฤศจิกายน 2569')
    expect(words).toContain('เพื่อนบ้านแก้ให้แล้ว')
    expect(words).not.toContain('ส่งข้อความถึงเจ้าหน้าที่')
  })

  it('needs no reason', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    const rev = String(caseOf(site, slip).rev)
    expect((await agent.post('/track/withdraw').type('form').send({ rev })).status).toBe(303)
    expect(caseOf(site, slip).status).toBe('withdrawn')
  })

  it('in time leaves nothing to judge the office by', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    await agent.post('/track/withdraw').type('form').send({ rev: '1' })
    expect(clocks(slip)).toMatchObject([{ round: 1, verdict: 'void' }])
  })

  it('after the due date does not make a late case in time', async () => {
    const slip = await fileAndKeepSlip(site)
    site.clock.addDays(16)
    const agent = await track(site, slip)
    await agent.post('/track/withdraw').type('form').send({ rev: '1' })
    expect(clocks(slip)).toMatchObject([{ round: 1, verdict: 'late' }])
    const words = wordsOf((await agent.get('/track/case')).text)
    expect(words).toContain('เกินกำหนดอยู่ก่อนแล้วในวันที่ถอนเรื่อง')
  })

  it('by a double click is one withdrawal', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    const send = () => agent.post('/track/withdraw').type('form').send({ rev: '1', text: 'พอแล้ว' })
    const answers = await Promise.all([send(), send(), send()])
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    const count = "select count(*) from case_events where case_id = ? and type = 'withdraw'"
    expect(site.portal.db.sqlite.prepare(count).pluck().get(caseOf(site, slip).id)).toBe(1)
  })

  it('of a page that is out of date gets 409 and does nothing', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    officerDoes(site, slip, register)
    const answer = await agent.post('/track/withdraw').type('form').send({ rev: '1', text: 'คำที่พิมพ์' })
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('คำที่พิมพ์')
    expect(caseOf(site, slip).status).toBe('registered')
  })

  it('is not possible once there is a result', async () => {
    const slip = await fileAndKeepSlip(site)
    officerDoes(site, slip, register)
    officerDoes(site, slip, assign, { unit: unitId(site, 'chai') })
    officerDoes(site, slip, accept, {}, 'chai')
    const result = { text: 'เสร็จ', outcome: 'solved', finding: 'na', cause: 'ก', prevention: 'ข' }
    officerDoes(site, slip, conclude, result, 'chai')
    const agent = await track(site, slip)
    expect((await agent.get('/track/withdraw')).headers.location).toBe('/track/case')
    const rev = String(caseOf(site, slip).rev)
    expect((await agent.post('/track/withdraw').type('form').send({ rev })).status).toBe(409)
    expect(caseOf(site, slip).status).toBe('resolved')
  })

  it('with a reason too long keeps it on the page, 422', async () => {
    const agent = await track(site, await fileAndKeepSlip(site))
    const text = 'ก'.repeat(2_001)
    const answer = await agent.post('/track/withdraw').type('form').send({ rev: '1', text })
    expect([answer.status, faultsOf(answer.text).map(([field]) => field)]).toEqual([422, ['text']])
    expect(shownValue(answer.text, 'text')).toBe(text)
  })

  it('by a stranger is refused', async () => {
    const slip = await fileAndKeepSlip(site)
    expect((await site.newAgent().post('/track/withdraw').type('form').send({ rev: '1' })).status).toBe(403)
    expect(caseOf(site, slip).status).toBe('submitted')
  })
})
