import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileMeta, MessageBody, ReportBody } from '#sealed/bodies.ts'
import { findContact, listFiles, listMessages, listReportsFor } from '#sealed/report-store.ts'
import { openCaseKeys, openContact, openContactKey, openFile, openMessage } from '#sealed/seal.ts'
import type { OpenVault } from '#sealed/vaults.ts'
import { errorsOf, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { drawing } from '../support/upload-samples.ts'
import { openTestChannel, type TestChannel, unlock } from './channel.ts'
import {
  filingOn,
  openForm,
  openMailboxOf,
  REPORT,
  receiptOn,
  sendForm,
  sendReport,
  wordsOf,
} from './reporter.ts'

let office: TestPortal
let channel: TestChannel
let nid: OpenVault
let dao: OpenVault
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
  nid = await unlock(office, channel.officers.nid)
  dao = await unlock(office, channel.officers.dao)
})
afterAll(() => office.close())

const reportsOf = (vault: OpenVault) => listReportsFor(channel.sealed.db, vault.officerId)

const countReports = (): number => reportsOf(dao).length

/** Everything an officer finds in the report that was not there before. */
async function openedBy(vault: OpenVault, id: string) {
  const { sealed } = channel
  const report = reportsOf(vault).find((one) => one.id === id)
  if (!report) throw new Error('no key')
  const keys = openCaseKeys(sealed, vault.officerId, vault.keys, report)
  const [first] = listMessages(sealed.db, id)
  const body: MessageBody | undefined = first && openMessage(keys, first)
  const files: { meta: FileMeta; content: Buffer }[] = []
  for (const row of listFiles(sealed.db, id)) files.push(await openFile(sealed, keys, row))
  const contactKey = openContactKey(sealed, vault.officerId, vault.keys, id)
  const blob = findContact(sealed.db, id)
  const contact = contactKey && blob && openContact(contactKey, id, blob)
  return { body: body as ReportBody, files, contact }
}

/** The report that the work adds. */
async function added(work: () => Promise<unknown>): Promise<string> {
  const before = new Set(reportsOf(dao).map(({ id }) => id))
  await work()
  const fresh = reportsOf(dao).filter(({ id }) => !before.has(id))
  expect(fresh).toHaveLength(1)
  return fresh[0]?.id ?? ''
}

describe('the page before the form', () => {
  it('tells who receives a report by which order, the ways out and the promises', async () => {
    const start = await office.newAgent().get('/safe').expect(200)
    const words = wordsOf(start)
    expect(words).toContain('ตามคำสั่ง 12/2570 ลงวันที่ 1 ตุลาคม 2569')
    expect(words.match(/ผู้รับเรื่อง \(/g)).toHaveLength(3)
    expect(words.indexOf('– ผู้รับเรื่อง ')).toBeLessThan(words.indexOf('– ผู้รับเรื่องสำรอง'))
    for (const number of ['1205', '1206', '1567', '1111', '1676']) {
      expect(start.text).toContain(`href="tel:${number}"`)
    }
    expect(start.text).toContain('href="/safe/report"')
    expect(start.text).toContain('href="/safe/mailbox"')
    const english = await office.newAgent().get('/en/safe').expect(200)
    expect(wordsOf(english)).toContain('order 12/2570 of 1 October 2026')
  })

  it('does not name the matter in the title, which ends up in histories and on paper', async () => {
    for (const path of ['/safe', '/en/safe', '/safe/report', '/en/safe/report', '/safe/mailbox']) {
      const title = /<title>(.*?)<\/title>/.exec((await office.newAgent().get(path)).text)?.[1]
      expect(title).not.toMatch(/ทุจริต|เบาะแส|corrupt|whistle|report/i)
    }
  })
})

describe('a report', () => {
  const everything = {
    ...REPORT,
    ...{ conduct: 'K2', when: 'ต้นปีก่อน', where: 'หมู่ 3', project: 'ถนนสาย 4', amount: 'ราว 200,000 บาท' },
    ...{ source: 'saw', identity: 'named', name: 'แดง ใจดี', contact: '081 234 5678' },
  }

  it('is answered with its receipt, reaches the officers as it was typed, and sets no cookie', async () => {
    const agent = office.newAgent()
    let receipt = ''
    const id = await added(async () => {
      const answer = await sendReport(office, agent, everything)
      expect([answer.status, answer.headers['set-cookie']]).toEqual([200, undefined])
      expect(answer.text).not.toContain('<script')
      expect(wordsOf(answer)).toContain('ภายใน 7 วัน')
      receipt = receiptOn(answer)
    })
    const { name, contact, ...said } = everything
    const opened = await openedBy(nid, id)
    expect(opened.body).toEqual({
      ...{ kind: 'report', day: channel.sealed.today(), channel: 'online', language: 'th', involved: [] },
      ...said,
    })
    expect(opened.contact).toEqual({ name, contact })
    expect((await openMailboxOf(office, receipt)).answer.status).toBe(303)
  })

  it('needs no more than what, who and evidence, in English too', async () => {
    const id = await added(async () => {
      const agent = office.newAgent()
      const token = await openForm(office, agent, '/en')
      const answer = await sendForm(agent, '/en/safe/report', { token, ...REPORT, evidence: 'none' })
      expect(wordsOf(answer)).toContain('We have received your report')
    })
    const { body, contact } = await openedBy(nid, id)
    expect(body).toMatchObject({
      language: 'en',
      identity: 'none',
      evidence: 'none',
      conduct: '',
      source: '',
    })
    expect(contact).toEqual({ name: '', contact: '' })
  })

  it('keeps no name that was typed but not chosen to be told', async () => {
    const typed = { name: 'แดง', contact: '0812345678' }
    const idOf = (identity: string) =>
      added(() => sendReport(office, office.newAgent(), { ...typed, identity }))
    expect((await openedBy(nid, await idOf('none'))).contact).toEqual({ name: '', contact: '' })
    expect((await openedBy(nid, await idOf('contact'))).contact).toEqual({ name: '', contact: '0812345678' })
  })

  it('is never sealed to an officer whom it concerns', async () => {
    const before = reportsOf(nid).map(({ id }) => id)
    const id = await added(() => sendReport(office, office.newAgent(), { involved: ['receiving', 'chief'] }))
    expect(reportsOf(nid).map((report) => report.id)).toEqual(before)
    expect((await openedBy(dao, id)).body.involved).toEqual(['receiving', 'chief'])
  })

  it('carries its files redrawn and renamed, and the originals only where that was chosen', async () => {
    const picture = await drawing(60, 40)
      .jpeg()
      .withMetadata({ exif: { IFD0: { Artist: 'แดง' } } })
      .toBuffer()
    const text = Buffer.from('บันทึก')
    const files = [
      { name: 'บ้านแดง.jpg', content: picture },
      { name: 'แดง.txt', content: text },
    ]
    const clean = await openedBy(nid, await added(() => sendReport(office, office.newAgent(), {}, files)))
    expect(clean.files.map(({ meta }) => meta.name).sort()).toEqual(['ไฟล์ 1.jpg', 'ไฟล์ 2.txt'])
    for (const { content } of clean.files) expect(content.equals(picture)).toBe(false)

    const both = await openedBy(
      nid,
      await added(() => sendReport(office, office.newAgent(), { original: 'yes' }, files)),
    )
    const original = both.files.find(({ meta }) => meta.isOriginal && meta.mime === 'image/jpeg')
    expect(both.files).toHaveLength(4)
    expect(original?.content.equals(picture)).toBe(true)
  })
})

describe('a form with faults', () => {
  /** Sends it, and expects that nothing is filed and everything typed comes back. */
  async function refused(fields: Record<string, string | string[]>, status = 422) {
    const before = countReports()
    const answer = await sendReport(office, office.newAgent(), fields)
    expect(answer.status).toBe(status)
    for (const [name, value] of Object.entries({ ...REPORT, ...fields })) {
      if (typeof value === 'string' && !['conduct', 'source', 'identity'].includes(name))
        expect([name, typedIn(answer, name)]).toEqual([name, value])
    }
    expect(countReports()).toBe(before)
    return answer
  }

  it('says what is missing, in the order of the page, and keeps the rest', async () => {
    const fields = { what: 'สั้น', accused: ' ', evidence: '', where: 'หมู่ "3" <ท่าน้ำ>', conduct: 'K7' }
    const answer = await refused(fields)
    expect(errorsOf(answer)).toEqual(['what', 'accused', 'evidence'])
    expect(answer.text).toContain('<option value="K7" selected>')
  })

  it('asks for the name and the contact that were chosen to be told', async () => {
    const named = await refused({ identity: 'named', involved: ['superior'] })
    expect(errorsOf(named)).toEqual(['name'])
    expect(named.text).toMatch(/value="named" checked/)
    expect(named.text).toMatch(/value="superior" checked/)
    expect(errorsOf(await refused({ identity: 'contact', name: 'แดง' }))).toEqual(['contact'])
  })

  it('is refused where it holds a whole receipt, whatever stands beside it', async () => {
    const receipt = receiptOn(await sendReport(office, office.newAgent()))
    const answer = await refused({ evidence: `ปี 2569 รหัสคือ ${receipt} 5000 บาท` })
    expect(errorsOf(answer)).toEqual(['evidence'])
    expect(wordsOf(answer)).toContain('อย่าส่งรหัสลับให้ผู้ใด')
  })

  it('says how long a text may be, and keeps all of it', async () => {
    const answer = await refused({ when: 'ก'.repeat(301) })
    expect(wordsOf(answer)).toContain('300 ตัวอักษร ขณะนี้มี 301')
  })

  it('names the file that cannot be taken, and that all have to be chosen again', async () => {
    const before = countReports()
    const files = [
      { name: 'ดี.txt', content: Buffer.from('ดี') },
      { name: 'แย่.docx', content: Buffer.from('PK\u0003\u0004') },
    ]
    const answer = await sendReport(office, office.newAgent(), { when: 'เมื่อวาน' }, files)
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['files']])
    expect(wordsOf(answer)).toContain('ไฟล์ที่ 2')
    expect(wordsOf(answer)).toContain('กรุณาเลือกไฟล์ใหม่ทั้งหมด')
    expect(typedIn(answer, 'when')).toBe('เมื่อวาน')
    expect(typedIn(answer, 'what')).toBe(REPORT.what)
    expect(countReports()).toBe(before)
  })

  it('says that files have to be chosen again also where another field is at fault', async () => {
    const files = [{ name: 'ดี.txt', content: Buffer.from('ดี') }]
    const answer = await sendReport(office, office.newAgent(), { what: 'สั้น' }, files)
    expect(errorsOf(answer)).toEqual(['what', 'files'])
  })

  it('is not taken from a program: too quick, too late, forged, or with the trap filled in', async () => {
    const before = countReports()
    const agent = office.newAgent()
    const page = await agent.get('/safe/report')
    const token = /name="token" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
    const sendWith = (fields: Record<string, string>) =>
      sendForm(agent, '/safe/report', { token, ...REPORT, ...fields })
    expect(errorsOf(await sendWith({}))).toEqual(['send'])
    office.clock.addMinutes(1)
    expect(errorsOf(await sendWith({ trap: 'x' }))).toEqual(['trap'])
    const [id = '', at = ''] = token.split('.')
    const forged = `${id}.${Number(at) + 1}${token.slice(id.length + 1 + at.length)}`
    for (const bad of ['', 'x', forged]) {
      const answer = await sendWith({ token: bad })
      expect([answer.status, errorsOf(answer)]).toEqual([422, ['send']])
      expect(typedIn(answer, 'what')).toBe(REPORT.what)
    }
    office.clock.addMinutes(12 * 60)
    const late = await sendWith({})
    expect(errorsOf(late)).toEqual(['send'])
    expect(countReports()).toBe(before)
    office.clock.addMinutes(1)
    await sendWith({ token: typedIn(late, 'token') ?? '' }).then(receiptOn)
    expect(countReports()).toBe(before + 1)
  })
})

describe('the same form sent again', () => {
  it('is one report with one receipt, side by side and for five minutes after', async () => {
    const agent = office.newAgent()
    const token = await openForm(office, agent)
    const send = () => sendForm(agent, '/safe/report', { token, ...REPORT })
    const receipts: string[] = []
    await added(async () => {
      const both = await Promise.all([send(), send()])
      receipts.push(...both.map(receiptOn))
      office.clock.addMinutes(4)
      receipts.push(receiptOn(await send()))
      office.clock.addMinutes(1)
      const late = await send()
      expect(late.status).toBe(409)
      expect(wordsOf(late)).toContain('รหัสลับแสดงไปแล้ว')
      expect(late.text).not.toContain(receipts[0])
    })
    expect(new Set(receipts).size).toBe(1)
  })

  it.each([
    ['saved', '/safe/saved', 200],
    ['left', '/safe/leave', 303],
  ])('shows no receipt any more once it was %s', async (_how, path, status) => {
    const agent = office.newAgent()
    const token = await openForm(office, agent)
    const send = () => sendForm(agent, '/safe/report', { token, ...REPORT, when: path })
    const answer = await send()
    const pressed = await agent
      .post(path)
      .type('form')
      .send({ filing: filingOn(answer) })
    expect([pressed.status, pressed.text.includes(receiptOn(answer))]).toEqual([status, false])
    if (status === 200) expect(pressed.text).toContain('http://localhost:3000/safe/mailbox')
    expect((await send()).status).toBe(409)
  })

  it('with other words is another report: nothing that was changed is lost', async () => {
    const agent = office.newAgent()
    const token = await openForm(office, agent)
    const before = countReports()
    const first = receiptOn(await sendForm(agent, '/safe/report', { token, ...REPORT }))
    const second = receiptOn(await sendForm(agent, '/safe/report', { token, ...REPORT, when: 'วันนี้' }))
    expect(first).not.toBe(second)
    expect(countReports()).toBe(before + 2)
  })
})

describe('many reports in an hour', () => {
  it('make the form ask a sum, which is not lost on who has the form open already', async () => {
    office.clock.addMinutes(61)
    const agent = office.newAgent()
    const early = await openForm(office, agent)
    expect((await agent.get('/safe/report')).text).not.toContain('name="answer"')
    for (let count = 0; count < 30; count += 1) {
      receiptOn(await sendForm(agent, '/safe/report', { token: early, ...REPORT, when: `${count}` }))
    }
    const asked = await sendForm(agent, '/safe/report', { token: early, ...REPORT })
    expect([asked.status, errorsOf(asked)]).toEqual([422, ['answer']])
    const [, a, b] = /(\d) \+ (\d) เท่ากับเท่าใด/.exec(wordsOf(asked)) ?? []
    const token = typedIn(asked, 'token') ?? ''
    office.clock.addMinutes(1)
    const sum = Number(a) + Number(b)
    const wrong = await sendForm(agent, '/safe/report', { token, ...REPORT, answer: String(sum + 1) })
    expect([wrong.status, errorsOf(wrong), typedIn(wrong, 'what')]).toEqual([422, ['answer'], REPORT.what])
    const thai = String(sum).replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[+digit] ?? '')
    receiptOn(await sendForm(agent, '/safe/report', { token, ...REPORT, answer: ` ${thai} ` }))
    office.clock.addMinutes(61)
    expect((await agent.get('/safe/report')).text).not.toContain('name="answer"')
  })
})
