import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withCheckDigit } from '#domain/receipt-code.ts'
import { SEALED_STATUSES } from '#domain/sealed-status.ts'
import {
  changeReport,
  deleteReport,
  findContact,
  findReport,
  listContactKeys,
  listFiles,
  listMessages,
} from '#sealed/report-store.ts'
import { openCaseKeys, openContact, openContactKey, openMessage, storeMessage } from '#sealed/seal.ts'
import { errorsOf, post, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { type Filed, fileReport, openTestChannel, type TestChannel, unlock } from './channel.ts'
import { openMailboxOf, sendForm, wordsOf } from './reporter.ts'

let office: TestPortal
let channel: TestChannel
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

const WHAT = 'กรรมการตรวจรับถนนทั้งที่หนาไม่ถึงแบบ'
const cookiesOf = (answer: Response): string[] => [answer.headers['set-cookie'] ?? []].flat()
const tokenOf = (answer: Response): string => /safe=([^;]+)/.exec(`${cookiesOf(answer)}`)?.[1] ?? ''

async function visitorOf(filed?: Filed): Promise<{ agent: TestAgent; reportId: string; receipt: string }> {
  const { reportId, receipt } = filed ?? (await fileReport(office))
  const { agent, answer } = await openMailboxOf(office, receipt)
  expect(answer.status).toBe(303)
  return { agent, reportId, receipt }
}

function change(reportId: string, changes: Parameters<typeof changeReport>[2]): void {
  const report = findReport(channel.sealed.db, reportId)
  if (report) changeReport(channel.sealed.db, report, changes)
}

function officerWrites(reportId: string, text: string): void {
  const { sealed } = channel
  const report = findReport(sealed.db, reportId)
  if (report) storeMessage(sealed, report, 'out', { kind: 'answer', day: sealed.today(), text })
}

const countMessages = (reportId: string): number => listMessages(channel.sealed.db, reportId).length

describe('the door', () => {
  it('opens to the receipt however it is typed, with a cookie that ends with the browser', async () => {
    const { receipt } = await fileReport(office)
    const groups = receipt.replace(/(\d{5})(?=\d)/g, '$1 ')
    const thai = groups.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[+digit] ?? '')
    for (const typed of [
      receipt,
      groups,
      thai,
      ` ${groups.replaceAll(' ', '-')}\n`,
      groups.replace(' ', ' – '),
    ]) {
      const { answer } = await openMailboxOf(office, typed)
      expect([typed, answer.status, answer.headers.location]).toEqual([typed, 303, '/safe/mailbox'])
      expect(cookiesOf(answer).map((cookie) => cookie.replace(/=[^;]*/, ''))).toEqual([
        'safe; Path=/safe; HttpOnly; SameSite=Strict',
        'safe; Path=/en/safe; HttpOnly; SameSite=Strict',
      ])
      expect(tokenOf(answer)).toHaveLength(43)
      expect(`${answer.text}${JSON.stringify(answer.headers)}`).not.toContain(receipt)
    }
  })

  it('gives one and the same answer to what is unknown, mistyped, destroyed or no receipt at all', async () => {
    const gone = await fileReport(office)
    deleteReport(channel.sealed.db, gone.reportId)
    const known = (await fileReport(office)).receipt
    const mistyped = known.replace(/^./, (digit) => String((Number(digit) + 1) % 10))
    const typed = [
      gone.receipt,
      withCheckDigit('7'.repeat(24)),
      mistyped,
      '',
      '12345',
      '<b>',
      'x'.repeat(5_000),
    ]
    const answers = await Promise.all(typed.map((receipt) => openMailboxOf(office, receipt)))
    const seen = answers.map(({ answer: { status, text, headers } }) => {
      const { date, ...rest } = headers
      return JSON.stringify([status, text, rest])
    })
    expect(new Set(seen).size).toBe(1)
    expect(answers[0]?.answer.status).toBe(422)
    expect(wordsOf(answers[0]?.answer as Response)).toContain('ไม่พบเรื่องตามรหัสนี้')
    expect(answers.flatMap(({ answer }) => cookiesOf(answer))).toEqual([])
  })

  it('takes no form that another site sent, nor one that tells nothing of where it comes from', async () => {
    const { receipt } = await fileReport(office)
    for (const headers of [{ 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': '' }]) {
      const asked = office.newAgent().post('/safe/mailbox').set(headers).type('form')
      if (headers['Sec-Fetch-Site'] === '') asked.unset('Sec-Fetch-Site')
      const answer = await asked.send({ receipt })
      expect([answer.status, cookiesOf(answer)]).toEqual([403, []])
    }
  })

  it('holds wrong guesses back after sixty in an hour, side by side as well', async () => {
    const { wrongGuesses } = channel.sealed
    const guess = (n: number) => openMailboxOf(office, withCheckDigit(String(n).padStart(24, '8')))
    const timed = async (work: () => Promise<unknown>) => {
      const from = performance.now()
      await work()
      return performance.now() - from
    }
    const before = wrongGuesses.count()
    await guess(1)
    expect(wrongGuesses.count()).toBe(before + 1)
    await openMailboxOf(office, '1234')
    expect(wrongGuesses.count()).toBe(before + 1)
    while (wrongGuesses.count() < 62) wrongGuesses.add()
    // Three quarters of a second, then one, one and a quarter.
    expect(await timed(() => Promise.all([guess(2), guess(3), guess(4)]))).toBeGreaterThan(3_000)
    const { receipt } = await fileReport(office)
    expect((await openMailboxOf(office, receipt)).answer.status).toBe(303)
    office.clock.addMinutes(61)
    expect(wrongGuesses.count()).toBe(0)
  })
})

describe('the mailbox', () => {
  it('shows the status, what comes next and what officers wrote, newest first, in both languages', async () => {
    const { agent, reportId } = await visitorOf()
    const fresh = wordsOf(await agent.get('/safe/mailbox'))
    expect(fresh).toContain('ได้รับเรื่องแล้ว')
    expect(fresh).toContain('ภายใน 3 วันทำการ')
    expect(fresh).toContain('ยังไม่มีข้อความ')
    officerWrites(reportId, 'โครงการชื่ออะไร')
    officerWrites(reportId, 'มีภาพป้าย <b> หรือไม่')
    change(reportId, { status: 'need_info' })
    const asked = wordsOf(await agent.get('/safe/mailbox'))
    expect(asked).toContain('รอข้อมูลเพิ่มเติมจากท่าน')
    expect(asked).toMatch(/มีภาพป้าย &lt;b&gt; หรือไม่.*โครงการชื่ออะไร/)
    const english = await agent.get('/en/safe/mailbox')
    expect(wordsOf(english)).toContain('Waiting for more information from you')
    expect(wordsOf(english)).toContain('16 November 2026')
    expect(cookiesOf(english)).toEqual([])
    change(reportId, { status: 'closed', destroyOn: '2027-02-14' })
    expect(wordsOf(await agent.get('/safe/mailbox'))).toContain('ถูกทำลายหลังวันที่ 14 กุมภาพันธ์ 2570')
  })

  it('has words for every status', async () => {
    const { agent, reportId } = await visitorOf()
    const seen: string[] = []
    for (const status of SEALED_STATUSES) {
      change(reportId, { status })
      for (const prefix of ['', '/en']) {
        const answer = await agent.get(`${prefix}/safe/mailbox`)
        seen.push(/sg-now__status[^>]*>([^<]+)/.exec(answer.text)?.[1] ?? '')
      }
    }
    expect(new Set(seen).size).toBe(2 * SEALED_STATUSES.length)
  })

  it('never shows the report, its files or what was sent later, under any address', async () => {
    const { agent, reportId } = await visitorOf(await fileReport(office, { what: WHAT }))
    await sendForm(agent, '/safe/mailbox/reply', { text: 'ถนนสาย 4' })
    const pages = [
      '',
      '/sent',
      '/erased',
      '/erase',
      `/${reportId}`,
      '/report',
      '/files',
      `/files/${reportId}`,
    ]
    for (const page of pages) {
      const answer = await agent.get(`/safe/mailbox${page}`)
      expect([page, answer.text.includes(WHAT), answer.text.includes('ถนนสาย 4')]).toEqual([
        page,
        false,
        false,
      ])
      expect(answer.text).not.toContain(reportId)
    }
  })

  it('takes an answer with files, sealed to the officers, and goes on with the case', async () => {
    const { agent, reportId } = await visitorOf()
    change(reportId, { status: 'need_info' })
    const file = { name: 'แดง.txt', content: Buffer.from('บันทึก') }
    const answer = await sendForm(agent, '/safe/mailbox/reply', { text: 'ถนนสาย 4', original: 'yes' }, [file])
    expect([answer.status, answer.headers.location]).toEqual([303, '/safe/mailbox/sent'])
    const sent = wordsOf(await agent.get('/safe/mailbox/sent'))
    expect(sent).toContain('ส่งแล้ว')
    expect(sent).toContain('อยู่ระหว่างตรวจสอบเบื้องต้น')
    expect(listFiles(channel.sealed.db, reportId)).toHaveLength(2)
    const nid = await unlock(office, channel.officers.nid)
    const report = findReport(channel.sealed.db, reportId)
    if (!report) throw new Error('no report')
    const keys = openCaseKeys(channel.sealed, nid.officerId, nid.keys, report)
    const bodies = listMessages(channel.sealed.db, reportId).map((row) => openMessage(keys, row))
    expect(bodies.at(-1)).toEqual({ kind: 'reply', day: channel.sealed.today(), text: 'ถนนสาย 4' })
  })

  it('takes the same answer once, and answers sent twice alike', async () => {
    const { agent, reportId } = await visitorOf()
    const token = typedIn(await agent.get('/safe/mailbox'), 'token') ?? ''
    const send = () => sendForm(agent, '/safe/mailbox/reply', { token, text: 'ถนนสาย 4' })
    const both = await Promise.all([send(), send()])
    both.push(await send())
    expect(both.map(({ headers }) => headers.location)).toEqual(Array(3).fill('/safe/mailbox/sent'))
    expect(countMessages(reportId)).toBe(2)
  })

  it('gives a faulty answer back, with everything typed', async () => {
    const { agent, reportId, receipt } = await visitorOf()
    const send = (text: string, files: { name: string; content: Buffer }[] = []) =>
      sendForm(agent, '/safe/mailbox/reply', { text }, files)
    const docx = { name: 'แย่.docx', content: Buffer.from('PK\u0003\u0004') }
    expect(errorsOf(await send('  '))).toEqual(['text'])
    expect(errorsOf(await send(`รหัส ${receipt}`))).toEqual(['text'])
    const refused = await send('ดูไฟล์นี้', [docx])
    expect([refused.status, errorsOf(refused), typedIn(refused, 'text')]).toEqual([422, ['files'], 'ดูไฟล์นี้'])
    const long = await send('ก'.repeat(20_001))
    expect([errorsOf(long), typedIn(long, 'text')?.length]).toEqual([['text'], 20_001])
    expect(countMessages(reportId)).toBe(1)
  })

  it('erases the contact after a second press, and works on', async () => {
    const contact = { name: 'แดง', contact: '0812345678' }
    const { agent, reportId } = await visitorOf(await fileReport(office, { identity: 'named' }, contact))
    const { sealed, officers } = channel
    const nid = await unlock(office, officers.nid)
    const read = () => {
      const key = openContactKey(sealed, nid.officerId, nid.keys, reportId)
      const blob = findContact(sealed.db, reportId)
      return key && blob && openContact(key, reportId, blob)
    }
    expect(read()).toEqual(contact)
    const asked = await agent.get('/safe/mailbox/erase')
    expect(wordsOf(asked)).toContain('ลบถาวร')
    expect(read()).toEqual(contact)
    const done = await post(agent, '/safe/mailbox/erase')
    expect(done.headers.location).toBe('/safe/mailbox/erased')
    expect(wordsOf(await agent.get('/safe/mailbox/erased'))).toContain('ลบแล้ว')
    expect(read()).toEqual({ name: '', contact: '' })
    expect(listContactKeys(sealed.db, reportId)).toHaveLength(2)
  })

  it('shows nothing of messages that somebody changed in the database, and says so', async () => {
    const one = await visitorOf()
    const other = await visitorOf()
    officerWrites(one.reportId, 'ถึงคนแรก')
    officerWrites(other.reportId, 'ถึงคนที่สอง')
    const { sqlite } = channel.sealed.db
    const bodyOf = (id: string) =>
      sqlite.prepare("select body from messages where report_id = ? and direction = 'out'").pluck().get(id)
    const [first, second] = [bodyOf(one.reportId), bodyOf(other.reportId)]
    const put = sqlite.prepare("update messages set body = ? where report_id = ? and direction = 'out'")
    put.run(second, one.reportId)
    const answer = await one.agent.get('/safe/mailbox')
    put.run(first, one.reportId)
    expect(answer.status).toBe(200)
    expect(wordsOf(answer)).toContain('เสียหาย')
    expect(answer.text).not.toContain('ถึงคน')
  })
})

describe('a visit', () => {
  const isOpenTo = async (agent: TestAgent) => (await agent.get('/safe/mailbox')).text.includes('name="text"')

  it('ends after fifteen minutes without use, and after an hour at most', async () => {
    const { agent } = await visitorOf()
    office.clock.addMinutes(14)
    expect(await isOpenTo(agent)).toBe(true)
    office.clock.addMinutes(15)
    expect(await isOpenTo(agent)).toBe(false)
    const busy = (await visitorOf()).agent
    for (let minutes = 0; minutes < 55; minutes += 11) {
      expect(await isOpenTo(busy)).toBe(true)
      office.clock.addMinutes(11)
    }
    expect(await isOpenTo(busy)).toBe(true)
    office.clock.addMinutes(5)
    expect(await isOpenTo(busy)).toBe(false)
  })

  it('that has ended gives the typed text back, to be copied', async () => {
    const { agent, reportId } = await visitorOf()
    office.clock.addMinutes(16)
    const text = 'ถนนสาย 4\n<หมู่ 3>'
    const file = { name: 'แดง.txt', content: Buffer.from('บันทึก') }
    const answer = await sendForm(agent, '/safe/mailbox/reply', { text }, [file])
    expect(answer.status).toBe(403)
    expect(wordsOf(answer)).toContain('กล่องข้อความปิดแล้ว')
    expect(answer.text).toContain('readonly autocomplete="off" spellcheck="false">\nถนนสาย 4\n&lt;หมู่ 3&gt;<')
    expect(answer.text).toContain('name="receipt"')
    expect(countMessages(reportId)).toBe(1)
    expect((await post(agent, '/safe/mailbox/erase')).status).toBe(403)
    for (const page of ['/sent', '/erased', '/erase']) {
      expect((await agent.get(`/safe/mailbox${page}`)).headers.location).toBe('/safe/mailbox')
    }
  })

  it('ends when the report is destroyed meanwhile', async () => {
    const { agent, reportId } = await visitorOf()
    deleteReport(channel.sealed.db, reportId)
    expect(await isOpenTo(agent)).toBe(false)
    const answer = await sendForm(agent, '/safe/mailbox/reply', { text: 'ถนนสาย 4' })
    expect([answer.status, answer.text.includes('ถนนสาย 4')]).toEqual([403, true])
  })

  it('is ended by leaving, on the server as well', async () => {
    const { receipt } = await fileReport(office)
    const { agent, answer } = await openMailboxOf(office, receipt)
    const token = tokenOf(answer)
    const copy = office.newAgent().set('Cookie', `safe=${token}`)
    expect(await isOpenTo(copy)).toBe(true)
    const left = await post(agent, '/en/safe/leave')
    expect([left.status, left.headers.location]).toEqual([303, 'https://www.tmd.go.th/'])
    expect(left.headers['clear-site-data']).toBe('"cache", "cookies", "storage"')
    expect(cookiesOf(left)).toHaveLength(2)
    for (const cookie of cookiesOf(left)) expect(cookie).toContain('Max-Age=0')
    expect(await isOpenTo(copy)).toBe(false)
    expect(await isOpenTo(agent)).toBe(false)
  })

  it('does not survive a restart', async () => {
    const other = await startTestPortal()
    await openTestChannel(other)
    const { receipt } = await fileReport(other)
    const { answer } = await openMailboxOf(other, receipt)
    const restarted = await other.restart()
    const agent = restarted.newAgent().set('Cookie', `safe=${tokenOf(answer)}`)
    expect(await isOpenTo(agent)).toBe(false)
    expect((await openMailboxOf(restarted, receipt)).answer.status).toBe(303)
    await restarted.close()
  })
})
