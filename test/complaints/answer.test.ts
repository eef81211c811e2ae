import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accept } from '#complaints/accept.ts'
import { askInfo } from '#complaints/ask-info.ts'
import { assign } from '#complaints/assign.ts'
import { close } from '#complaints/close.ts'
import { conclude } from '#complaints/conclude.ts'
import { register } from '#complaints/register.ts'
import { progress } from '#complaints/write-to-citizen.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { phonePhoto } from '../support/upload-samples.ts'
import {
  type Attachment,
  faultsBesideFields,
  faultsOf,
  fileAndKeepSlip,
  keptFiles,
  type Slip,
  send,
  shownValue,
  track,
  wordsOf,
} from './citizen.ts'
import { caseOf, officerDoes, unitId } from './officer.ts'

let site: TestPortal
let photo: Buffer
beforeAll(async () => {
  site = await startTestPortal()
  photo = await phonePhoto()
})
afterAll(() => site.close())
beforeEach(() => site.clock.addMinutes(61))

async function askedCase(): Promise<Slip> {
  const slip = await fileAndKeepSlip(site)
  officerDoes(site, slip, register)
  officerDoes(site, slip, assign, { unit: unitId(site, 'chai') })
  officerDoes(site, slip, accept, {}, 'chai')
  officerDoes(site, slip, askInfo, { text: 'เสาไฟเลขที่เท่าใด', answerBy: '01/02/2570' }, 'chai')
  return slip
}

/** What the page's message form carries besides the text. */
async function formOf(agent: TestAgent): Promise<{ token: string; rev: string }> {
  const { text } = await agent.get('/track/case')
  return { token: shownValue(text, 'token') ?? '', rev: shownValue(text, 'rev') ?? '' }
}

async function write(agent: TestAgent, text: string, files: readonly Attachment[] = []) {
  return await send(agent, '/track/message', { ...(await formOf(agent)), text }, files)
}

const events = (slip: Slip) =>
  site.portal.db.sqlite
    .prepare(
      'select type, actor_kind as actor, audience, text from case_events where case_id = ? order by id',
    )
    .all(caseOf(site, slip).id) as { type: string; actor: string; audience: string; text: string | null }[]

describe('an answer to the officer’s question', () => {
  it('is written into the history and lets the work go on, under the same clock', async () => {
    const slip = await askedCase()
    const agent = await track(site, slip)
    const before = caseOf(site, slip)
    const answer = await write(agent, 'เสา 3/14\r\nและ 3/15 🙏')
    expect([answer.status, answer.headers.location]).toEqual([303, '/track/case?done=answer'])
    expect(caseOf(site, slip)).toMatchObject({
      status: 'in_progress',
      dueOn: before.dueOn,
      rev: before.rev + 1,
    })
    expect(events(slip).at(-1)).toEqual({
      ...{ type: 'answer_info', actor: 'citizen', audience: 'public' },
      text: 'เสา 3/14\nและ 3/15 🙏',
    })
    const { text } = await agent.get('/track/case?done=answer')
    expect(wordsOf(text)).toContain('ส่งคำตอบแล้ว เจ้าหน้าที่จะดำเนินการต่อ')
    expect(wordsOf(text)).toContain('เสา 3/14\nและ 3/15 🙏')
  })

  it('may bring a photo, which both sides see', async () => {
    const slip = await askedCase()
    const agent = await track(site, slip)
    await write(agent, 'ตามภาพ', [{ name: 'เสา.jpg', content: photo }])
    const { text } = await agent.get('/track/case')
    const address = /href="(\/track\/files\/[\w-]+)"/.exec(text)?.[1] ?? ''
    expect((await agent.get(address)).headers['content-type']).toBe('image/jpeg')
  })

  it('shows the question with the form right below it', async () => {
    const { text } = await (await track(site, await askedCase())).get('/track/case')
    expect(wordsOf(text)).toContain('เสาไฟเลขที่เท่าใด\nกรุณาตอบภายในวันที่ 1 กุมภาพันธ์ 2570')
    expect(text.indexOf('action="/track/message"')).toBeLessThan(text.indexOf('id="timeline"'))
  })
})

describe('a message', () => {
  it('changes nothing but the history, and the officer’s open page', async () => {
    const slip = await fileAndKeepSlip(site)
    const before = caseOf(site, slip)
    const answer = await write(await track(site, slip), 'ลืมบอกว่าไฟกะพริบก่อนดับ')
    expect(answer.headers.location).toBe('/track/case?done=message')
    expect(caseOf(site, slip)).toMatchObject({ status: 'submitted', rev: before.rev + 1 })
    expect(events(slip).map(({ type }) => type)).toEqual(['submitted', 'message'])
  })

  it('cannot be sent where the case is closed', async () => {
    const slip = await askedCase()
    const result = { text: 'เสร็จ', outcome: 'solved', finding: 'na', cause: 'ก', prevention: 'ข' }
    officerDoes(site, slip, conclude, result, 'chai')
    expect((await write(await track(site, slip), 'ขอบคุณ')).status).toBe(303)
    officerDoes(site, slip, close, {}, 'chai')
    const agent = await track(site, slip)
    expect((await agent.get('/track/case')).text).not.toContain('/track/message')
    const { rev } = caseOf(site, slip)
    const late = await send(agent, '/track/message', { rev: String(rev), text: 'คำที่พิมพ์ไว้' })
    expect(late.status).toBe(409)
    expect(wordsOf(late.text)).toContain('คำที่พิมพ์ไว้')
  })

  it('sent twice by a double click is one message', async () => {
    const slip = await fileAndKeepSlip(site)
    const agent = await track(site, slip)
    const form = { ...(await formOf(agent)), text: 'ขอทราบความคืบหน้า' }
    const photos = [{ name: 'a.jpg', content: photo }]
    const answers = await Promise.all([1, 2, 3].map(() => send(agent, '/track/message', form, photos)))
    expect(answers.map((answer) => answer.headers.location)).toEqual(
      [1, 2, 3].map(() => '/track/case?done=message'),
    )
    expect(events(slip).map(({ type }) => type)).toEqual(['submitted', 'message'])
    const files = 'select count(*) from case_files where case_id = ?'
    expect(site.portal.db.sqlite.prepare(files).pluck().get(caseOf(site, slip).id)).toBe(1)
  })

  it('is limited to twenty an hour, and the twenty-first is kept on the page', async () => {
    const agent = await track(site, await fileAndKeepSlip(site))
    for (let n = 0; n < 20; n += 1) await write(agent, `ข้อความที่ ${n}`)
    const answer = await write(agent, 'ข้อความที่ยี่สิบเอ็ด')
    expect([answer.status, shownValue(answer.text, 'text')]).toEqual([429, 'ข้อความที่ยี่สิบเอ็ด'])
    expect(faultsOf(answer.text)[0]?.[1]).toContain('กรุณารออีก 60 นาที')
  })
})

describe('bad input', () => {
  it.each([
    ['', 'กรุณาพิมพ์ข้อความ'],
    [' \r\n ', 'กรุณาพิมพ์ข้อความ'],
    ['ก'.repeat(5_001), '“ข้อความ” ยาวเกินไป ใส่ได้ไม่เกิน 5,000 ตัวอักษร ขณะนี้มี 5,001 ตัวอักษร'],
  ])('%j is told above and beside the field, with everything kept', async (text, sentence) => {
    const agent = await track(site, await askedCase())
    const answer = await write(agent, text, [{ name: 'เสา.jpg', content: photo }])
    expect([answer.status, faultsOf(answer.text)]).toEqual([422, [['text', sentence]]])
    expect(faultsBesideFields(answer.text)).toEqual(['text'])
    expect(shownValue(answer.text, 'text')).toBe(text)
    expect(keptFiles(answer.text).map(({ name }) => name)).toEqual(['เสา.jpg'])
  })

  it('kept files go with the message that is right', async () => {
    const slip = await askedCase()
    const agent = await track(site, slip)
    const wrong = await write(agent, '', [{ name: 'เสา.jpg', content: photo }])
    const form = {
      token: shownValue(wrong.text, 'token') ?? '',
      rev: shownValue(wrong.text, 'rev') ?? '',
      kept: keptFiles(wrong.text).map(({ id }) => id),
    }
    expect((await send(agent, '/track/message', { ...form, text: 'ตามภาพ' })).status).toBe(303)
    expect((await agent.get('/track/case')).text).toContain('เสา.jpg')
  })
})

describe('a page that is out of date', () => {
  it('gets 409 with the latest status and the words still in the form, ready to be sent again', async () => {
    const slip = await askedCase()
    const agent = await track(site, slip)
    const form = await formOf(agent)
    officerDoes(site, slip, progress, { text: 'พบเสาแล้ว' }, 'chai')
    const photos = [{ name: 'เสา.jpg', content: photo }]
    const late = await send(agent, '/track/message', { ...form, text: 'เสา 3/14' }, photos)
    expect(late.status).toBe(409)
    expect(wordsOf(late.text)).toContain('มีการเปลี่ยนแปลงในเรื่องนี้ระหว่างที่ท่านเปิดหน้านี้อยู่')
    expect(wordsOf(late.text)).toContain('พบเสาแล้ว')
    expect(shownValue(late.text, 'text')).toBe('เสา 3/14')
    const again = {
      token: shownValue(late.text, 'token') ?? '',
      rev: shownValue(late.text, 'rev') ?? '',
      kept: keptFiles(late.text).map(({ id }) => id),
    }
    expect(again.kept).toHaveLength(1)
    const sent = await send(agent, '/track/message', { ...again, text: 'เสา 3/14' })
    expect([sent.status, caseOf(site, slip).status]).toEqual([303, 'in_progress'])
  })

  it('because the visit lapsed asks for the code again and brings the words back', async () => {
    const slip = await askedCase()
    const agent = await track(site, slip)
    const form = await formOf(agent)
    site.clock.addMinutes(31)
    const words = 'คำตอบยาวที่พิมพ์อยู่นาน'
    const late = await send(agent, '/track/message', { ...form, text: words })
    expect([late.status, shownValue(late.text, 'text')]).toEqual([403, words])
    expect(wordsOf(late.text)).toContain('ไม่ได้ใช้งานเกิน 30 นาที')
    const back = await agent
      .post('/track')
      .type('form')
      .send({ ...slip, text: words })
    expect([back.status, shownValue(back.text, 'text')]).toEqual([200, words])
  })
})

describe('a stranger', () => {
  it('cannot write into a case, whatever the form says', async () => {
    const slip = await askedCase()
    const { rev } = caseOf(site, slip)
    const answer = await send(site.newAgent(), '/track/message', { rev: String(rev), text: 'แฮก' })
    expect(answer.status).toBe(403)
    const other = await track(site, await fileAndKeepSlip(site))
    await send(other, '/track/message', { rev: String(rev), text: 'แฮก', case: slip.number })
    expect(events(slip).some(({ text }) => text === 'แฮก')).toBe(false)
  })
})
