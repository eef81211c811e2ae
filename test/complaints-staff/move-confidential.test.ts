import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { casesMergedInto, findMove } from '#complaints/moves-store.ts'
import { DEFAULT_DEADLINES } from '#settings/documents.ts'
import { writeDocument } from '#settings/store.ts'
import { auditLines } from '../support/audit.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { MOVE, type MoveOffice, move, numberOf, openMoveOffice } from './confidential-office.ts'
import { type CaseOptions, caseIn, done, fileCase, stateOf, type TestCase, wordsOf } from './desk.ts'

let office: MoveOffice
let nid: TestAgent
let wit: TestAgent
let agents: Record<string, TestAgent>
beforeAll(async () => {
  office = await openMoveOffice()
  nid = await office.enter('nid')
  wit = await office.enter('wit')
  agents = { nid, wit }
  for (const name of ['dao', 'chai', 'malee', 'somsri', 'nayok', 'admin'] as const) {
    agents[name] = await office.enter(name)
  }
})
beforeEach(() => {
  Object.assign(office.register, { open: true, received: [], forgotten: [] })
  office.register.onReceive = async () => undefined
})
afterAll(() => office.close())

const assigned = (options?: CaseOptions) => caseIn(office, 'in_progress', options)

const offers = async (name: string, { address }: TestCase): Promise<boolean> =>
  (await agents[name]?.get(address))?.text.includes(`href="${address}/${MOVE}"`) ?? false

describe('moving a case to the confidential register', () => {
  it('is offered to the complaint centre and the working group, and to nobody else who sees the case', async () => {
    const testCase = assigned()
    const offered: Record<string, boolean> = {}
    for (const name of ['nid', 'dao', 'wit', 'chai', 'malee', 'nayok']) {
      offered[name] = await offers(name, testCase)
    }
    const nobodyElse = { chai: false, malee: false, nayok: false }
    expect(offered).toEqual({ nid: true, dao: true, wit: true, ...nobodyElse })
  })

  it('answers 403 to whoever sees the case and may not, 404 to whoever does not, and changes nothing', async () => {
    const testCase = assigned()
    const fields = { rev: `${testCase.row().rev}`, number: numberOf(testCase), isDisinterested: 'yes' }
    const before = stateOf(office)
    const path = `${testCase.address}/${MOVE}`
    for (const [name, status] of [
      ...[['chai', 403] as const, ['malee', 403] as const, ['nayok', 403] as const],
      ...[['somsri', 404] as const, ['admin', 403] as const],
    ]) {
      const agent = agents[name] as TestAgent
      for (const answer of [await agent.get(path), await post(agent, path, fields)]) {
        expect([name, answer.status]).toEqual([name, status])
        expect(answer.text).not.toContain(testCase.row().subject)
      }
    }
    const stranger = await office.newAgent().get(path)
    expect([303, 404]).toContain(stranger.status)
    expect(stateOf(office)).toEqual(before)
    expect(office.register.received).toEqual([])
  })

  it('opens no case about staff to an officer of the centre who may not see such', async () => {
    const testCase = fileCase(office, { categoryCode: 'H1', subject: 'เรื่องของบุคลากร' })
    expect((await nid.get(`${testCase.address}/${MOVE}`)).status).toBe(404)
    expect((await move(agents.dao as TestAgent, testCase)).status).toBe(303)
  })

  it('tells before what will happen, that it is for good, and who must not do it', async () => {
    const testCase = assigned()
    const before = stateOf(office)
    const answer = await nid.get(`${testCase.address}/${MOVE}`)
    expect(answer.status).toBe(200)
    const words = wordsOf(answer)
    expect(words).toContain('ย้ายแล้วย้ายกลับไม่ได้')
    expect(words).toContain('ผู้มีส่วนได้เสียห้ามย้ายเรื่องนี้เอง')
    expect(words).toContain('1205')
    expect(words).toContain('ถูกลบออกจากระบบทั่วไปทั้งหมด')
    expect(stateOf(office)).toEqual(before)
  })

  it('asks for the number once more and for the word that the mover has no interest, and keeps the rest', async () => {
    const testCase = assigned()
    const before = stateOf(office)
    const fields = { excluded: ['superior', 'chief'] }
    const empty = await move(nid, testCase, { ...fields, number: '', isDisinterested: '' })
    expect(empty.status).toBe(422)
    expect(errorsOf(empty)).toEqual(['number', 'isDisinterested'])
    expect(empty.text).toMatch(/name="excluded" type="checkbox" value="superior" checked/)
    expect(empty.text).not.toMatch(/value="receiving" checked/)
    const wrong = await move(nid, testCase, { ...fields, number: 'รท 9999/2570' })
    expect(errorsOf(wrong)).toEqual(['number'])
    expect(typedIn(wrong, 'number')).toBe('รท 9999/2570')
    expect(errorsOf(await move(nid, testCase, { excluded: ['everybody'] }))).toEqual(['excluded'])
    expect(stateOf(office)).toEqual(before)
    expect(office.register.received).toEqual([])
  })

  it('takes the number in any form, seals the case, and leads to the queue that says so', async () => {
    const testCase = assigned()
    const { fiscalYear, seq } = testCase.row()
    const answer = await move(nid, testCase, { number: `${seq}/${fiscalYear}`, excluded: ['chief'] })
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe(`/staff?done=${MOVE}`)
    expect(wordsOf(await nid.get(`${answer.headers.location}`))).toContain('ย้ายเรื่องไปทะเบียน')
    expect(testCase.row().status).toBe('moved')
    expect(office.register.received).toHaveLength(1)
    const [sealed] = office.register.received
    expect(sealed).toMatchObject({ receivedOn: testCase.row().receivedOn, excluded: ['chief'], files: [] })
    expect(sealed?.token).toMatch(/^[\w-]{20,}$/)
    expect(sealed?.text).toContain(numberOf(testCase))
    expect(office.register.forgotten).toEqual([sealed?.token])
    expect(findMove(office.portal.db, testCase.id)).toMatchObject({ state: 'done', token: null })
  })

  it.each(['submitted', 'registered', 'assigned', 'resolved', 'closed'] as const)(
    'is possible when the case is %s',
    async (status) => {
      const testCase = caseIn(office, status)
      expect((await move(wit, testCase)).status).toBe(303)
      expect(testCase.row()).toMatchObject({ status: 'moved', finishedOn: null, resultText: null })
    },
  )

  const verdictOf = ({ id }: TestCase) =>
    office.portal.db.sqlite
      .prepare<[number], string>("select verdict from case_clocks where case_id = ? and duty = 'resolve'")
      .pluck()
      .get(id)

  it('ends the clock without a verdict, unless a date was missed, which stays missed', async () => {
    const inTime = assigned()
    const late = assigned({ receivedAt: new Date('2026-10-20T03:00:00Z') })
    for (const testCase of [inTime, late]) expect((await move(nid, testCase)).status).toBe(303)
    expect([verdictOf(inTime), verdictOf(late)]).toEqual(['void', 'late'])
  })

  it('is possible while the clock stands still for an answer', async () => {
    writeDocument(
      office.portal.db,
      'deadlines',
      { ...DEFAULT_DEADLINES, pausesOnAsk: true },
      office.portal.now(),
    )
    office.portal.settings.changed()
    const testCase = caseIn(office, 'need_info')
    expect((await move(nid, testCase)).status).toBe(303)
    expect([testCase.row().status, verdictOf(testCase)]).toEqual(['moved', 'void'])
  })

  it('is refused with 409 for a case that has ended in another way', async () => {
    const testCase = fileCase(office)
    done(office, testCase, 'nid', 'reject', { text: 'ไม่อยู่ในอำนาจ', reason: 'power', otherBody: 'อำเภอ' })
    expect(await offers('nid', testCase)).toBe(false)
    expect((await nid.get(`${testCase.address}/${MOVE}`)).status).toBe(409)
    const fields = { rev: `${testCase.row().rev}`, number: numberOf(testCase), isDisinterested: 'yes' }
    expect((await post(nid, `${testCase.address}/${MOVE}`, fields)).status).toBe(409)
    expect(testCase.row().status).toBe('not_accepted')
  })

  it('answers 409 where somebody changed the case since the page was opened, and moves it at the next press', async () => {
    const testCase = assigned()
    const rev = `${testCase.row().rev}`
    done(office, testCase, 'chai', 'message', { text: 'เขียนก่อน' })
    const stale = await move(nid, testCase, { rev, excluded: ['receiving'] })
    expect(stale.status).toBe(409)
    expect(wordsOf(stale)).toContain('จึงยังไม่ได้ย้าย')
    expect(stale.text).toMatch(/value="receiving" checked/)
    expect(testCase.row().status).toBe('in_progress')
    expect(office.register.received).toEqual([])
    expect((await move(nid, testCase, { rev: `${typedIn(stale, 'rev')}` })).status).toBe(303)
    expect(office.register.received[0]?.text).toContain('เขียนก่อน')
  })

  it('is done once when it is pressed twice, one after the other or side by side', async () => {
    const testCase = assigned()
    const rev = `${testCase.row().rev}`
    let finish: (() => void) | undefined
    office.register.onReceive = () => new Promise((resolve) => (finish = resolve))
    const fields = { rev, number: numberOf(testCase), isDisinterested: 'yes' }
    const first = post(nid, `${testCase.address}/${MOVE}`, fields)
    const second = post(nid, `${testCase.address}/${MOVE}`, fields)
    while (!finish) await new Promise((resolve) => setTimeout(resolve, 5))
    finish()
    for (const answer of await Promise.all([first, second])) {
      expect([answer.status, answer.headers.location]).toEqual([303, `/staff?done=${MOVE}`])
    }
    expect((await post(nid, `${testCase.address}/${MOVE}`, fields)).status).toBe(303)
    expect(office.register.received).toHaveLength(1)
  })

  it('is done once when it is pressed many times at the same moment, by two people', async () => {
    const testCase = assigned()
    const fields = { rev: `${testCase.row().rev}`, number: numberOf(testCase), isDisinterested: 'yes' }
    const presses = [nid, wit, nid, wit, nid, wit].map((agent) =>
      post(agent, `${testCase.address}/${MOVE}`, fields),
    )
    const answers = await Promise.all(presses)
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(303))
    expect(office.register.received).toHaveLength(1)
  })

  it('is not done to a case that changed while the press waited for its turn', async () => {
    const first = assigned()
    const second = assigned()
    let finish: (() => void) | undefined
    office.register.onReceive = () => new Promise((resolve) => (finish = resolve))
    const moving = move(nid, first)
    while (!finish) await new Promise((resolve) => setTimeout(resolve, 5))
    const waiting = move(wit, second)
    await new Promise((resolve) => setTimeout(resolve, 200))
    done(office, second, 'chai', 'message', { text: 'เขียนระหว่างรอ' })
    office.register.onReceive = async () => undefined
    finish()
    expect([(await moving).status, (await waiting).status]).toEqual([303, 409])
    expect(second.row().status).toBe('in_progress')
  })

  it('shows a colleague who had the page open as well that it is done', async () => {
    const testCase = assigned()
    await move(nid, testCase)
    for (const answer of [await move(wit, testCase), await wit.get(`${testCase.address}/${MOVE}`)]) {
      expect([answer.status, answer.headers.location]).toEqual([303, testCase.address])
    }
    expect(office.register.received).toHaveLength(1)
  })

  it('is not offered while nobody could open it in the register, and a form that comes then says so', async () => {
    const testCase = assigned()
    const rev = `${testCase.row().rev}`
    office.register.open = false
    const before = stateOf(office)
    expect(await offers('nid', testCase)).toBe(false)
    const fields = { rev, number: numberOf(testCase), isDisinterested: 'yes' }
    for (const answer of [
      await nid.get(`${testCase.address}/${MOVE}`),
      await post(nid, `${testCase.address}/${MOVE}`, fields),
    ]) {
      expect(answer.status).toBe(503)
      expect(wordsOf(answer)).toContain('ยังไม่ได้ย้าย และยังไม่มีอะไรถูกลบ')
      expect(wordsOf(answer)).toContain('1205')
    }
    expect(stateOf(office)).toEqual(before)
  })

  it('changes nothing where the register does not take the case, and can be tried again', async () => {
    const testCase = caseIn(office, 'closed')
    const before = testCase.row()
    office.register.onReceive = async () => {
      throw new Error('nobody impartial is left')
    }
    const answer = await move(nid, testCase, { excluded: ['receiving', 'superior', 'chief'] })
    expect(answer.status).toBe(503)
    expect(wordsOf(answer)).toContain('ยังไม่มีอะไรถูกลบ')
    const { rev, updatedAt: _, ...rest } = testCase.row()
    const { rev: was, updatedAt: __, ...asBefore } = before
    expect(rest).toEqual(asBefore)
    expect(rev).toBeGreaterThan(was)
    expect(findMove(office.portal.db, testCase.id)).toBeUndefined()
    expect((await nid.get(testCase.address)).status).toBe(200)
    office.register.onReceive = async () => undefined
    expect((await move(nid, testCase)).status).toBe(303)
    const acts = auditLines(office.portal, 'case.move').filter(
      ({ subject }) => subject === `case:${testCase.id}`,
    )
    expect(acts.map(({ action }) => action)).toEqual([
      'case.move_confidential',
      'case.move_confidential.refused',
      'case.move_confidential',
    ])
  })

  it('takes along what was merged into the case, each for its own complainant', async () => {
    const main = fileCase(office, { subject: 'เรื่องหลัก' })
    const first = fileCase(office, { subject: 'เรื่องที่รวมมา', contact: { phone: '0812345678' } })
    const second = fileCase(office, { subject: 'เรื่องที่รวมมาก่อน' })
    done(office, second, 'nid', 'merge', { into: numberOf(first) })
    done(office, first, 'nid', 'merge', { into: numberOf(main) })
    expect(casesMergedInto(office.portal.db, main.id).map(({ id }) => id)).toEqual([first.id, second.id])
    const page = wordsOf(await nid.get(`${main.address}/${MOVE}`))
    expect(page).toContain(numberOf(first))
    expect(page).toContain(numberOf(second))
    await move(nid, main, { excluded: ['superior'] })
    for (const { row } of [main, first, second]) {
      expect(row()).toMatchObject({ status: 'moved', mergedIntoId: null, subject: '' })
    }
    expect(office.register.received.map(({ contact }) => contact.phone)).toEqual(['', '0812345678', ''])
    expect(office.register.received.map(({ excluded }) => excluded)).toEqual(Array(3).fill(['superior']))
    expect(office.register.received[1]?.text).toContain(`เคยรวมกับเรื่องเลขที่ ${numberOf(main)}`)
  })

  it('moves a complaint that was merged into another alone', async () => {
    const main = fileCase(office, { subject: 'เรื่องหลักที่อยู่ต่อ' })
    const merged = fileCase(office)
    done(office, merged, 'nid', 'merge', { into: numberOf(main) })
    expect((await move(nid, merged)).status).toBe(303)
    expect(merged.row().status).toBe('moved')
    expect(main.row().status).toBe('submitted')
  })
})
