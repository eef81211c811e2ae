import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accept } from '#complaints/accept.ts'
import { assign } from '#complaints/assign.ts'
import { close } from '#complaints/close.ts'
import { conclude } from '#complaints/conclude.ts'
import { register } from '#complaints/register.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { faultsOf, fileAndKeepSlip, type Slip, shownValue, track, wordsOf } from './citizen.ts'
import { caseOf, officerDoes, unitId } from './officer.ts'

const FILED = new Date('2026-11-16T03:00:00Z')

let site: TestPortal
beforeAll(async () => {
  site = await startTestPortal({ now: FILED })
})
afterAll(() => site.close())

const RESULT = { text: 'ซ่อมแล้ว', outcome: 'solved', finding: 'na', cause: 'ก', prevention: 'ข' }

/** A case with a result on a day so many days after it was filed. */
async function resolvedCase(daysLater: number, changes: Record<string, string> = {}): Promise<Slip> {
  site.clock.addMinutes(61)
  const slip = await fileAndKeepSlip(site, changes)
  officerDoes(site, slip, register)
  officerDoes(site, slip, assign, { unit: unitId(site, 'chai') })
  officerDoes(site, slip, accept, {}, 'chai')
  site.clock.addDays(daysLater)
  officerDoes(site, slip, conclude, RESULT, 'chai')
  return slip
}

const revOf = (slip: Slip) => String(caseOf(site, slip).rev)

async function reopen(slip: Slip, text = 'ไฟดับอีกแล้ว') {
  const agent = await track(site, slip)
  return await agent
    .post('/track/reopen')
    .type('form')
    .send({ rev: revOf(slip), text })
}

const clocks = (slip: Slip) =>
  site.portal.db.sqlite
    .prepare(
      "select round, started_on as startedOn, due_on as dueOn, stopped_on as stoppedOn, verdict from case_clocks where case_id = ? and duty = 'resolve' order by round",
    )
    .all(caseOf(site, slip).id)

describe('reopening', () => {
  it('starts a second clock beside the first and puts the case back to work', async () => {
    site.clock.set(FILED)
    const slip = await resolvedCase(10)
    site.clock.addDays(5)
    const answer = await reopen(slip)
    expect([answer.status, answer.headers.location]).toEqual([303, '/track/case?done=reopen'])
    expect(caseOf(site, slip)).toMatchObject({
      status: 'in_progress',
      dueOn: '2026-12-16',
      finishedOn: null,
      resolvedOn: '2026-11-26',
      resultText: 'ซ่อมแล้ว',
      reopenedAt: site.portal.now(),
      reopenAcceptedAt: null,
    })
    expect(clocks(slip)).toEqual([
      { round: 1, startedOn: '2026-11-16', dueOn: '2026-12-01', stoppedOn: '2026-11-26', verdict: 'met' },
      { round: 2, startedOn: '2026-12-01', dueOn: '2026-12-16', stoppedOn: null, verdict: null },
    ])
    const words = wordsOf((await (await track(site, slip)).get('/track/case')).text)
    expect(words).toContain('เปิดเรื่องอีกครั้งเมื่อวันที่ 1 ธันวาคม 2569')
    expect(words).toContain('ไฟดับอีกแล้ว')
    expect(words).toContain('ผลที่แจ้งไว้ก่อนเปิดเรื่องอีกครั้ง')
    expect(words).toContain('เหลือ 15 วัน')
    expect(words).toContain('รอบแรก: กำหนดวันที่ 1 ธันวาคม 2569 – แจ้งผลภายในกำหนด')
  })

  it('is possible on the thirtieth day after the result, closed or not, and not on the thirty-first', async () => {
    const open = await resolvedCase(3)
    const late = await resolvedCase(0)
    officerDoes(site, open, close, {}, 'chai')
    site.clock.addDays(30)
    const page = await (await track(site, open)).get('/track/case')
    expect(page.text).toContain('href="/track/reopen"')
    expect((await reopen(open)).status).toBe(303)

    site.clock.addDays(1)
    const agent = await track(site, late)
    const expired = (await agent.get('/track/case')).text
    expect(expired).not.toContain('/track/reopen')
    expect(wordsOf(expired)).toContain('พ้นกำหนด 30 วันสำหรับขอเปิดเรื่องอีกครั้งแล้ว')
    expect((await agent.get('/track/reopen')).headers.location).toBe('/track/case')
    const refused = await reopen(late)
    expect([refused.status, caseOf(site, late).status]).toEqual([409, 'resolved'])
    expect(wordsOf(refused.text)).toContain('ไฟดับอีกแล้ว')
  })

  it('leaves a late result late for ever, and a second result is judged by its own clock', async () => {
    const slip = await resolvedCase(16)
    await reopen(slip)
    officerDoes(site, slip, accept, {}, 'chai')
    site.clock.addDays(2)
    officerDoes(site, slip, conclude, { ...RESULT, text: 'เปลี่ยนสายแล้ว' }, 'chai')
    expect(clocks(slip)).toMatchObject([
      { round: 1, verdict: 'late' },
      { round: 2, verdict: 'met' },
    ])
    const words = wordsOf((await (await track(site, slip)).get('/track/case')).text)
    expect(words).toMatch(/รอบแรก: กำหนดวันที่ [^–]+ – แจ้งผลช้ากว่ากำหนด/)
    expect(words).toContain('เปลี่ยนสายแล้ว')
    expect(words).toContain('ซ่อมแล้ว')
  })

  it('can happen again after the second result', async () => {
    const slip = await resolvedCase(1)
    await reopen(slip)
    officerDoes(site, slip, conclude, RESULT, 'chai')
    expect((await reopen(slip, 'ยังไม่หาย')).status).toBe(303)
    expect(clocks(slip)).toHaveLength(3)
  })

  it('of a kind without the duty starts no clock', async () => {
    const slip = await resolvedCase(1, { kind: 'request', category: 'RQ2' })
    expect((await reopen(slip)).status).toBe(303)
    expect([caseOf(site, slip).dueOn, clocks(slip)]).toEqual([null, []])
  })

  it('needs to know what is still wrong, 422', async () => {
    const slip = await resolvedCase(1)
    const answer = await reopen(slip, '   ')
    expect([answer.status, faultsOf(answer.text)]).toEqual([422, [['text', 'กรุณาบอกว่าปัญหาที่ยังเหลืออยู่คืออะไร']]])
    expect(caseOf(site, slip).status).toBe('resolved')
  })

  it('by a double click is one reopening with one clock', async () => {
    const slip = await resolvedCase(1)
    const agent = await track(site, slip)
    const rev = revOf(slip)
    const send = () => agent.post('/track/reopen').type('form').send({ rev, text: 'ดับอีก' })
    expect((await Promise.all([send(), send()])).map(({ status }) => status)).toEqual([303, 303])
    expect(clocks(slip)).toHaveLength(2)
  })

  it('of a page that is out of date gets 409 with the words kept', async () => {
    const slip = await resolvedCase(1)
    const agent = await track(site, slip)
    const rev = shownValue((await agent.get('/track/reopen')).text, 'rev') ?? ''
    officerDoes(site, slip, close, {}, 'chai')
    const answer = await agent.post('/track/reopen').type('form').send({ rev, text: 'ยังดับอยู่' })
    expect(answer.status).toBe(409)
    expect(wordsOf(answer.text)).toContain('ยังดับอยู่')
    expect(caseOf(site, slip).status).toBe('closed')
  })

  it('is not possible without a result, nor for a stranger', async () => {
    const slip = await fileAndKeepSlip(site)
    expect((await reopen(slip)).status).toBe(409)
    const resolved = await resolvedCase(1)
    const form = { rev: revOf(resolved), text: 'แฮก' }
    expect((await site.newAgent().post('/track/reopen').type('form').send(form)).status).toBe(403)
    expect(caseOf(site, resolved).status).toBe('resolved')
  })
})
