import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { tinyPdf } from '../support/upload-samples.ts'
import {
  COMPLAINT,
  faultsBesideFields,
  faultsOf,
  file,
  fileAndKeepSlip,
  isTicked,
  newForm,
  send,
  shownValue,
  slipOf,
  wordsOf,
} from './citizen.ts'
import { caseOf } from './officer.ts'

let site: TestPortal
beforeAll(async () => {
  site = await startTestPortal()
})
afterAll(() => site.close())
// Each test begins a new hour, so that the limit per address is its own.
beforeEach(() => site.clock.addMinutes(61))

const rows = (table: string): number =>
  site.portal.db.sqlite.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get()?.n ?? 0

describe('a complaint', () => {
  it('is filed with the least there can be, without a name, and answered with its slip', async () => {
    const answer = await file(site)
    expect(answer.status).toBe(201)
    const row = caseOf(site, slipOf(answer))
    expect(row).toMatchObject({
      kind: 'complaint',
      categoryCode: 'A2',
      subject: 'ไฟทางดับหน้าวัด',
      status: 'submitted',
      channel: 'web',
      language: 'th',
      dueOn: '2026-12-01',
      privacyVersion: '1',
    })
  })

  it('is stored with everything that can be said', async () => {
    const village = site.portal.settings.villages()[2]
    const slip = await fileAndKeepSlip(site, {
      wish: 'ขอให้ซ่อมก่อนวันพระ',
      happenedOn: '๑๑/๑๑/๒๕๖๙',
      urgent: 'yes',
      village: String(village?.id),
      latitude: '๑๓.๗๕๖๓',
      longitude: '100.50180012',
      name: 'สมชาย ใจดี',
      withhold: 'yes',
      phone: '๐๘๑-๒๓๔ ๕๖๗๘',
      email: 'somchai@example.com',
      address: '9 หมู่ 3\r\nต.เมืองใหม่',
      replyBy: 'post',
    })
    const row = caseOf(site, slip)
    expect(row).toMatchObject({
      happenedOn: '2026-11-11',
      urgent: true,
      villageId: village?.id,
      latitude: 13.7563,
      longitude: 100.5018,
    })
    const contact = site.portal.db.sqlite.prepare('select * from case_contacts where case_id = ?').get(row.id)
    expect(contact).toEqual({
      case_id: row.id,
      name: 'สมชาย ใจดี',
      phone: '0812345678',
      email: 'somchai@example.com',
      address: '9 หมู่ 3\nต.เมืองใหม่',
      reply_by: 'post',
      withhold_name: 1,
    })
  })

  it('may come without files, urlencoded, from a client of its own', async () => {
    const token = await newForm(site.agent)
    const answer = await site.agent
      .post('/complaints')
      .type('form')
      .send({ token, ...COMPLAINT })
    expect([answer.status, caseOf(site, slipOf(answer)).subject]).toEqual([201, COMPLAINT.subject])
  })

  it('in English is answered in English and remembered as such', async () => {
    const token = await newForm(site.agent, '/en/complaints/new')
    const answer = await send(site.agent, '/en/complaints', { token, ...COMPLAINT })
    expect(answer.text).toContain('We have received your case')
    expect(caseOf(site, slipOf(answer)).language).toBe('en')
  })

  it.each([
    ['request', 'RQ9', null],
    ['question', 'OP4', '2026-12-01'],
    ['suggestion', 'OP1', null],
    ['praise', 'OP3', null],
  ])('of kind %s needs no category of its own and goes to %s', async (kind, category, dueOn) => {
    const row = caseOf(site, await fileAndKeepSlip(site, { kind, category: '' }))
    expect(row).toMatchObject({ kind, categoryCode: category })
    expect(row.dueOn === null).toBe(dueOn === null)
  })

  it.each([
    ['question', ''],
    ['suggestion', 'OP2'],
    ['praise', ''],
  ])('of kind %s needs no place', async (kind, category) => {
    expect((await file(site, { kind, category, place: '' })).status).toBe(201)
  })
})

describe('what is typed', () => {
  it('comes back as typed: emoji, joiners, combining marks, line breaks and markup', async () => {
    const subject = 'น้ำท่วม 👨‍👩‍👧 <script>alert(1)</script> "&amp;" \u0E01\u0E33\u0E48'
    const detail = `บรรทัดแรก\n\n\tบรรทัดที่สาม \u200Bคำ\u200Bไทย\n<b>หนา</b> & ปู่ญ่าตา🙏🏽 e\u0301`
    const wrong = await file(site, { subject, detail, privacy: '' })
    expect(shownValue(wrong.text, 'subject')).toBe(subject)
    expect(shownValue(wrong.text, 'detail')?.replace(/\r\n/g, '\n')).toBe(detail)
    expect(wrong.text).not.toContain('<script>alert')

    const answer = await file(site, { subject, detail })
    expect(caseOf(site, slipOf(answer))).toMatchObject({
      subject: subject.normalize('NFC'),
      detail: detail.normalize('NFC'),
    })
    expect(answer.text).not.toContain('<script>alert')
    expect(wordsOf(answer.text)).toContain('<script>alert(1)</script>')
  })

  it('loses control characters and white space at its ends, not in the middle', async () => {
    const slip = await fileAndKeepSlip(site, { detail: '  \u0000ไฟ\u0007ดับ\r\nหลายวันแล้ว  \r\n' })
    expect(caseOf(site, slip).detail).toBe('ไฟดับ\nหลายวันแล้ว')
  })

  it('of 10,000 characters is taken, with 20,000 refused by the stated limit and all still there', async () => {
    const most = `${'น้ำ'.repeat(3_333)}ก`
    expect(caseOf(site, await fileAndKeepSlip(site, { detail: most })).detail).toBe(most)

    const detail = 'กำ'.repeat(10_000)
    const answer = await file(site, { detail })
    expect(answer.status).toBe(422)
    expect(faultsOf(answer.text)).toEqual([
      ['detail', '“รายละเอียด” ยาวเกินไป ใส่ได้ไม่เกิน 10,000 ตัวอักษร ขณะนี้มี 20,000 ตัวอักษร'],
    ])
    expect(shownValue(answer.text, 'detail')).toBe(detail)
  })

  it('is counted as people count: an emoji is not two characters', async () => {
    expect((await file(site, { subject: '💡'.repeat(150) })).status).toBe(201)
    expect(faultsOf((await file(site, { subject: '💡'.repeat(151) })).text)).toMatchObject([['subject', /./]])
  })
})

describe('bad input', () => {
  it('is told all at once, in the order of the page, above and beside the fields, with 422', async () => {
    const typed = {
      category: '',
      subject: ' ',
      detail: 'สั้น',
      happenedOn: '31/02/2569',
      place: '',
      latitude: '13.7',
      phone: '12',
      replyBy: 'email',
      email: 'not an address',
      privacy: '',
    }
    const answer = await file(site, typed)
    expect(answer.status).toBe(422)
    const fields = faultsOf(answer.text).map(([field]) => field)
    expect(fields).toEqual([
      ...['category', 'subject', 'detail', 'happenedOn', 'village'],
      ...['longitude', 'phone', 'email', 'privacy'],
    ])
    expect(faultsBesideFields(answer.text)).toEqual(fields)
    expect(answer.text).toMatch(/<title>ข้อผิดพลาด: /)
    for (const name of ['detail', 'happenedOn', 'latitude', 'phone', 'email'] as const) {
      expect([name, shownValue(answer.text, name)]).toEqual([name, typed[name]])
    }
    expect(isTicked(answer.text, 'replyBy', 'email')).toBe(true)
  })

  it('leaves no case and takes no number', async () => {
    const before = [rows('cases'), rows('case_sequences'), rows('audit_lines'), rows('outbox')]
    await file(site, { privacy: '' })
    expect([rows('cases'), rows('case_sequences'), rows('audit_lines'), rows('outbox')]).toEqual(before)
  })

  it.each([
    [{ happenedOn: '18/11/2599' }, 'วันที่พบปัญหาต้องไม่ใช่วันในอนาคต'],
    [{ happenedOn: '11/11/69' }, 'กรุณากรอกวันที่เป็นตัวเลข วัน/เดือน/ปี เช่น 15/11/2569'],
    [{ category: 'OP3' }, 'หมวดเรื่องที่เลือกไม่ตรงกับสิ่งที่ท่านต้องการแจ้ง กรุณาเลือกใหม่'],
    [{ category: 'K1' }, 'หมวดเรื่องที่เลือกไม่ตรงกับสิ่งที่ท่านต้องการแจ้ง กรุณาเลือกใหม่'],
    [{ kind: 'praise', category: 'A1' }, 'หมวดเรื่องที่เลือกไม่ตรงกับสิ่งที่ท่านต้องการแจ้ง กรุณาเลือกใหม่'],
    [{ village: '999' }, 'กรุณาเลือกหมู่บ้านจากรายการ'],
    [{ latitude: '99', longitude: '100' }, 'ละติจูดไม่ถูกต้อง กรุณากรอกตัวเลข เช่น 13.75630 หรือเว้นว่างทั้งสองช่อง'],
    [{ replyBy: 'phone' }, 'ท่านเลือกรับแจ้งผลทางโทรศัพท์ กรุณากรอกหมายเลขโทรศัพท์'],
    [{ replyBy: 'post' }, 'ท่านเลือกรับแจ้งผลทางไปรษณีย์ กรุณากรอกที่อยู่'],
    [{ email: 'a@b.example, c@d.example' }, 'รูปแบบอีเมลไม่ถูกต้อง เช่น name@example.com'],
    [{ email: 'a@b.example\r\nBcc: c@d.example' }, 'รูปแบบอีเมลไม่ถูกต้อง เช่น name@example.com'],
    [{ trap: 'http://spam' }, 'ช่องนี้มีไว้กันโปรแกรมอัตโนมัติ กรุณาลบข้อความในช่องนี้แล้วส่งอีกครั้ง'],
  ])('%j is refused', async (changes, sentence) => {
    const answer = await file(site, changes)
    expect([answer.status, faultsOf(answer.text).map(([, text]) => text)]).toEqual([422, [sentence]])
  })

  it.each([
    ['+66 81 234 5678', '0812345678'],
    ['(038) 123-456', '038123456'],
    ['081.234.5678', '0812345678'],
  ])('a telephone number written %j is no bad input', async (phone, stored) => {
    const { id } = caseOf(site, await fileAndKeepSlip(site, { phone }))
    const select = site.portal.db.sqlite.prepare('select phone from case_contacts where case_id = ?')
    expect(select.pluck().get(id)).toBe(stored)
  })

  it('a position pasted as one pair is no bad input', async () => {
    const row = caseOf(site, await fileAndKeepSlip(site, { latitude: '13.7563, 100.5018', longitude: '' }))
    expect([row.latitude, row.longitude]).toEqual([13.7563, 100.5018])
  })

  it('a field sent twice, an unknown kind and an unknown field do not break the form', async () => {
    expect((await file(site, { subject: ['หนึ่ง', 'สอง'], kind: 'corruption', hack: 'x' })).status).toBe(201)
  })
})

describe('the same form sent again', () => {
  it('by a double click makes one case and shows the same slip', async () => {
    const token = await newForm(site.agent)
    const before = rows('cases')
    const first = await send(site.agent, '/complaints', { token, ...COMPLAINT })
    const second = await send(site.agent, '/complaints', { token, ...COMPLAINT })
    expect([first.status, second.status]).toEqual([201, 200])
    expect(slipOf(second)).toEqual(slipOf(first))
    expect(rows('cases') - before).toBe(1)
  })

  it('side by side, even five times, makes one case', async () => {
    const token = await newForm(site.agent)
    const before = [rows('cases'), rows('case_events'), rows('outbox')]
    const form = { token, ...COMPLAINT, email: 'somchai@example.com' }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => send(site.newAgent(), '/complaints', form)),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 200, 200, 201])
    expect(new Set(answers.map((answer) => slipOf(answer).code)).size).toBe(1)
    const after = [rows('cases'), rows('case_events'), rows('outbox')]
    expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 1])
  })

  it('a month later still shows the same code', async () => {
    const token = await newForm(site.agent)
    const first = slipOf(await send(site.agent, '/complaints', { token, ...COMPLAINT }))
    site.clock.addDays(31)
    expect(slipOf(await send(site.agent, '/complaints', { token, ...COMPLAINT }))).toEqual(first)
  })

  it('but changed, after the back button, is a new case with a code of its own', async () => {
    const token = await newForm(site.agent)
    const first = slipOf(await send(site.agent, '/complaints', { token, ...COMPLAINT }))
    const changed = { token, ...COMPLAINT, detail: `${COMPLAINT.detail} และท่อระบายน้ำอุดตันด้วย` }
    const second = slipOf(await send(site.agent, '/complaints', changed))
    expect(second.number).not.toBe(first.number)
    expect(second.code).not.toBe(first.code)
  })

  it('from another form, word for word, is another case: two neighbours may complain alike', async () => {
    const first = await fileAndKeepSlip(site)
    const second = await fileAndKeepSlip(site)
    expect(second.number).not.toBe(first.number)
  })

  it('with a token that is none of ours is filed and cannot be guessed', async () => {
    const answers = await Promise.all(
      ['', 'x', 'constructor'].map((token) => send(site.newAgent(), '/complaints', { token, ...COMPLAINT })),
    )
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201])
    expect(new Set(answers.map((answer) => slipOf(answer).code)).size).toBe(3)
  })
})

describe('one address', () => {
  it('may file 30 cases an hour; then is told to wait or call, and nothing typed is lost', async () => {
    for (let n = 0; n < 30; n += 1) await file(site)
    const before = rows('cases')
    const answer = await file(site, { detail: 'เรื่องที่สามสิบเอ็ดของชั่วโมงนี้' })
    expect(answer.status).toBe(429)
    expect(answer.headers['retry-after']).toBe(String(60 * 60))
    expect(faultsOf(answer.text)).toEqual([['send', expect.stringContaining('หรือโทรแจ้งที่ 038 123 456')]])
    expect(shownValue(answer.text, 'detail')).toBe('เรื่องที่สามสิบเอ็ดของชั่วโมงนี้')
    expect(rows('cases')).toBe(before)
    site.clock.addMinutes(60)
    expect((await file(site)).status).toBe(201)
  })

  it('that is forged in X-Forwarded-For is not believed', async () => {
    for (let n = 0; n < 30; n += 1) await file(site)
    const token = await newForm(site.agent)
    const answer = await send(site.newAgent().set('X-Forwarded-For', '10.9.8.7'), '/complaints', {
      token,
      ...COMPLAINT,
    })
    expect(answer.status).toBe(429)
  })
})

describe('the door', () => {
  it('is one form with five kinds and no category of corruption, but with the way to the other door', async () => {
    const { text } = await site.agent.get('/complaints/new')
    for (const kind of ['request', 'question', 'suggestion', 'praise']) {
      expect(text).toContain(`name="turn" value="${kind}"`)
    }
    expect(text).toContain('href="/safe"')
    expect(text).not.toMatch(/<option value="K/)
    expect(text).toContain('<option value="H1">')
  })

  it('turns to another kind with everything typed and attached, and files nothing', async () => {
    const token = await newForm(site.agent)
    const before = rows('cases')
    const turn = { token, ...COMPLAINT, turn: 'question' }
    const answer = await send(site.agent, '/complaints', turn, [{ name: 'a.pdf', content: tinyPdf() }])
    expect([answer.status, shownValue(answer.text, 'kind')]).toEqual([200, 'question'])
    expect(answer.text).toContain(COMPLAINT.detail)
    expect(answer.text).toContain('a.pdf')
    expect(answer.text).not.toContain('govuk-error-summary')
    expect(rows('cases')).toBe(before)
  })

  it('turns to a question and back without losing the place, which a question does not ask for', async () => {
    const token = await newForm(site.agent)
    const there = await send(site.agent, '/complaints', { token, ...COMPLAINT, turn: 'question' })
    expect(shownValue(there.text, 'place')).toBeUndefined()
    expect(shownValue(there.text, 'aside.place')).toBe(COMPLAINT.place)
    const fields = { token, kind: 'question', subject: COMPLAINT.subject, 'aside.place': COMPLAINT.place }
    const back = await send(site.agent, '/complaints', { ...fields, turn: 'complaint' })
    expect(shownValue(back.text, 'place')).toBe(COMPLAINT.place)
  })

  it('opens at the kind and category of its address', async () => {
    const { text } = await site.agent.get('/complaints/new?category=RQ2')
    expect([shownValue(text, 'kind'), shownValue(text, 'category')]).toEqual(['request', 'RQ2'])
    const mixed = await site.agent.get('/complaints/new?kind=question&category=RQ2')
    expect(shownValue(mixed.text, 'kind')).toBe('question')
  })

  it('has its files after every text, so that a form cut short still brings the words', async () => {
    const { text } = await site.agent.get('/complaints/new')
    const positions = [...text.matchAll(/ name="([\w]+)"/g)].map(([, name]) => name)
    expect(positions.at(-1)).toBe('files')
  })

  it('never lies in a cache and sets no cookie, up to and including the receipt', async () => {
    const form = await site.newAgent().get('/complaints/new')
    const wrong = await file({ agent: site.newAgent() }, { privacy: '' })
    const receipt = await file({ agent: site.newAgent() })
    for (const answer of [form, wrong, receipt]) {
      expect(answer.headers['set-cookie']).toBeUndefined()
      expect(answer.headers['cache-control']).toBe('no-store')
    }
  })

  it('of an office without a list of villages asks for the landmark alone', async () => {
    const bare = await startTestPortal({ unseeded: true })
    try {
      const answer = await file(bare, { place: '' })
      expect(faultsOf(answer.text).map(([field]) => field)).toEqual(['place'])
      expect(faultsBesideFields(answer.text)).toEqual(['place'])
    } finally {
      await bare.close()
    }
  })

  it('is reached by GET of the address a receipt had', async () => {
    const answer = await site.agent.get('/en/complaints')
    expect([answer.status, answer.headers.location]).toEqual([302, '/en/complaints/new'])
  })

  it('refuses a form that another site sent in somebody’s name', async () => {
    const token = await newForm(site.agent)
    const foreign = site.newAgent().set('Sec-Fetch-Site', 'cross-site')
    expect((await send(foreign, '/complaints', { token, ...COMPLAINT })).status).toBe(403)
  })
})
