import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '#platform/database.ts'
import { thaiWords } from '#platform/thai-words.ts'
import { recount } from '#statistics/recount.ts'
import { type Attachment, COMPLAINT, newForm, type Slip, send, slipOf } from '../complaints/citizen.ts'
import { drawing, tinyPdf } from '../support/upload-samples.ts'
import { type BuiltPortal, startBuilt, temporaryFolder } from './built-portal.ts'

vi.setConfig({ testTimeout: 120_000 })

interface Receipt extends Slip {
  subject: string
}

const ROUNDS = 3
const CITIZENS = 5
const MILLISECONDS = 4_500

const folder = temporaryFolder()
const receipts: Receipt[] = []
let pictures: Attachment[]
let filed = 0

beforeAll(async () => {
  const content = await drawing(200, 150).jpeg().toBuffer()
  pictures = [
    { name: 'ถนน.jpg', content },
    { name: 'ใบเสร็จ.pdf', content: tinyPdf() },
  ]
})
afterAll(() => folder.remove())

/** Files one complaint after the other, each from an address of its own, until the portal is gone. */
async function keepFiling(portal: BuiltPortal): Promise<void> {
  for (;;) {
    filed += 1
    const agent = request
      .agent(portal.url)
      .set({ 'Sec-Fetch-Site': 'same-origin', 'X-Forwarded-For': `10.0.${filed >> 8}.${filed & 255}` })
    const subject = `ไฟดับ kanari${filed}`
    try {
      const token = await newForm(agent)
      const answer = await send(agent, '/complaints', { token, ...COMPLAINT, subject }, pictures)
      receipts.push({ ...slipOf(answer), subject })
    } catch (error) {
      if (isHangUp(error)) return
      throw error
    }
  }
}

async function isShown(portal: BuiltPortal, { number, code, subject }: Receipt): Promise<boolean> {
  const agent = request.agent(portal.url).set('Sec-Fetch-Site', 'same-origin')
  const door = await agent.post('/track').type('form').send({ number, code })
  return door.status === 303 && (await agent.get('/track/case')).text.includes(subject)
}

const HANG_UPS = ['ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'EPIPE']

/** The error of the socket bears a code; the one that the test client makes of it has it in its words. */
const isHangUp = (error: unknown): boolean =>
  error instanceof Error &&
  HANG_UPS.some((code) => ('code' in error && error.code === code) || error.message.startsWith(code))

const start = () => startBuilt(folder.path, { TRUST_PROXY: '127.0.0.1' })

/** At least two receipts are shown first, or on a busy machine there would be nothing to lose. */
async function fileUntilKilled(milliseconds: number): Promise<void> {
  const portal = await start()
  const before = receipts.length
  const filing = Array.from({ length: CITIZENS }, () => keepFiling(portal))
  while (receipts.length < before + 2) await pause(20)
  await pause(milliseconds)
  portal.signal('SIGKILL')
  await portal.ended
  await Promise.all(filing)
}

describe('a portal that is killed again and again while complaints come in', () => {
  let db: Database
  const rows = <T>(sql: string): T[] => db.sqlite.prepare<[], T>(sql).all()

  beforeAll(async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await fileUntilKilled((MILLISECONDS / ROUNDS) * (0.5 + Math.random()))
    }
    console.log(`${receipts.length} receipts of ${filed} complaints before ${ROUNDS} kills`)
  }, 60_000)
  afterAll(() => db?.close())

  it('starts again, and every receipt that was shown opens its case', async () => {
    expect(receipts.length).toBeGreaterThan(ROUNDS)
    const portal = await start()
    const shown = await Promise.all(receipts.map((slip) => isShown(portal, slip)))
    portal.signal('SIGTERM')
    expect((await portal.ended).code).toBe(0)
    expect(receipts.filter((_, index) => !shown[index])).toEqual([])
    db = openDatabase(join(folder.path, 'portal.sqlite'), 'portal')
  })

  it('has doubled no number, and left the database whole', () => {
    expect(new Set(receipts.map(({ number }) => number)).size).toBe(receipts.length)
    const [numbers] = rows<{ all: number; last: number; different: number }>(
      'select count(*) as "all", max(seq) as last, count(distinct fiscal_year || seq) as different from cases',
    )
    expect(numbers?.different).toBe(numbers?.all)
    expect(numbers?.last).toBe(numbers?.all)
    expect(rows('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(rows('pragma foreign_key_check')).toEqual([])
  })

  it('holds whole cases only: contact, clock, event, audit line, search words', () => {
    const whole = rows<Record<string, number>>(
      `select c.id,
        (select count(*) from case_contacts where case_id = c.id) as contacts,
        (select count(*) from case_clocks where case_id = c.id) as clocks, (select count(*) from clock_events where case_id = c.id) as clockEvents, (select count(*) from letters where case_id = c.id) as letters,
        (select count(*) from case_events where case_id = c.id and type = 'submitted') as events,
        (select count(*) from audit_lines where subject = 'case:' || c.id) as lines,
        (select count(*) from case_trigrams where rowid = c.id) as trigrams
        from cases c`,
    )
    const one = { contacts: 1, clocks: 2, clockEvents: 2, letters: 1, events: 1, lines: 1, trigrams: 1 }
    expect(whole.filter(({ id: _, ...counts }) => JSON.stringify(counts) !== JSON.stringify(one))).toEqual([])
    const find = db.sqlite.prepare<[string], number>('select rowid from case_words where case_words match ?')
    for (const { id, subject } of rows<{ id: number; subject: string }>('select id, subject from cases')) {
      expect(find.pluck().all(`"${thaiWords(subject).join(' ')}"`)).toEqual([id])
    }
  })

  it('has the file of every line that names one, and both files of every complaint', () => {
    const lines = rows<{ name: string; bytes: number }>(
      `select stored_name as name, bytes from case_files
        union all select stored_name, bytes from draft_files`,
    )
    for (const { name, bytes } of lines) {
      expect(statSync(join(folder.path, 'files', name.slice(0, 2), name)).size).toBe(bytes)
    }
    const perCase = rows('select case_id from case_files group by case_id having count(*) <> 2')
    expect(perCase).toEqual([])
    expect(rows('select id from cases where id not in (select case_id from case_files)')).toEqual([])
  })

  it('has totals that are what the cases add up to', () => {
    expect(recount(db)).toEqual([])
    const units = rows<{ n: number }>('select sum(count) as n from unit_totals')
    expect(units).toEqual(rows('select count(*) as n from cases'))
  })
})
