import type TestAgent from 'supertest/lib/agent.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mailHooks } from '#complaints/mail-outcome.ts'
import { addDays, instantOf } from '#domain/civil-date.ts'
import { deliveriesOf, type Letter } from '#letters/store.ts'
import { deliverMail } from '#mail/deliver.ts'
import { writeDocument } from '#settings/store.ts'
import { errorsOf, post, type TypedFields, typedIn } from '../support/forms.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { type CaseOptions, caseIn, done, fileCase, stateOf, type TestCase, wordsOf } from './desk.ts'
import { clockOf, DUE_ON, explain, letterIn, RESULT } from './explanations.ts'

let office: TestPortal
beforeEach(async () => {
  office = await startTestPortal()
})
afterEach(() => office.close())

const BY_POST: CaseOptions = { contact: { name: 'นางแก้ว ใจดี', address: '12 หมู่ 1', replyBy: 'post' } }
const BY_PHONE: CaseOptions = { contact: { phone: '081 234 5678', replyBy: 'phone' } }

const addressOf = ({ address }: TestCase, { publicId }: Letter) => `${address}/letters/${publicId}`

const deliveries = (letter: Letter) =>
  deliveriesOf(office.portal.db, [letter.id]).map(({ means, deliveredOn, actorName }) => [
    means,
    deliveredOn,
    actorName,
  ])

const promised = (testCase: TestCase) => [testCase.row().promisedOn, clockOf(office, testCase).promisedOn]

/** Opens the form of a letter and sends it. */
async function fill(agent: TestAgent, path: string, fields: TypedFields) {
  const form = await agent.get(path)
  return await post(agent, path, { rev: typedIn(form, 'rev') ?? '', ...fields })
}

const audit = (action: string): Record<string, unknown>[] =>
  office.portal.db.sqlite
    .prepare<[string], string>('select after from audit_lines where action = ? order by id')
    .pluck()
    .all(action)
    .map((after) => JSON.parse(after))

describe('the delivery of an explanation by hand', () => {
  it('moves the promised date, and nothing before it does', async () => {
    const testCase = caseIn(office, 'in_progress', BY_POST)
    await explain(office, testCase, 'chai')
    expect(promised(testCase)).toEqual([null, null])
    await explain(office, testCase, 'malee')
    expect(promised(testCase)).toEqual([null, null])
    const agent = await office.signIn('chai')
    expect(wordsOf(await agent.get(testCase.address))).toContain(
      'กำหนดใหม่ 10 ธันวาคม 2569 มีผลเมื่อบันทึกการส่งแล้วเท่านั้น ต้องไม่เกินวันที่ 1 ธันวาคม 2569',
    )
    const letter = letterIn(office, testCase)
    const path = `${addressOf(testCase, letter)}/delivery`
    const fields = { means: 'post', deliveredOn: '16/11/2569', note: 'EMS 123' }
    const answer = await fill(agent, path, fields)
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      `${testCase.address}?done=letter-delivery`,
    ])
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
    expect(letterIn(office, testCase).state).toBe('sent')
    const page = wordsOf(await agent.get(`${answer.headers.location}`))
    expect(page).toContain('บันทึกการส่งหนังสือแล้ว')
    expect(page).toContain('ส่งทางไปรษณีย์เมื่อ 16 พฤศจิกายน 2569 · บันทึกโดย ชัย ช่างโยธา · EMS 123')
    expect(audit('letter.deliver')).toEqual([
      { letter: letter.id, kind: 'delay', means: 'post', on: '2026-11-16' },
    ])
  })

  it('recorded after the date keeps the breach, however early the letter was posted', async () => {
    const testCase = caseIn(office, 'in_progress', BY_PHONE)
    await explain(office, testCase, 'malee')
    office.clock.set(instantOf(addDays(DUE_ON, 1), 9, 0))
    const agent = await office.signIn('chai')
    const path = `${addressOf(testCase, letterIn(office, testCase))}/delivery`
    expect(wordsOf(await agent.get(path))).toContain('เลยกำหนดแล้ว')
    await fill(agent, path, { means: 'phone', deliveredOn: '17/11/2569' })
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
    expect(clockOf(office, testCase).breachedAt).toEqual(instantOf('2026-12-02', 0, 0))
  })

  it('pressed twice is one delivery', async () => {
    const testCase = caseIn(office, 'in_progress', BY_POST)
    await explain(office, testCase, 'malee')
    const agent = await office.signIn('chai')
    const path = `${addressOf(testCase, letterIn(office, testCase))}/delivery`
    const rev = typedIn(await agent.get(path), 'rev') ?? ''
    const fields = { rev, means: 'handed', deliveredOn: '16/11/2569', note: '' }
    const answers = [await post(agent, path, fields), await post(agent, path, fields)]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(deliveries(letterIn(office, testCase))).toEqual([['handed', '2026-11-16', 'ชัย ช่างโยธา']])
  })

  it('that another officer recorded first is shown, with what was typed kept, and may be added to', async () => {
    const testCase = caseIn(office, 'in_progress', BY_POST)
    await explain(office, testCase, 'malee')
    const [chai, nid] = [await office.signIn('chai'), await office.signIn('nid')]
    const path = `${addressOf(testCase, letterIn(office, testCase))}/delivery`
    const rev = typedIn(await nid.get(path), 'rev') ?? ''
    await fill(chai, path, { means: 'post', deliveredOn: '16/11/2569' })
    const fields = { means: 'phone', deliveredOn: '16/11/2569', note: 'ลูกสาวรับสาย' }
    const late = await post(nid, path, { rev, ...fields })
    expect(late.status).toBe(409)
    expect(wordsOf(late)).toContain('ส่งทางไปรษณีย์เมื่อ 16 พฤศจิกายน 2569 · บันทึกโดย ชัย ช่างโยธา')
    expect(typedIn(late, 'note')).toBe('ลูกสาวรับสาย')
    expect(deliveries(letterIn(office, testCase))).toHaveLength(1)
    const again = await post(nid, path, { rev: typedIn(late, 'rev') ?? '', ...fields })
    expect(again.status).toBe(303)
    expect(deliveries(letterIn(office, testCase))).toHaveLength(2)
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
  })

  it.each([
    ['no day', '31/2/2569', 'กรุณากรอกวันที่ให้ถูกต้อง'],
    ['tomorrow', '17/11/2569', 'วันที่ต้องไม่เกิน 16 พฤศจิกายน 2569'],
    ['a day before the letter was issued', '15/11/2569', 'วันที่ต้องไม่ก่อน 16 พฤศจิกายน 2569'],
  ])('is not taken on %s, and what was typed stays', async (_what, deliveredOn, fault) => {
    const testCase = caseIn(office, 'in_progress', BY_POST)
    await explain(office, testCase, 'malee')
    const agent = await office.signIn('chai')
    const path = `${addressOf(testCase, letterIn(office, testCase))}/delivery`
    const answer = await fill(agent, path, { deliveredOn, note: 'ฝากเพื่อนบ้าน' })
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['means', 'deliveredOn']])
    expect(wordsOf(answer)).toContain(fault)
    expect([typedIn(answer, 'deliveredOn'), typedIn(answer, 'note')]).toEqual([deliveredOn, 'ฝากเพื่อนบ้าน'])
    expect(deliveries(letterIn(office, testCase))).toEqual([])
  })

  it('takes no word for e-mail or tracking, which the portal itself knows', async () => {
    const testCase = caseIn(office, 'in_progress', BY_POST)
    await explain(office, testCase, 'malee')
    const agent = await office.signIn('chai')
    const path = `${addressOf(testCase, letterIn(office, testCase))}/delivery`
    for (const means of ['email', 'tracking', 'x']) {
      const answer = await fill(agent, path, { means, deliveredOn: '16/11/2569' })
      expect([means, answer.status, errorsOf(answer)]).toEqual([means, 422, ['means']])
    }
    expect(promised(testCase)).toEqual([null, null])
  })

  it('of a letter that waits for approval is refused, and the words stay', async () => {
    const testCase = caseIn(office, 'in_progress', BY_POST)
    await explain(office, testCase, 'chai')
    const agent = await office.signIn('chai')
    const path = `${addressOf(testCase, letterIn(office, testCase))}/delivery`
    expect((await agent.get(path)).status).toBe(409)
    const answer = await fill(agent, path, { means: 'post', deliveredOn: '16/11/2569', note: 'ส่งแล้ว' })
    expect([answer.status, typedIn(answer, 'note')]).toEqual([409, 'ส่งแล้ว'])
    expect(wordsOf(answer)).toContain('ยังไม่ได้อนุมัติให้ส่ง')
    expect(deliveries(letterIn(office, testCase))).toEqual([])
  })
})

describe('an explanation by e-mail', () => {
  let server: MailServer
  const EMAIL = {
    contact: { email: 'somying@example.com', phone: '081 234 5678', replyBy: 'email' as const },
  }

  /** An office that has a mail server; `refuse` answers an address with that code. */
  async function withServer(refuse: Record<string, number> = {}): Promise<void> {
    await office.close()
    server = await startMailServer({ refuse })
    office = await startTestPortal({
      env: { SMTP_URL: `smtp://127.0.0.1:${server.port}`, MAIL_FROM: 'x@example.org' },
    })
  }
  afterEach(() => server.close())

  const send = () => deliverMail(office.portal, { hooks: mailHooks(office.portal) })

  const setMail = (state: string, letter: Letter) =>
    office.portal.db.sqlite
      .prepare('update outbox set state = ?, next_attempt_at = null where letter_id = ?')
      .run(state, letter.id)

  it('moves the promised date when the mail server has taken it, and not at the approval', async () => {
    await withServer()
    const testCase = caseIn(office, 'in_progress', EMAIL)
    await explain(office, testCase, 'malee')
    expect([letterIn(office, testCase).state, ...promised(testCase)]).toEqual(['issued', null, null])
    const agent = await office.signIn('chai')
    expect(wordsOf(await agent.get(testCase.address))).toContain('กำลังรอส่งอีเมล')
    await send()
    expect(server.inbox.map(({ mail }) => mail.subject).at(-1)).toContain('ชี้แจงเหตุที่ยังดำเนินการไม่แล้วเสร็จ')
    expect([letterIn(office, testCase).state, ...promised(testCase)]).toEqual([
      ...['sent', '2026-12-10', '2026-12-10'],
    ])
    expect(wordsOf(await agent.get(testCase.address))).toContain('ส่งอีเมลแล้วเมื่อ 16 พฤศจิกายน 2569')
  })

  it('that is refused becomes a task with the phone number, and a call on record moves the date', async () => {
    await withServer({ 'somying@example.com': 550 })
    const testCase = caseIn(office, 'in_progress', EMAIL)
    await explain(office, testCase, 'malee')
    await send()
    expect(promised(testCase)).toEqual([null, null])
    const agent = await office.signIn('chai')
    expect(wordsOf(await agent.get(testCase.address))).toContain('อีเมลส่งไม่ถึง โทร 081 234 5678')
    const path = `${addressOf(testCase, letterIn(office, testCase))}/delivery`
    await fill(agent, path, { means: 'phone', deliveredOn: '16/11/2569' })
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
    expect(wordsOf(await agent.get(testCase.address))).toContain('โทรแจ้งเมื่อ 16 พฤศจิกายน 2569')
  })

  /** The form beside a mail that somebody has to decide about. */
  async function mailForm(agent: TestAgent, { address }: TestCase): Promise<string> {
    const { text } = await agent.get(address)
    const action = /action="(\/staff\/cases\/[^"]+\/mails\/\d+)"/.exec(text)?.[1]
    if (!action) throw new Error('no mail to decide about')
    return action
  }

  it('of which nobody knows moves the date when an officer has asked and says so, once', async () => {
    await withServer()
    const testCase = caseIn(office, 'in_progress', EMAIL)
    await explain(office, testCase, 'malee')
    setMail('unknown', letterIn(office, testCase))
    const agent = await office.signIn('chai')
    const words = wordsOf(await agent.get(testCase.address))
    expect(words).toContain('ไม่แน่ใจว่าอีเมลส่งถึงหรือไม่ โทร 081 234 5678')
    const action = await mailForm(agent, testCase)
    const answers = [await post(agent, action, { step: 'sent' }), await post(agent, action, { step: 'sent' })]
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    const letter = letterIn(office, testCase)
    expect(deliveries(letter)).toEqual([['email', '2026-11-16', 'ชัย ช่างโยธา']])
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
    expect(audit('mail.sent')).toHaveLength(1)
  })

  it('may be sent again, the same mail, and then moves the date', async () => {
    await withServer()
    const testCase = caseIn(office, 'in_progress', EMAIL)
    await explain(office, testCase, 'malee')
    setMail('unknown', letterIn(office, testCase))
    const agent = await office.signIn('chai')
    const answer = await post(agent, await mailForm(agent, testCase), { step: 'again' })
    expect(answer.status).toBe(303)
    expect(promised(testCase)).toEqual([null, null])
    await send()
    expect(promised(testCase)).toEqual(['2026-12-10', '2026-12-10'])
    expect(audit('mail.again')).toHaveLength(1)
  })

  it('that did not arrive, as the complainant says, is a letter still to be delivered', async () => {
    await withServer()
    const testCase = caseIn(office, 'in_progress', EMAIL)
    await explain(office, testCase, 'malee')
    setMail('unknown', letterIn(office, testCase))
    const agent = await office.signIn('chai')
    await post(agent, await mailForm(agent, testCase), { step: 'failed' })
    expect([letterIn(office, testCase).state, ...promised(testCase)]).toEqual(['issued', null, null])
    expect(wordsOf(await agent.get(testCase.address))).toContain('อีเมลส่งไม่ถึง โทร 081 234 5678')
  })

  it('that was sent cannot be decided about, nor by whoever may not write, nor by a word that is none', async () => {
    await withServer()
    const testCase = caseIn(office, 'in_progress', EMAIL)
    await explain(office, testCase, 'malee')
    setMail('unknown', letterIn(office, testCase))
    const [chai, wit, somsri] = [
      await office.signIn('chai'),
      await office.signIn('wit'),
      await office.signIn('somsri'),
    ]
    const action = await mailForm(chai, testCase)
    const before = stateOf(office)
    expect((await post(wit, action, { step: 'sent' })).status).toBe(403)
    expect((await post(somsri, action, { step: 'sent' })).status).toBe(404)
    expect((await post(chai, action, { step: 'toString' })).status).toBe(400)
    expect((await post(chai, `${testCase.address}/mails/999999`, { step: 'sent' })).status).toBe(404)
    expect((await chai.get(action)).status).toBe(404)
    expect(stateOf(office)).toEqual(before)
    setMail('sent', letterIn(office, testCase))
    expect((await post(chai, action, { step: 'again' })).status).toBe(409)
  })

  it('of a question that did not arrive is shown as well, though a question is no letter', async () => {
    await withServer({ 'somying@example.com': 550 })
    const testCase = caseIn(office, 'in_progress', EMAIL)
    done(office, testCase, 'chai', 'ask-info', { text: 'เสาไฟต้นใด', answerBy: '20/11/2569' })
    await send()
    const agent = await office.signIn('chai')
    const words = wordsOf(await agent.get(testCase.address))
    expect(words).toContain('อีเมล “ขอข้อมูลเพิ่มเติม เรื่องเลขที่ รท 0001/2570” อีเมลส่งไม่ถึง โทร 081 234 5678')
    const answer = await post(agent, await mailForm(agent, testCase), { step: 'again' })
    expect(answer.status).toBe(303)
  })
})

describe('the register', () => {
  const REGISTERED = {
    ...{ officialNo: 'ชบ 71401/123', officialOn: '16/11/2569' },
    ...{ signerName: 'นายสมหมาย ใจซื่อ', signerPost: 'นายกองค์การบริหารส่วนตำบลเมืองใหม่' },
  }
  const setLetters = () => {
    const settings = { signerName: 'นายสมหมาย ใจซื่อ', signerPost: 'นายก', numberPrefix: 'ชบ 71401/' }
    writeDocument(office.portal.db, 'letters', settings, office.portal.now())
    office.portal.settings.changed()
  }

  it('gives the letter its number, date and signer, which are printed from then on', async () => {
    const testCase = caseIn(office, 'resolved', BY_POST)
    const agent = await office.signIn('chai')
    const path = addressOf(testCase, letterIn(office, testCase, 'result'))
    const answer = await fill(agent, `${path}/register`, REGISTERED)
    expect([answer.status, answer.headers.location]).toEqual([
      303,
      `${testCase.address}?done=letter-register`,
    ])
    const printed = wordsOf(await agent.get(path))
    expect(printed).toContain('ที่ ชบ 71401/123')
    expect(printed).toContain('16 พฤศจิกายน 2569')
    expect(printed).toContain('(นายสมหมาย ใจซื่อ) นายกองค์การบริหารส่วนตำบลเมืองใหม่')
    expect(wordsOf(await agent.get(testCase.address))).toContain('ที่ ชบ 71401/123 ลงวันที่ 16 พฤศจิกายน 2569')
    expect(audit('letter.register')).toMatchObject([{ officialNo: 'ชบ 71401/123', officialOn: '2026-11-16' }])
  })

  it('starts from the office’s prefix and signer, and puts a bare number behind the prefix', async () => {
    setLetters()
    const testCase = caseIn(office, 'resolved', BY_POST)
    const agent = await office.signIn('chai')
    const path = `${addressOf(testCase, letterIn(office, testCase, 'result'))}/register`
    const form = await agent.get(path)
    expect([typedIn(form, 'officialNo'), typedIn(form, 'signerName')]).toEqual([
      'ชบ 71401/',
      'นายสมหมาย ใจซื่อ',
    ])
    await fill(agent, path, { ...REGISTERED, officialNo: '๑๒๓' })
    expect(letterIn(office, testCase, 'result').officialNo).toBe('ชบ 71401/123')
    await fill(agent, path, { ...REGISTERED, officialNo: 'ชบ 71401/', officialOn: '' })
    expect(letterIn(office, testCase, 'result')).toMatchObject({ officialNo: null, officialOn: null })
  })

  it('can be filled in for a draft and for a letter that was sent, whose words stay as they are', async () => {
    const testCase = caseIn(office, 'in_progress')
    await explain(office, testCase, 'chai')
    const agent = await office.signIn('chai')
    const register = async () => {
      const letter = letterIn(office, testCase)
      return (await fill(agent, `${addressOf(testCase, letter)}/register`, { ...REGISTERED })).status
    }
    expect(await register()).toBe(303)
    await explain(office, testCase, 'malee')
    expect(letterIn(office, testCase)).toMatchObject({ state: 'sent', officialNo: 'ชบ 71401/123' })
  })

  it.each([
    [{ officialOn: '' }, ['officialOn'], 'กรุณากรอกวันที่ของหนังสือ'],
    [{ officialNo: '' }, ['officialNo'], 'กรุณากรอกเลขที่หนังสือตามทะเบียนหนังสือส่ง'],
    [{ officialOn: '17/11/2569' }, ['officialOn'], 'วันที่ต้องไม่เกิน 16 พฤศจิกายน 2569'],
    [{ officialOn: '1/1/2569' }, ['officialOn'], 'วันที่ต้องไม่ก่อน 16 พฤศจิกายน 2569'],
    [{ signerName: 'ก'.repeat(301) }, ['signerName'], 'ชื่อผู้ลงนามยาวเกินไป'],
  ])(
    'refuses what is not whole or not possible (%#), and keeps what was typed',
    async (changes, fields, fault) => {
      const testCase = caseIn(office, 'resolved')
      const agent = await office.signIn('chai')
      const path = `${addressOf(testCase, letterIn(office, testCase, 'result'))}/register`
      const typed = { ...REGISTERED, ...changes }
      const answer = await fill(agent, path, typed)
      expect([answer.status, errorsOf(answer)]).toEqual([422, fields])
      expect(wordsOf(answer)).toContain(fault)
      expect(typedIn(answer, 'signerPost')).toBe(REGISTERED.signerPost)
      expect(typedIn(answer, 'officialNo')).toBe(typed.officialNo)
      expect(letterIn(office, testCase, 'result').officialNo).toBeNull()
    },
  )

  it('shows what another officer wrote meanwhile, keeps what was typed, and takes a double press once', async () => {
    const testCase = caseIn(office, 'resolved')
    const [chai, nid] = [await office.signIn('chai'), await office.signIn('nid')]
    const path = `${addressOf(testCase, letterIn(office, testCase, 'result'))}/register`
    const rev = typedIn(await nid.get(path), 'rev') ?? ''
    const fields = { rev, ...REGISTERED }
    expect((await post(chai, path, fields)).status).toBe(303)
    expect((await post(chai, path, fields)).status).toBe(303)
    expect(audit('letter.register')).toHaveLength(1)
    const late = await post(nid, path, { ...fields, officialNo: 'ชบ 71401/999' })
    expect(late.status).toBe(409)
    expect(wordsOf(late)).toContain('ที่ ชบ 71401/123 ลงวันที่ 16 พฤศจิกายน 2569')
    expect(typedIn(late, 'officialNo')).toBe('ชบ 71401/999')
    expect((await post(nid, path, { ...fields, rev: '1', officialNo: 'x' })).status).toBe(409)
    const again = await post(nid, path, {
      ...fields,
      rev: typedIn(late, 'rev') ?? '',
      officialNo: 'ชบ 71401/999',
    })
    expect(again.status).toBe(303)
    expect(letterIn(office, testCase, 'result').officialNo).toBe('ชบ 71401/999')
  })
})

describe('a letter', () => {
  it('is shown for printing and as a PDF, by its case’s number, and kept by no cache', async () => {
    const testCase = caseIn(office, 'resolved', BY_POST)
    const agent = await office.signIn('chai')
    const path = addressOf(testCase, letterIn(office, testCase, 'result'))
    const page = await agent.get(path)
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-store'])
    expect(wordsOf(page)).toContain('เรียน นางแก้ว ใจดี')
    expect(wordsOf(page)).toContain('ปรากฏผลดังนี้ ซ่อมเสร็จแล้ว')
    const pdf = await agent
      .get(`${path}/pdf`)
      .buffer(true)
      .parse((response, give) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () => give(null, Buffer.concat(parts)))
      })
    expect(pdf.headers).toMatchObject({
      ...{ 'content-type': 'application/pdf', 'cache-control': 'no-store' },
      'content-disposition': 'inline; filename="RT-2570-0001-result.pdf"',
    })
    expect(pdf.body.subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('of receipt is there from the first day, with the due date', async () => {
    const testCase = fileCase(office, BY_POST)
    const agent = await office.signIn('nid')
    const words = wordsOf(await agent.get(addressOf(testCase, letterIn(office, testCase, 'receipt'))))
    expect(words).toContain('แจ้งการรับเรื่องร้องเรียน / ร้องทุกข์')
    expect(words).toMatch(/ภายในวันที่ 1\s+ธันวาคม\s+2569/)
  })

  it('says how it goes to whoever has no address, before and after', async () => {
    const testCase = caseIn(office, 'resolved', BY_PHONE)
    const agent = await office.signIn('chai')
    expect(wordsOf(await agent.get(testCase.address))).toContain('รอส่ง: ผู้ร้องไม่มีอีเมล โทรแจ้ง 081 234 5678')
  })

  it('names a withheld name to who writes to the complainant, and to nobody else of the staff', async () => {
    const contact = {
      name: 'ประสงค์ ไม่ออกนาม',
      phone: '0899999999',
      withholdName: true,
      replyBy: 'phone' as const,
    }
    const testCase = caseIn(office, 'in_progress', { contact })
    done(office, testCase, 'chai', 'conclude', RESULT)
    const path = addressOf(testCase, letterIn(office, testCase, 'result'))
    const [chai, wit] = [await office.signIn('chai'), await office.signIn('wit')]
    expect(wordsOf(await chai.get(path))).toContain('เรียน ประสงค์ ไม่ออกนาม')
    expect(wordsOf(await wit.get(path))).toContain('เรียน ผู้แจ้งเรื่อง')
    expect(wordsOf(await wit.get(path))).toContain('ไม่แสดงชื่อผู้ร้อง')
    expect((await wit.get(path)).text).not.toContain('ประสงค์')
    expect((await wit.get(testCase.address)).text).not.toContain('0899999999')
  })

  it('is read by who may see the case, written to by who may write to the complainant, and to others is not there', async () => {
    const testCase = caseIn(office, 'resolved', BY_POST)
    const path = addressOf(testCase, letterIn(office, testCase, 'result'))
    const [wit, somsri, stranger] = [
      await office.signIn('wit'),
      await office.signIn('somsri'),
      office.newAgent(),
    ]
    const writer = await office.signIn('chai')
    const before = stateOf(office)
    for (const part of ['', '/pdf']) expect((await wit.get(`${path}${part}`)).status).toBe(200)
    expect(wordsOf(await wit.get(testCase.address))).not.toContain('บันทึกการส่ง หนังสือ')
    expect(wordsOf(await writer.get(testCase.address))).toContain('บันทึกการส่ง หนังสือ')
    for (const part of ['/register', '/delivery']) {
      const answers = [await wit.get(`${path}${part}`), await post(wit, `${path}${part}`, { means: 'post' })]
      expect(answers.map(({ status }) => status)).toEqual([403, 403])
    }
    for (const part of ['', '/pdf', '/register', '/delivery']) {
      expect((await somsri.get(`${path}${part}`)).status).toBe(404)
      expect((await stranger.get(`${path}${part}`)).headers.location).toMatch(/^\/staff\/sign-in/)
    }
    expect((await post(somsri, `${path}/delivery`, { means: 'post' })).status).toBe(404)
    expect(stateOf(office)).toEqual(before)
  })

  it('of another case is not this case’s letter', async () => {
    const [one, other] = [caseIn(office, 'resolved'), caseIn(office, 'resolved')]
    const agent = await office.signIn('chai')
    const path = `${one.address}/letters/${letterIn(office, other, 'result').publicId}`
    for (const part of ['', '/pdf', '/register', '/delivery']) {
      expect((await agent.get(`${path}${part}`)).status).toBe(404)
    }
  })
})
