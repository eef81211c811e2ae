import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stopUrl } from '#mail/mailbox.ts'
import { recount } from '#statistics/recount.ts'
import { COMPLAINT, newForm, send, slipOf, track, wordsOf } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { post, typedIn } from '../support/forms.ts'
import { drawing } from '../support/upload-samples.ts'
import {
  eventfulCase,
  MARKS,
  type MoveOffice,
  marksLeft,
  move,
  numberOf,
  openMoveOffice,
  sendMails,
  traces,
} from './confidential-office.ts'
import { fileCase, type TestCase } from './desk.ts'
import { letterIn } from './explanations.ts'

let office: MoveOffice
let moved: TestCase
/** Another case of the same officer, told in the same mails. */
let neighbour: TestCase
/** What there was of the case before it was moved. */
let before: {
  marks: string[]
  figures: unknown
  fileIds: string[]
  letterId: string
  clocks: unknown[]
  events: number
  digests: { subject: string; body: string }[]
}

const query = <T>(sql: string, ...values: unknown[]): T[] =>
  office.portal.db.sqlite.prepare<unknown[], T>(sql).all(...values)
const figures = async () => (await office.agent.get('/statistics/2570.json')).body
const CLOCKS =
  'select case_id, duty, round, started_on, due_on, promised_on, breached_at from case_clocks order by id'
const DIGESTS = "select subject, body from outbox where kind = 'digest' and state = 'sent' order by id"

beforeAll(async () => {
  office = await openMoveOffice()
  neighbour = fileCase(office, { subject: 'ไฟดับซอยข้างเคียง' })
  moved = await eventfulCase(office)
  before = {
    marks: marksLeft(office).map(([mark]) => mark),
    figures: await figures(),
    fileIds: query<{ id: string }>('select id from case_files where case_id = ?', moved.id).map(
      ({ id }) => id,
    ),
    letterId: letterIn(office, moved, 'result').publicId,
    clocks: query(CLOCKS),
    events: query('select 1 from clock_events where case_id = ?', neighbour.id).length,
    digests: query(DIGESTS),
  }
  const answer = await move(await office.enter('nid'), moved, { excluded: ['receiving'] })
  expect(answer.status).toBe(303)
})
afterAll(() => office.close())

describe('before a case is moved', () => {
  it('every mark of it lies in the data folder, or this test would find nothing in any case', () => {
    expect(before.marks).toEqual(Object.values(MARKS))
    expect(before.digests.some(({ body }) => body.includes(MARKS.subject))).toBe(true)
  })
})

describe('what goes to the confidential register', () => {
  it('is everything that the office knew, in words, with the complainant apart and the files as they were', () => {
    const [sealed] = office.register.received
    expect(office.register.received).toHaveLength(1)
    const { name, phone, email, address } = MARKS
    expect(sealed?.contact).toEqual({ name, phone, email, address })
    expect(sealed?.files.map(({ name, mime }) => [name, mime])).toEqual([
      [`${MARKS.fileName}.png`, 'image/png'],
    ])
    expect(sealed?.files[0]?.content.toString()).toBe(`${MARKS.file} `.repeat(500))
    for (const [key, mark] of Object.entries(MARKS)) {
      // Who it was is sealed apart from what it was about.
      const isApart = ['name', 'phone', 'email', 'address', 'file'].includes(key)
      expect([key, sealed?.text.includes(mark)]).toEqual([key, !isApart])
    }
    expect(sealed?.text).toContain(numberOf(moved))
    expect(sealed?.text).toContain('kanariincoming')
    expect(sealed?.text).toContain('สถานะก่อนย้าย: กำลังดำเนินการ')
    expect(sealed?.text).toContain('กองช่าง')
    expect(sealed?.text).toContain('รออนุมัติ ยังไม่ได้ส่ง')
    expect(sealed?.excluded).toEqual(['receiving'])
  })
})

describe('what stays on the general side', () => {
  it('is not a mark of it: in no table, log, index or file, in no code', () => {
    expect(marksLeft(office)).toEqual([])
    for (const mark of ['kanariincoming', 'kanarisource']) expect(traces(office.dataDir, mark)).toEqual([])
  })

  it('is a tombstone: number, tracking code, day of receipt, and that it was moved', () => {
    const { trackingHash, submissionKey, ...row } = moved.row()
    expect(trackingHash).toMatch(/^[0-9a-f]{64}$/)
    expect(submissionKey).not.toBe('')
    const filled = Object.entries(row).filter(
      ([, value]) => value !== null && value !== '' && value !== false,
    )
    expect(Object.fromEntries(filled)).toEqual({
      ...{ id: moved.id, fiscalYear: 2570, seq: 2, status: 'moved', rev: row.rev, restricted: true },
      ...{ kind: 'complaint', categoryCode: 'X9', categoryGroup: 'X', channel: 'other', language: 'th' },
      ...{ receivedOn: '2026-11-16', receivedAt: new Date('2026-11-15T17:00:00Z') },
      ...{ recordedAt: new Date('2026-11-15T17:00:00Z'), updatedAt: row.updatedAt },
      ...{ privacyVersion: row.privacyVersion, queueOn: '2026-12-16' },
    })
  })

  it('is in every table that knows cases nothing else, but its clocks and the visits of its complainant', () => {
    const tables = query<{ name: string }>(
      `select m.name from sqlite_master m join pragma_table_info(m.name) c on c.name = 'case_id' where m.type = 'table'`,
    )
    expect(tables.length).toBeGreaterThan(8)
    const kept = tables
      .map(({ name }) => name)
      .filter((name) => query(`select 1 from ${name} where case_id = ?`, moved.id).length > 0)
    expect(kept.sort()).toEqual(['case_clocks', 'case_moves'])
    expect(query('select 1 from letter_deliveries where letter_id not in (select id from letters)')).toEqual(
      [],
    )
    const [left] = query<object>('select * from case_moves')
    expect(left).toMatchObject({
      state: 'done',
      token: null,
      excluded: null,
      before: null,
      blobs: null,
      permit: null,
    })
  })

  it('is of its clocks every date and every verdict, and that a date was missed', () => {
    expect(query(CLOCKS)).toEqual(before.clocks)
    const verdicts = query<object>(
      `select duty, round, verdict, aside_reason as aside from case_clocks where case_id = ? order by duty, round`,
      moved.id,
    )
    expect(verdicts).toEqual([
      { duty: 'acknowledge', round: 1, verdict: 'met', aside: null },
      { duty: 'resolve', round: 1, verdict: 'met', aside: null },
      { duty: 'resolve', round: 2, verdict: 'void', aside: null },
    ])
  })

  it('is of the audit trail who did what and when, without what it was before and after', () => {
    const lines = query<{ action: string; actor_name: string; before: string | null; after: string | null }>(
      'select action, actor_name, before, after from audit_lines where subject = ?',
      `case:${moved.id}`,
    )
    expect(lines.length).toBeGreaterThan(15)
    expect(lines.filter((line) => line.before !== null || line.after !== null)).toEqual([])
    expect(lines).toContainEqual({
      action: 'case.conclude',
      actor_name: 'ชัย ช่างโยธา',
      before: null,
      after: null,
    })
    expect(lines.filter(({ action }) => action === 'case.move_confidential')).toHaveLength(1)
  })

  it('is in no general figure, and every figure still is what the cases add up to', async () => {
    const after = await figures()
    const { year } = before.figures as { year: { received: number; inProgress: number } }
    expect(year).toMatchObject({ received: 2, inProgress: 2 })
    expect(after.year).toEqual({ ...year, received: 1, inProgress: 1 })
    expect(recount(office.portal.db)).toEqual([])
    expect(query('select * from month_totals where received = 0 and finished = 0')).toEqual([])
    const units = query<{ n: number }>("select count(*) as n from cases where status <> 'moved'")
    expect(query('select sum(count) as n from unit_totals')).toEqual(units)
    for (const totals of ['unit_totals', 'figure_totals', 'days_totals', 'timeliness_totals'])
      expect(query(`select * from ${totals} where count = 0`)).toEqual([])
    const csv = (await office.agent.get('/statistics/2570.csv')).text
    expect(csv).toContain('2570,ทั้งปีงบประมาณ,complaint,รวม,0,1,0,1')
    expect(after.definitions.moved).toContain('ไม่นับในหน้านี้')
  })

  it('leaves every other case as it was, also where both were told in one mail', async () => {
    expect(neighbour.row().subject).toBe('ไฟดับซอยข้างเคียง')
    const agent = await office.enter('nid')
    expect((await agent.get('/staff?q=ข้างเคียง')).text).toContain(neighbour.address)
    expect((await agent.get(neighbour.address)).status).toBe(200)
    expect(query('select 1 from clock_events where case_id = ?', neighbour.id)).toHaveLength(before.events)
    const digests = query<{ subject: string; body: string }>(DIGESTS)
    expect(digests.map(({ subject }) => subject)).toEqual(before.digests.map(({ subject }) => subject))
    const untouched = (bodies: { body: string }[]) =>
      bodies.filter(({ body }) => body !== '' && !body.includes(MARKS.subject))
    expect(untouched(digests)).toEqual(untouched(before.digests))
  })
})

describe('whoever looks for the case afterwards', () => {
  it('finds it by no word, in no list and in no count', async () => {
    for (const name of ['nid', 'dao', 'chai', 'malee', 'wit', 'nayok'] as const) {
      const agent = await office.enter(name)
      for (const word of [MARKS.subject, MARKS.detail, MARKS.name, MARKS.phone, 'สงสัย', 'ใช้งบผิด']) {
        const found = await agent.get('/staff').query({ q: word })
        expect([name, word, found.text.includes(moved.address)]).toEqual([name, word, false])
      }
      for (const view of ['all', 'open', 'mine', 'unit', 'over', 'late', 'explain', 'reopen']) {
        const list = await agent.get(`/staff?view=${view}`)
        expect([name, view, list.text.includes(moved.address)]).toEqual([name, view, false])
      }
      const all = await agent.get('/staff?view=all')
      const listed = [...all.text.matchAll(/class="govuk-link sg-queue__link"/g)].length
      const count = /sg-count">([\d,]+)/.exec(all.text)?.[1] ?? '0'
      expect([name, Number(count)]).toEqual([name, listed])
      expect((await agent.get('/staff?view=all&status=moved')).text).not.toContain(moved.address)
      expect((await agent.get('/staff/notices')).text).not.toContain(MARKS.urge)
    }
  })

  it('is told by its number that it was moved, where they answer for every unit; else that there is no such case', async () => {
    for (const [name, isTold] of [
      ...[['nid', true] as const, ['dao', true] as const, ['wit', true] as const, ['nayok', true] as const],
      ...[['chai', false] as const, ['malee', false] as const, ['somsri', false] as const],
    ]) {
      const agent = await office.enter(name)
      const found = await agent.get('/staff').query({ q: numberOf(moved) })
      expect([name, found.status]).toEqual([name, isTold ? 303 : 404])
      const page = await agent.get(moved.address)
      expect([name, page.status]).toEqual([name, isTold ? 200 : 404])
      if (!isTold) continue
      const words = wordsOf(page.text)
      expect(words).toContain('ย้ายไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ) แล้ว')
      expect(words).toContain('16 พฤศจิกายน 2569')
      expect(words).toContain('30 พฤศจิกายน 2569')
      expect(words).not.toMatch(/กองช่าง|ชัย|นิด|kanari/)
    }
  })

  it('finds none of its files, letters and forms, and can do nothing to it', async () => {
    const agent = await office.enter('dao')
    const ids = before.fileIds.map((id) => `/staff/files/${id}`)
    const letter = `${moved.address}/letters/${before.letterId}`
    expect(ids).toHaveLength(1)
    for (const path of [...ids, letter, `${letter}/pdf`, `${moved.address}/note`, `${moved.address}/merge`]) {
      expect([path, (await agent.get(path)).status]).toEqual([path, 404])
    }
    const rev = `${moved.row().rev}`
    for (const path of ['note', 'assign', 'message', 'change-category']) {
      const fields = { rev, seen: '1', step: 'send', text: 'kanarilate', category: 'A1', unit: '1' }
      expect([path, (await post(agent, `${moved.address}/${path}`, fields)).status]).toEqual([path, 404])
    }
    const other = await agent.get(`${neighbour.address}/merge`)
    const into = { rev: `${typedIn(other, 'rev')}`, seen: `${typedIn(other, 'seen')}`, into: numberOf(moved) }
    expect((await post(agent, `${neighbour.address}/merge`, { ...into, step: 'send' })).status).toBe(422)
    expect(query('select 1 from case_events where case_id = ?', moved.id)).toEqual([])
  })

  it('gets no mail about it any more', async () => {
    const sent = office.mails.inbox.length
    office.clock.addDays(1)
    await sendMails(office)
    for (const { mail } of office.mails.inbox.slice(sent)) expect(mail.text).not.toMatch(/kanari|0002\/2570/)
  })
})

describe('the complainant of a moved case', () => {
  const slip = () => ({ number: numberOf(moved), code: moved.trackingCode })

  it.each([
    ['', 'เรื่องนี้ย้ายไปทะเบียนเรื่องร้องเรียนลับแล้ว', 'ระบบเรื่องร้องเรียนทั่วไป'],
    ['/en', 'This case has been moved to the confidential register', 'general complaint system'],
  ])('is told so with number and code (%s/track), and where else to turn', async (prefix, title, means) => {
    const agent = await track(office, slip(), prefix)
    const page = await agent.get(`${prefix}/track/case`)
    expect(page.status).toBe(200)
    const words = wordsOf(page.text)
    expect(words).toContain(title)
    expect(words).toContain(means)
    expect(words).toContain('1205')
    expect(words).toContain('1206')
    expect(page.text).toContain(`href="${prefix}/safe"`)
    expect(page.text).not.toContain('kanari')
    expect(page.text).not.toContain('/track/message')
  })

  it('finds no file and no letter of it any more, and no way to act', async () => {
    const agent = await track(office, slip())
    const [fileId] = before.fileIds
    const { letterId } = before
    for (const path of [
      `/track/files/${fileId}`,
      `/track/letters/${letterId}`,
      `/track/letters/${letterId}/pdf`,
    ]) {
      expect([path, (await agent.get(path)).status]).toEqual([path, 404])
    }
    for (const path of ['/track/withdraw', '/track/reopen']) {
      const answer = await agent.get(path)
      expect([answer.status, answer.headers.location]).toEqual([303, '/track/case'])
    }
  })

  it.each(['/track/message', '/track/withdraw', '/track/reopen'])(
    'gets back what was typed into a form opened before (%s), and none of it is kept',
    async (path) => {
      const agent = await track(office, slip())
      const picture = await drawing(20, 20).png().toBuffer()
      const sent = agent.post(path).field('text', 'kanarityped').field('rev', '3')
      const answer = path === '/track/message' ? await sent.attach('files', picture, 'a.png') : await sent
      expect(answer.status).toBe(409)
      expect(wordsOf(answer.text)).toContain('kanarityped')
      expect(traces(office.dataDir, 'kanarityped')).toEqual([])
      expect(query('select 1 from draft_files')).toEqual([])
    },
  )

  it('gets neither receipt nor case by sending the form of then once more', async () => {
    const token = await newForm(office.agent)
    const fields = { token, ...COMPLAINT, subject: 'ซื้อของแพงผิดปกติ' }
    const slip = slipOf(await send(office.agent, '/complaints', fields))
    const row = caseOf(office, slip)
    const agent: TestAgent = await office.enter('nid')
    const address = `/staff/cases/RT-${row.fiscalYear}-${String(row.seq).padStart(4, '0')}`
    const testCase = { ...neighbour, id: row.id, address, row: () => row }
    expect((await move(agent, testCase)).status).toBe(303)
    const cases = query('select 1 from cases').length
    const again = await send(office.agent, '/complaints', fields)
    expect(again.status).toBe(404)
    expect(again.text).not.toContain('ซื้อของแพง')
    expect(query('select 1 from cases')).toHaveLength(cases)
    expect(traces(office.dataDir, 'ซื้อของแพงผิดปกติ')).toEqual([])
  })

  it('can still stop all mail by the link of a mail from before', async () => {
    const path = new URL(stopUrl(office.portal, 'th', MARKS.email)).pathname
    expect((await office.agent.get(path)).status).toBe(200)
    expect((await post(office.agent, path, { do: 'stop' })).status).toBe(200)
    expect(traces(office.dataDir, MARKS.email)).toEqual([])
  })
})
