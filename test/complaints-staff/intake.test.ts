import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorsOf, post, type TypedFields, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { phonePhoto } from '../support/upload-samples.ts'
import { stateOf, wordsOf } from './desk.ts'

let office: TestPortal
let nid: TestAgent
let chai: TestAgent
beforeAll(async () => {
  office = await startTestPortal()
  nid = await office.signIn('nid')
  chai = await office.signIn('chai')
})
afterAll(() => office.close())

const CALL = {
  ...{ channel: 'phone', receivedOn: '16/11/2569', receivedTime: '09.30', category: 'A2' },
  ...{ subject: 'ไฟทางดับ', detail: 'ผู้ร้องโทรแจ้งว่าไฟทางดับสามคืน', place: 'หน้าวัด', replyBy: 'self' },
}

async function newForm(): Promise<TypedFields> {
  const answer = await nid.get('/staff/intake')
  return { token: `${typedIn(answer, 'token')}` }
}

const newest = () =>
  office.portal.db.sqlite
    .prepare<[], Record<string, unknown>>('select * from cases order by id desc limit 1')
    .get() ?? {}

describe('taking a case down for somebody', () => {
  it('begins with now, and offers every way but the web', async () => {
    const page = await nid.get('/staff/intake')
    expect(page.status).toBe(200)
    expect(typedIn(page, 'receivedOn')).toBe('16/11/2569')
    expect(typedIn(page, 'receivedTime')).toBe('10.00')
    expect(page.text).toContain('<option value="box">')
    expect(page.text).not.toContain('<option value="web">')
  })

  it('answers with the slip: number, code, due date with its working, and who took it down', async () => {
    const answer = await post(nid, '/staff/intake', { ...(await newForm()), ...CALL })
    expect(answer.status).toBe(201)
    const words = wordsOf(answer)
    expect(words).toMatch(/รท 0001\/2570/)
    expect(words).toMatch(/รหัสติดตาม \d{4} \d{4} \d{4}/)
    expect(words).toContain('1 ธันวาคม 2569')
    expect(words).toContain('วันรับเรื่อง 16 พฤศจิกายน 2569 ไม่นับ')
    expect(words).toContain('นิด รับเรื่อง')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(newest()).toMatchObject({
      channel: 'phone',
      status: 'submitted',
      recorded_by_id: office.cast.nid.id,
    })
    const code = /รหัสติดตาม (\d{4} \d{4} \d{4})/.exec(words)?.[1] ?? ''
    const tracked = await post(office.newAgent(), '/track', { number: 'รท 0001/2570', code })
    expect(tracked.status).toBe(303)
  })

  it('counts from the real day of receipt, in the fiscal year of that day', async () => {
    const received = { receivedOn: '๓๐/๙/๒๕๖๙', receivedTime: '16:45' }
    const answer = await post(nid, '/staff/intake', { ...(await newForm()), ...CALL, ...received })
    expect(answer.status).toBe(201)
    expect(wordsOf(answer)).toContain('รท 0001/2569')
    expect(newest()).toMatchObject({ fiscal_year: 2569, received_on: '2026-09-30', due_on: '2026-10-15' })
    expect(newest().received_at).toBe(Date.parse('2026-09-30T09:45:00Z'))
    expect(newest().recorded_at).toBe(office.portal.now().getTime())
  })

  it('keeps the letter’s number and date and the number of the register it came from', async () => {
    const letter = {
      channel: 'damrong',
      incomingNo: '123/2569',
      incomingOn: '10/11/2569',
      sourceRef: 'ดธ 55/69',
    }
    await post(nid, '/staff/intake', { ...(await newForm()), ...CALL, ...letter })
    expect(newest()).toMatchObject({
      ...{ incoming_no: '123/2569', incoming_on: '2026-11-10' },
      ...{ source: 'damrong', source_ref: 'ดธ 55/69' },
    })
    const again = await post(nid, '/staff/intake', { ...(await newForm()), ...CALL, ...letter })
    expect(again.status).toBe(422)
    expect(errorsOf(again)).toEqual(['sourceRef'])
  })

  it('takes the kind from the category, and gives praise no due date', async () => {
    const praise = { category: 'OP3', subject: 'ขอชม', detail: 'ผู้ร้องชมเจ้าหน้าที่ทะเบียน' }
    const answer = await post(nid, '/staff/intake', { ...(await newForm()), ...CALL, ...praise })
    expect(answer.status).toBe(201)
    expect(newest()).toMatchObject({ kind: 'praise', category_code: 'OP3', due_on: null })
  })

  it('makes one case of a form that is sent twice, and shows the same slip', async () => {
    const form = { ...(await newForm()), ...CALL }
    const first = await post(nid, '/staff/intake', form)
    const before = stateOf(office)
    const second = await post(nid, '/staff/intake', form)
    expect(second.status).toBe(200)
    expect(wordsOf(second)).toBe(wordsOf(first))
    expect(stateOf(office)).toEqual(before)
  })

  it('keeps scans over a failed try, for the office only', async () => {
    const { token } = await newForm()
    const fields = { token: `${token}`, ...CALL, channel: 'letter' }
    const failed = await nid
      .post('/staff/intake')
      .field({ ...fields, subject: '' })
      .attach('files', await phonePhoto(), { filename: 'จดหมาย.jpg' })
    expect(failed.status).toBe(422)
    expect(errorsOf(failed)).toEqual(['subject'])
    const kept = `${typedIn(failed, 'kept')}`
    expect((await post(nid, '/staff/intake', { ...fields, kept })).status).toBe(201)
    const file = office.portal.db.sqlite
      .prepare('select audience, uploaded_by as by, case_id as caseId from case_files where id = ?')
      .get(kept)
    expect(file).toEqual({ audience: 'internal', by: 'staff', caseId: newest().id })
  })
})

describe('a form that cannot be right', () => {
  it.each<[string, Record<string, string>, string[]]>([
    [
      'nothing at all',
      { channel: '', receivedOn: '', receivedTime: '', category: '', subject: '', detail: '', place: '' },
      ['channel', 'receivedOn', 'receivedTime', 'category', 'subject', 'detail', 'village'],
    ],
    ['the web as its channel', { channel: 'web' }, ['channel']],
    ['tomorrow', { receivedOn: '17/11/2569' }, ['receivedOn']],
    ['later today', { receivedTime: '10.01' }, ['receivedTime']],
    ['a slip in the year', { receivedOn: '16/11/2559' }, ['receivedOn']],
    ['a day that does not exist', { receivedOn: '31/11/2569' }, ['receivedOn']],
    ['a time that does not exist', { receivedTime: '25.00' }, ['receivedTime']],
    ['a letter of tomorrow', { incomingOn: '17/11/2569' }, ['incomingOn']],
    ['a category that does not exist', { category: 'K1' }, ['category']],
    ['an answer by phone without a number', { replyBy: 'phone' }, ['phone']],
    ['half an e-mail address', { email: 'a@' }, ['email']],
  ])('%s is named and everything typed stays', async (_name, changes, fields) => {
    const form = { ...(await newForm()), ...CALL, ...changes }
    const before = stateOf(office)
    const answer = await post(nid, '/staff/intake', form)
    expect(answer.status).toBe(422)
    expect(errorsOf(answer)).toEqual(fields)
    expect(stateOf(office)).toEqual(before)
    for (const [name, value] of Object.entries({ ...CALL, ...changes })) {
      const select = new RegExp(`<select[^>]*name="${name}"[\\s\\S]*?</select>`).exec(answer.text)?.[0]
      const isOffered = value !== '' && select?.includes(`value="${value}"`)
      if (select) expect(isOffered ? select.includes(`value="${value}" selected`) : true, name).toBe(true)
      else if (name !== 'replyBy') expect(typedIn(answer, name), name).toBe(value)
    }
  })
})

describe('who may take a case down', () => {
  it('is officers and heads of every unit, and nobody else', async () => {
    const before = stateOf(office)
    for (const name of ['wit', 'nayok', 'admin'] as const) {
      const agent = await office.signIn(name)
      expect((await agent.get('/staff/intake')).status, name).toBe(403)
      expect((await post(agent, '/staff/intake', CALL)).status, name).toBe(403)
    }
    expect(await office.newAgent().get('/staff/intake')).toMatchObject({ status: 303 })
    const { audit_lines: _signedIn, ...rest } = before
    expect(stateOf(office)).toMatchObject(rest)
    expect((await chai.get('/staff/intake')).status).toBe(200)
  })

  it('lets an officer of a unit print the slip of a case that the centre will see', async () => {
    const page = await chai.get('/staff/intake')
    const form = { token: `${typedIn(page, 'token')}`, ...CALL }
    const answer = await post(chai, '/staff/intake', form)
    expect(answer.status).toBe(201)
    const address = /href="(\/staff\/cases\/[^"]+)"/.exec(answer.text)?.[1] ?? ''
    expect((await nid.get(address)).status).toBe(200)
  })
})
