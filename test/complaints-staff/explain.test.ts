import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reopenCase } from '#complaints/reopen.ts'
import { addDays, instantOf } from '#domain/civil-date.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { caseIn, done, openForm, stateOf, type TestCase, tickClocks, wordsOf } from './desk.ts'
import {
  act,
  clockOf,
  DELAY,
  DUE_ON,
  explain,
  letterIn,
  lettersIn,
  RESULT,
  setDeadlines,
  trackingPage,
} from './explanations.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

const BY_POST = { address: '12 หมู่ 1 ตำบลเมืองใหม่', replyBy: 'post' as const }

const promised = (testCase: TestCase) => [testCase.row().promisedOn, clockOf(office, testCase).promisedOn]

describe('an explanation by the head of the unit', () => {
  it('goes out at once, and moves the promised date of whoever follows the case alone', async () => {
    const testCase = caseIn(office, 'in_progress')
    expect((await explain(office, testCase, 'malee')).status).toBe(303)
    expect(letterIn(office, testCase)).toMatchObject({
      ...{ state: 'sent', authorName: 'มาลี ผู้อำนวยการกองช่าง', approverName: 'มาลี ผู้อำนวยการกองช่าง' },
      content: { text: DELAY.text, doneText: DELAY.doneText, nextText: DELAY.nextText, dueOn: '2026-12-10' },
    })
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
    expect(testCase.row()).toMatchObject({ dueOn: DUE_ON, status: 'in_progress' })
  })

  it('that goes by post moves nothing until its delivery is on record', async () => {
    const testCase = caseIn(office, 'in_progress', { contact: BY_POST })
    await explain(office, testCase, 'malee')
    expect(letterIn(office, testCase).state).toBe('issued')
    expect(promised(testCase)).toEqual([null, null])
  })
})

describe('an explanation by an officer', () => {
  it('waits for the head: the complainant sees nothing of it, and no date moves', async () => {
    const testCase = caseIn(office, 'in_progress')
    const before = await trackingPage(office, testCase)
    expect((await explain(office, testCase, 'chai')).status).toBe(303)
    expect(letterIn(office, testCase)).toMatchObject({ state: 'waiting', approverId: null, issuedAt: null })
    expect(promised(testCase)).toEqual([null, null])
    const shown = (html: string) => html.replace(/name="(rev|token)" value="[^"]*"/g, '')
    expect(shown(await trackingPage(office, testCase))).toBe(shown(before))
  })

  it('tells the head by the bell, on the case page, and stands ready in the head’s form', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'chai')
    const head = await office.signIn('malee')
    const page = wordsOf(await head.get(testCase.address))
    expect(page).toContain('รอหัวหน้าหน่วยงานอนุมัติ เสนอโดย ชัย ช่างโยธา')
    expect(page).toContain('ตรวจและอนุมัติ')
    const form = await head.get(`${testCase.address}/explain-delay`)
    const fields = ['text', 'doneText', 'nextText', 'newDate'] as const
    expect(fields.map((name) => typedIn(form, name))).toEqual(fields.map((name) => DELAY[name]))
    const told = office.portal.db.sqlite
      .prepare('select count(*) from notices where kind = ? and recipient_id = ?')
      .pluck()
      .get('approval', office.cast.malee.id)
    expect(told).toBe(1)
  })

  it('goes out as the head corrects it, with both names on record', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'chai')
    await explain(office, testCase, 'malee', { newDate: '8/12/2569' })
    expect(lettersIn(office, testCase)).toHaveLength(1)
    expect(letterIn(office, testCase)).toMatchObject({
      ...{ state: 'sent', authorName: 'ชัย ช่างโยธา', approverName: 'มาลี ผู้อำนวยการกองช่าง' },
      content: { dueOn: '2026-12-08' },
    })
    expect(promised(testCase)).toEqual(['2026-12-08', '2026-12-08'])
  })

  it('may be written anew by the officer while it waits', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'chai')
    await explain(office, testCase, 'chai', { text: 'หลอดไฟมาผิดขนาด' })
    expect(lettersIn(office, testCase).map(({ state, content }) => [state, content.text])).toEqual([
      ['waiting', 'หลอดไฟมาผิดขนาด'],
    ])
  })

  it('says in the preview that it waits, and how it will be sent once it is approved', async () => {
    const contact = { email: 'somying@example.com', replyBy: 'email' as const }
    const testCase = caseIn(office, 'in_progress', { contact })
    const agent = await office.signIn('chai')
    const form = await openForm(agent, testCase.address, 'explain-delay')
    const preview = await post(agent, `${testCase.address}/explain-delay`, { ...form, ...DELAY })
    const words = wordsOf(preview)
    expect(words).toContain('รอหัวหน้าหน่วยงานอนุมัติก่อน: ยังไม่ส่งถึงผู้ร้อง')
    expect(words).toContain('เมื่ออนุมัติแล้ว จะส่งถึง somying@example.com')
    expect(words).toContain('เสนอหัวหน้าหน่วยงานอนุมัติ')
  })
})

describe('where the working group approves', () => {
  beforeEach(() => setDeadlines(office, { delayApprover: 'working_group' }))

  it('the head proposes as well, and the working group sends', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'malee')
    expect(letterIn(office, testCase).state).toBe('waiting')
    expect(promised(testCase)).toEqual([null, null])
    const agent = await office.signIn('malee')
    expect(wordsOf(await agent.get(testCase.address))).toContain('รอคณะทำงานอนุมัติ')
    await explain(office, testCase, 'wit')
    expect(letterIn(office, testCase)).toMatchObject({ state: 'sent', approverName: 'วิทย์ คณะทำงาน' })
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
  })
})

describe('the form', () => {
  it('is nobody’s who may not act on the case', async () => {
    const { address } = caseIn(office, 'in_progress')
    const names = ['somsri', 'nayok', 'admin'] as const
    const agents = [await office.signIn('somsri'), await office.signIn('nayok'), await office.signIn('admin')]
    const before = stateOf(office)
    const answers = []
    for (const [index, agent] of agents.entries()) {
      const name = names[index]
      const path = `${address}/explain-delay`
      const fields = { ...DELAY, rev: '4', seen: '1', step: 'send' }
      answers.push([name, (await agent.get(path)).status, (await post(agent, path, fields)).status])
    }
    expect(answers).toEqual([
      ['somsri', 404, 404],
      ['nayok', 403, 403],
      ['admin', 403, 403],
    ])
    expect(stateOf(office)).toEqual(before)
  })

  it('asks for every part, and keeps what was typed', async () => {
    const testCase = caseIn(office, 'in_progress')
    const answer = await act(office, testCase, 'malee', 'explain-delay', {
      text: 'ฝนตก',
      newDate: '31/2/2570',
    })
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(['doneText', 'nextText', 'newDate'])
    expect([typedIn(answer, 'text'), typedIn(answer, 'newDate')]).toEqual(['ฝนตก', '31/2/2570'])
  })

  it.each([
    ['the day of the plan itself', '1/12/2569', 'วันที่ต้องไม่ก่อน 2 ธันวาคม 2569'],
    ['more days than one explanation may give', '1/1/2570', 'วันที่ต้องไม่เกิน 31 ธันวาคม 2569'],
  ])('takes no new date that is %s', async (_what, newDate, fault) => {
    const testCase = caseIn(office, 'in_progress')
    const answer = await explain(office, testCase, 'malee', { newDate })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['newDate']])
    expect(wordsOf(answer)).toContain(fault)
    expect(lettersIn(office, testCase)).toEqual([])
  })

  it('goes by the limits that the administrator set', async () => {
    setDeadlines(office, { extensionDays: 5, extensionTotalDays: 7 })
    const testCase = caseIn(office, 'in_progress')
    expect((await explain(office, testCase, 'malee', { newDate: '7/12/2569' })).status).toBe(422)
    expect((await explain(office, testCase, 'malee', { newDate: '6/12/2569' })).status).toBe(303)
    // Seven days beyond the plan's date are all there is, and it is one day until then.
    expect((await explain(office, testCase, 'malee', { newDate: '9/12/2569' })).status).toBe(422)
    expect((await explain(office, testCase, 'malee', { newDate: '8/12/2569' })).status).toBe(303)
    const used = await explain(office, testCase, 'malee', { newDate: '9/12/2569' })
    expect(wordsOf(used)).toContain('ขยายกำหนดครบจำนวนวันที่สำนักงานตั้งไว้แล้ว')
  })
})

describe('a second explanation', () => {
  it('counts from the date that was told, and stands beside the first', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'malee')
    office.clock.set(instantOf('2026-12-10', 9, 0))
    expect((await explain(office, testCase, 'malee', { newDate: '10/12/2569' })).status).toBe(422)
    expect((await explain(office, testCase, 'malee', { newDate: '20/12/2569' })).status).toBe(303)
    expect(lettersIn(office, testCase).map(({ state, content }) => [state, content.dueOn])).toEqual([
      ['sent', '2026-12-10'],
      ['sent', '2026-12-20'],
    ])
    expect(promised(testCase)).toEqual(['2026-12-20', '2026-12-20'])
    expect(clockOf(office, testCase)).toMatchObject({ explainedOn: '2026-11-16', toldOn: '2026-12-10' })
  })

  it('waits until the first has reached the complainant', async () => {
    const testCase = caseIn(office, 'in_progress', { contact: BY_POST })
    await explain(office, testCase, 'malee')
    const answer = await explain(office, testCase, 'malee', { newDate: '20/12/2569' })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['text']])
    expect(wordsOf(answer)).toContain('หนังสือชี้แจงฉบับก่อนยังไม่ถึงผู้ร้อง')
    expect(lettersIn(office, testCase)).toHaveLength(1)
  })
})

describe('the breach', () => {
  it('stays where a case is concluded late and nothing was explained', async () => {
    const testCase = caseIn(office, 'in_progress')
    office.clock.set(instantOf(addDays(DUE_ON, 1), 9, 0))
    done(office, testCase, 'chai', 'conclude', RESULT)
    expect(clockOf(office, testCase)).toMatchObject({
      verdict: 'late',
      breachedAt: instantOf('2026-12-02', 0, 0),
    })
  })

  it('stays where the explanation comes after the date, though the new date is kept', async () => {
    const testCase = caseIn(office, 'in_progress')
    office.clock.set(instantOf(addDays(DUE_ON, 1), 9, 0))
    await explain(office, testCase, 'malee')
    done(office, testCase, 'chai', 'conclude', RESULT)
    expect(clockOf(office, testCase)).toMatchObject({ verdict: 'late', promisedOn: '2026-12-10' })
  })

  it('never comes where it was explained in time and the new date is kept', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'malee')
    office.clock.set(instantOf('2026-12-10', 16, 0))
    await tickClocks(office)
    done(office, testCase, 'chai', 'conclude', RESULT)
    expect(clockOf(office, testCase)).toMatchObject({ verdict: 'explained', breachedAt: null })
  })

  it('comes where the new date passes as well', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'malee')
    office.clock.set(instantOf('2026-12-11', 9, 0))
    done(office, testCase, 'chai', 'conclude', RESULT)
    expect(clockOf(office, testCase).verdict).toBe('late')
  })
})

describe('fifteen days after the date', () => {
  it('a progress notice lies ready, and what the officer sends in its place is the letter', async () => {
    const testCase = caseIn(office, 'in_progress')
    office.clock.set(instantOf(addDays(DUE_ON, 15), 12, 0))
    await tickClocks(office)
    expect(letterIn(office, testCase, 'progress').state).toBe('draft')
    const agent = await office.signIn('chai')
    const form = await agent.get(`${testCase.address}/progress`)
    expect(typedIn(form, 'text')).toContain('ขณะนี้กองช่างยังดำเนินการอยู่')
    await act(office, testCase, 'chai', 'progress', { text: 'ของมาแล้ว' })
    expect(lettersIn(office, testCase, 'progress').map(({ state }) => state)).toEqual(['dropped', 'sent'])
    expect(clockOf(office, testCase).toldOn).toBe('2026-12-16')
  })

  it('one that goes by post counts as told from the day on record', async () => {
    const testCase = caseIn(office, 'in_progress', { contact: BY_POST })
    office.clock.set(instantOf(addDays(DUE_ON, 15), 12, 0))
    await act(office, testCase, 'chai', 'progress', { text: 'ของมาแล้ว' })
    expect(clockOf(office, testCase).toldOn).toBeNull()
    office.clock.addDays(1)
    const agent = await office.signIn('chai')
    const { publicId, rev } = letterIn(office, testCase, 'progress')
    const path = `${testCase.address}/letters/${publicId}/delivery`
    await post(agent, path, { rev: String(rev), means: 'post', deliveredOn: '17/12/2569' })
    expect(clockOf(office, testCase).toldOn).toBe('2026-12-17')
  })
})

describe('a letter that was never delivered', () => {
  it('stands in the way of no explanation after the case was reopened', async () => {
    const testCase = caseIn(office, 'in_progress', { contact: BY_POST })
    await explain(office, testCase, 'malee')
    done(office, testCase, 'chai', 'conclude', RESULT)
    reopenCase(office.portal, { row: testCase.row(), rev: testCase.row().rev, text: 'ไฟดับอีก' })
    expect((await explain(office, testCase, 'malee')).status).toBe(303)
    expect(lettersIn(office, testCase).map(({ state }) => state)).toEqual(['issued', 'issued'])
    const agent = await office.signIn('chai')
    const [first, second] = lettersIn(office, testCase)
    const deliver = async (letter = first) => {
      const path = `${testCase.address}/letters/${letter?.publicId}/delivery`
      await post(agent, path, { rev: String(letter?.rev), means: 'post', deliveredOn: '16/11/2569' })
    }
    await deliver(first)
    expect(promised(testCase)).toEqual([null, null])
    await deliver(second)
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
  })
})

describe('at noon of the last day', () => {
  it('a draft lies ready before the head, made of what was done, and the complainant sees nothing of it', async () => {
    const testCase = caseIn(office, 'in_progress')
    done(office, testCase, 'chai', 'progress', { text: 'สั่งหลอดไฟแล้ว' })
    office.clock.set(instantOf(DUE_ON, 11, 59))
    await tickClocks(office)
    expect(lettersIn(office, testCase)).toEqual([])
    office.clock.set(instantOf(DUE_ON, 12, 0))
    await tickClocks(office)
    expect(letterIn(office, testCase)).toMatchObject({ state: 'draft', authorName: 'ระบบ' })
    const head = await office.signIn('malee')
    expect(wordsOf(await head.get(testCase.address))).toContain('ร่างพร้อมลงนาม ยังไม่ได้ส่ง')
    const form = await head.get(`${testCase.address}/explain-delay`)
    expect(typedIn(form, 'text')).toContain('กองช่าง')
    expect(typedIn(form, 'doneText')).toContain('สั่งหลอดไฟแล้ว')
    expect(typedIn(form, 'newDate')).toBe('16/12/2569')
    expect(await trackingPage(office, testCase)).not.toContain('หนังสือชี้แจงเหตุล่าช้า')
  })

  it('the head sends the draft as it stands, and the date moves the same day', async () => {
    const testCase = caseIn(office, 'in_progress')
    office.clock.set(instantOf(DUE_ON, 12, 0))
    await tickClocks(office)
    const head = await office.signIn('malee')
    const form = await head.get(`${testCase.address}/explain-delay`)
    const fields = ['rev', 'seen', 'token', 'text', 'doneText', 'nextText', 'newDate']
    const typed = Object.fromEntries(fields.map((name) => [name, typedIn(form, name) ?? '']))
    const sent = await post(head, `${testCase.address}/explain-delay`, { ...typed, step: 'send' })
    expect(sent.status).toBe(303)
    expect(lettersIn(office, testCase).map(({ state }) => state)).toEqual(['sent'])
    office.clock.set(instantOf(addDays(DUE_ON, 1), 9, 0))
    await tickClocks(office)
    expect(clockOf(office, testCase)).toMatchObject({ breachedAt: null, promisedOn: '2026-12-16' })
  })

  it('nothing is drafted for a case that was explained or concluded', async () => {
    const explained = caseIn(office, 'in_progress')
    await explain(office, explained, 'malee')
    const concluded = caseIn(office, 'resolved')
    office.clock.set(instantOf(DUE_ON, 12, 0))
    await tickClocks(office)
    expect(lettersIn(office, explained).map(({ state }) => state)).toEqual(['sent'])
    expect(lettersIn(office, concluded)).toEqual([])
  })

  it('a case that ends drops its draft', async () => {
    const testCase = caseIn(office, 'in_progress')
    office.clock.set(instantOf(DUE_ON, 12, 0))
    await tickClocks(office)
    done(office, testCase, 'chai', 'conclude', RESULT)
    expect(letterIn(office, testCase).state).toBe('dropped')
  })
})
