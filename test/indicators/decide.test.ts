import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { overridesOf } from '#indicators/store.ts'
import { caseIn, done, fileCase, type TestCase, wordsOf } from '../complaints-staff/desk.ts'
import { auditLines } from '../support/audit.ts'
import type { MemberName } from '../support/cast.ts'
import { errorsOf, post, type TypedFields, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const TYPED = { indicator: '13', choice: 'counts', reason: 'ผู้ร้องแจ้งว่าข้ามคิวผู้อื่น' }

async function decide(testCase: TestCase, change: TypedFields = {}, name: MemberName = 'wit') {
  const agent = await office.signIn(name)
  return await post(agent, `${testCase.address}/indicators`, {
    ...TYPED,
    rev: String(testCase.row().rev),
    ...change,
  })
}

async function countedIn(id: string): Promise<number> {
  const { body } = await office.agent.get('/indicators/2570.json')
  const one = body.indicators.find((found: { id: string }) => found.id === id)
  return one.years[4].series[0].value
}

const eventsOf = ({ id }: TestCase) =>
  office.portal.db.sqlite.prepare('select * from case_events where case_id = ? order by id').all(id) as {
    id: number
    type: string
    audience: string
    text: string
    actor_name: string
  }[]

describe('a decision how a case is counted', () => {
  it('is found on the case page, counts from then on, and is known with its reason', async () => {
    const testCase = caseIn(office, 'in_progress', { categoryCode: 'A1' })
    const agent = await office.signIn('wit')
    expect((await agent.get(testCase.address)).text).toContain(`href="${testCase.address}/indicators"`)
    const before = await countedIn('13')
    const answer = await decide(testCase)
    expect(answer.headers.location).toBe(`${testCase.address}/indicators?saved`)
    expect(await countedIn('13')).toBe(before + 1)
    expect(overridesOf(office.portal.db, testCase.id)).toMatchObject([
      { indicator: '13', counts: true, reason: TYPED.reason, decidedBy: 'วิทย์ คณะทำงาน' },
    ])
    const page = wordsOf(await agent.get(`${testCase.address}/indicators?saved`))
    expect(page).toContain(`นับ (ตามคำวินิจฉัยของวิทย์ คณะทำงาน เมื่อ 16 พฤศจิกายน 2569: ${TYPED.reason})`)
  })

  it('stays in the office: in the history for colleagues, in the trail without its words', async () => {
    const testCase = caseIn(office, 'in_progress', { contact: { email: 'citizen@example.com' } })
    await decide(testCase)
    const event = eventsOf(testCase).at(-1)
    expect(event).toMatchObject({ type: 'note', audience: 'internal', actor_name: 'วิทย์ คณะทำงาน' })
    expect(event?.text).toBe(`ตัวชี้วัดโครงการที่ 13: นับเรื่องนี้\n${TYPED.reason}`)
    const lines = auditLines(office.portal, 'indicators.decide').filter(
      ({ subject }) => subject === `case:${testCase.id}`,
    )
    expect(lines).toMatchObject([{ before: { 13: 'category' }, after: { 13: 'counts', event: event?.id } }])
    expect(JSON.stringify(lines)).not.toContain(TYPED.reason)
    const mails = office.portal.db.sqlite
      .prepare('select count(*) from outbox where case_id = ? and body like ?')
      .pluck()
      .get(testCase.id, `%${TYPED.reason}%`)
    expect(mails).toBe(0)
  })

  it('takes a case out that its category counts, and puts it back', async () => {
    const testCase = caseIn(office, 'registered', { categoryCode: 'S1' })
    const [before, others] = [await countedIn('13'), await countedIn('14.2')]
    await decide(testCase, { choice: 'not', reason: 'ไม่ใช่การให้บริการ' })
    expect(await countedIn('13')).toBe(before - 1)
    expect(await countedIn('14.2')).toBe(others)
    await decide(testCase, { choice: 'category', reason: 'วินิจฉัยผิดเรื่อง' })
    expect(await countedIn('13')).toBe(before)
    expect(overridesOf(office.portal.db, testCase.id)).toEqual([])
    expect(eventsOf(testCase).filter(({ type }) => type === 'note')).toHaveLength(2)
  })

  it('pressed twice is one', async () => {
    const testCase = caseIn(office, 'registered')
    for (let press = 0; press < 2; press += 1) expect((await decide(testCase)).status).toBe(303)
    expect(eventsOf(testCase).filter(({ type }) => type === 'note')).toHaveLength(1)
  })

  it.each([
    [{ indicator: '' }, ['indicator']],
    [{ indicator: '5' }, ['indicator']],
    [{ choice: 'maybe' }, ['choice']],
    [{ reason: '  ' }, ['reason']],
    [{ reason: 'ก'.repeat(5_001) }, ['reason']],
  ])('needs %j to be right', async (change, wrong) => {
    const testCase = caseIn(office, 'registered')
    const answer = await decide(testCase, change)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(wrong)
    if (!('reason' in change)) expect(typedIn(answer, 'reason')).toBe(TYPED.reason)
    expect(overridesOf(office.portal.db, testCase.id)).toEqual([])
  })

  it('made for another state of the case waits, and keeps what was typed', async () => {
    const testCase = caseIn(office, 'registered')
    const { rev } = testCase.row()
    done(office, testCase, 'nid', 'change-category', { category: 'S1' })
    const answer = await decide(testCase, { rev: String(rev) })
    expect(answer.status).toBe(409)
    expect(typedIn(answer, 'reason')).toBe(TYPED.reason)
    expect(overridesOf(office.portal.db, testCase.id)).toEqual([])
  })

  it('is made by the centre and the working group, and by nobody else', async () => {
    const testCase = caseIn(office, 'in_progress')
    const allowed: MemberName[] = ['nid', 'dao', 'wit']
    for (const name of allowed) expect((await decide(testCase, { reason: name }, name)).status).toBe(303)
    for (const name of ['chai', 'malee', 'nayok'] as const) {
      expect((await decide(testCase, {}, name)).status).toBe(403)
      const { text } = await (await office.signIn(name)).get(testCase.address)
      expect(text).not.toContain('/indicators"')
    }
    expect((await decide(testCase, {}, 'somsri')).status).toBe(404)
    expect((await decide(testCase, {}, 'admin')).status).toBe(403)
    expect(overridesOf(office.portal.db, testCase.id)).toMatchObject([{ reason: 'wit' }])
  })

  it('is not asked for where nothing is counted: another kind, or a case merged into another', async () => {
    const question = fileCase(office, { kind: 'question', categoryCode: 'OP4' })
    const merged = caseIn(office, 'registered')
    const into = caseIn(office, 'registered').row()
    done(office, merged, 'nid', 'merge', { into: `${into.seq}/${into.fiscalYear}` })
    const agent = await office.signIn('wit')
    for (const testCase of [question, merged]) {
      const page = await agent.get(`${testCase.address}/indicators`).expect(200)
      expect(page.text).not.toContain('วินิจฉัยการนับเรื่องนี้')
      const answer = await decide(testCase)
      expect(answer.status).toBe(409)
      expect(wordsOf(answer)).toContain(TYPED.reason)
      expect(overridesOf(office.portal.db, testCase.id)).toEqual([])
    }
  })
})
