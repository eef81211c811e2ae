import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Response } from 'supertest'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '#domain/errors.ts'
import { deriveReceipt } from '#sealed/crypto/derive.ts'
import { changeOfficer } from '#sealed/officer-store.ts'
import { portOf } from '../security/raw-http.ts'
import { errorsOf, typedIn } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import {
  type ChosenFile,
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
let before: unknown
beforeAll(async () => {
  office = await startTestPortal()
  channel = await openTestChannel(office)
})
afterAll(() => office.close())
beforeEach(() => {
  before = stored()
})

const FILE: ChosenFile = { name: 'บันทึก.txt', content: Buffer.from('บันทึกการประชุม') }
const NUMBERS = ['1205', '1206', '1567', '1111', '1676']

/** Every row of the sealed database and every file beside it. */
function stored(): unknown {
  const { sqlite } = channel.sealed.db
  const tables = sqlite
    .prepare("select name from sqlite_master where type = 'table'")
    .pluck()
    .all() as string[]
  const rows = tables.map((name) => [name, sqlite.prepare(`select count(*) from "${name}"`).pluck().get()])
  const blobs = readdirSync(join(office.dataDir, 'sealed/files'), { recursive: true, encoding: 'utf8' })
  return { rows, files: blobs.filter((path) => path.includes('/')).sort() }
}

/** Nothing was stored, everything typed is there again, and there is somebody else to turn to. */
function expectUntaken(answer: Response, status: number, title: string): void {
  expect(answer.status).toBe(status)
  expect(stored()).toEqual(before)
  for (const [name, value] of Object.entries(REPORT)) expect(typedIn(answer, name)).toBe(value)
  expect(wordsOf(answer)).toContain(title)
  for (const number of NUMBERS) expect(answer.text).toContain(`href="tel:${number}"`)
  expect(answer.headers['cache-control']).toBe('no-store')
}

/** Breaks the storing of reports for the time of the work. */
async function whileBroken<T>(table: string, work: () => Promise<T>): Promise<T> {
  const { sqlite } = channel.sealed.db
  sqlite.exec(`create trigger broken before insert on ${table} begin select raise(abort, 'broken'); end`)
  try {
    return await work()
  } finally {
    sqlite.exec('drop trigger broken')
  }
}

/** Keeps the derivation of receipts occupied, and its queue full, for the time of the work. */
async function whileBusy<T>(purpose: 'report' | 'guess', work: () => Promise<T>): Promise<T> {
  const salt = Buffer.alloc(16)
  const turns = Array.from({ length: 25 }, () =>
    deriveReceipt('1', salt, salt, purpose).catch((error: unknown) => error),
  )
  const outcome = await work()
  const last = await Promise.all(turns)
  expect(last.some((one) => one instanceof AppError && one.code === 'busy')).toBe(true)
  return outcome
}

describe('a report that cannot be sealed', () => {
  it.each(['reports', 'report_keys', 'messages', 'files', 'contacts'])(
    'leaves nothing behind when storing breaks at %s, and the same form can be sent again',
    async (table) => {
      const agent = office.newAgent()
      const fields = { token: await openForm(office, agent), ...REPORT, when: table }
      const send = () => sendForm(agent, '/safe/report', fields, [FILE])
      const answer = await whileBroken(table, send)
      expectUntaken(answer, 500, 'ระบบขัดข้อง จึงยังไม่ได้ส่ง')
      expect(errorsOf(answer)).toEqual(['files'])
      expect(answer.text).not.toContain('broken')
      receiptOn(await send())
    },
  )

  it('waits for better times when too many derive keys at once', async () => {
    const answer = await whileBusy('report', () => sendReport(office, office.newAgent()))
    expectUntaken(answer, 503, 'มีผู้ใช้พร้อมกันจำนวนมาก')
  })

  it('is not taken when it concerns everybody, and is pointed elsewhere', async () => {
    const { dao } = channel.officers
    changeOfficer(channel.sealed.db, dao.id, { isChief: true })
    const involved = ['receiving', 'superior', 'chief']
    const answer = await sendReport(office, office.newAgent(), { involved }, [FILE])
    changeOfficer(channel.sealed.db, dao.id, { isChief: false })
    expectUntaken(answer, 409, 'เรื่องนี้เกี่ยวข้องกับผู้รับเรื่องทุกคน')
    expect(wordsOf(answer)).toContain('นายอำเภอ')
    expect(answer.text.match(/name="involved"[^>]*checked/g)).toHaveLength(3)
  })

  it('is not taken when the last officer left while it was being written', async () => {
    const agent = office.newAgent()
    const token = await openForm(office, agent)
    const { officers, sealed } = channel
    const grants = Object.values(officers).map(({ id, row }) => [id, row().grantedAt] as const)
    for (const [id] of grants) changeOfficer(sealed.db, id, { grantedAt: null })
    const answer = await sendForm(agent, '/safe/report', { token, ...REPORT }, [FILE])
    const pages = ['/safe', '/safe/report', '/en/safe', '/en/safe/report']
    const closed = await Promise.all(pages.map((path) => office.newAgent().get(path)))
    const door = await office.newAgent().get('/safe/mailbox')
    for (const [id, grantedAt] of grants) changeOfficer(sealed.db, id, { grantedAt })
    expectUntaken(answer, 503, 'ช่องทางนี้ปิดรับเรื่องอยู่')
    for (const page of closed) {
      expect(page.status).toBe(503)
      for (const number of NUMBERS) expect(page.text).toContain(`href="tel:${number}"`)
    }
    expect(closed[0]?.text).toContain('โปรดอย่าใช้แบบแจ้งเรื่องร้องเรียนทั่วไป')
    expect(door.status).toBe(200)
  })
})

describe('a form that comes while many others are being sent', () => {
  it('is not read with its files, and keeps everything typed', async () => {
    const head = [
      'POST /safe/report HTTP/1.1',
      'Host: localhost',
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 1000',
      ...['', '--x'],
    ]
    const slow = Array.from({ length: 60 }, () => connect(portOf(office), '127.0.0.1'))
    for (const socket of slow) socket.write(head.join('\r\n'))
    await setTimeout(500)
    const answer = await sendReport(office, office.newAgent(), {}, [FILE])
    for (const socket of slow) socket.destroy()
    expectUntaken(answer, 503, 'มีผู้ใช้พร้อมกันจำนวนมาก')
    await setTimeout(200)
    receiptOn(await sendReport(office, office.newAgent(), {}, [FILE]))
  })
})

describe('a form whose files are too large', () => {
  it('keeps everything typed, and says so', async () => {
    const files = Array.from({ length: 5 }, (_, n) => ({
      name: `${n}.jpg`,
      content: Buffer.alloc(9_000_000),
    }))
    const answer = await sendReport(office, office.newAgent(), { when: 'เมื่อวาน' }, files)
    expect([answer.status, errorsOf(answer)]).toEqual([422, ['files']])
    expect(wordsOf(answer)).toContain('รวมกันเกิน 40 MB')
    for (const [name, value] of Object.entries({ ...REPORT, when: 'เมื่อวาน' })) {
      expect(typedIn(answer, name)).toBe(value)
    }
    expect(stored()).toEqual(before)
  })
})

describe('a message in the mailbox', () => {
  it('comes back whole when storing breaks, leaves no file, and can be sent again', async () => {
    const { agent } = await openMailboxOf(office, (await fileReport(office)).receipt)
    before = stored()
    const send = () => sendForm(agent, '/safe/mailbox/reply', { text: 'ถนนสาย 4' }, [FILE])
    const answer = await whileBroken('messages', send)
    expect(answer.status).toBe(500)
    expect(typedIn(answer, 'text')).toBe('ถนนสาย 4')
    expect(wordsOf(answer)).toContain('ระบบขัดข้อง')
    expect(stored()).toEqual(before)
    expect((await send()).headers.location).toBe('/safe/mailbox/sent')
  })
})

describe('the door of the mailbox', () => {
  it('asks to wait when too many guess at once', async () => {
    const { receipt } = await fileReport(office)
    const { answer } = await whileBusy('guess', () => openMailboxOf(office, receipt))
    expect([answer.status, answer.headers['set-cookie']]).toEqual([503, undefined])
    expect(wordsOf(answer)).toContain('รอประมาณหนึ่งนาที')
    expect(answer.text).not.toContain(receipt)
  })
})
