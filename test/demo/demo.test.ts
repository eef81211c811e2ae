import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { CASE_STATUSES } from '#domain/case-status.ts'
import { addDays, civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { CHANNELS, KINDS } from '#domain/vocabulary.ts'
import { freePort, runCommand, startCommand } from '../support/command.ts'

// Each command is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let env: Record<string, string>
let accounts: string
let address: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'siang-demo-'))
  const port = await freePort()
  address = `http://localhost:${port}`
  env = { DATA_DIR: join(folder, 'demo'), PORT: String(port), LOG_LEVEL: 'silent' }
  const demo = startCommand(['demo'], env)
  await demo.says('is running at')
  accounts = demo.output()
  await signInAndLook()
  demo.child.kill('SIGTERM')
  expect((await demo.ended).code).toBe(0)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let signedIn: { location: string | null; queue: number; home: number; safe: number }
let indicators: string
let ita: string
let reports: string

/** What a person does who has just read the passwords off the screen. */
async function signInAndLook(): Promise<void> {
  const password = /^ {2}centre +(\S+)/m.exec(accounts)?.[1] ?? ''
  const headers = { origin: address, 'sec-fetch-site': 'same-origin' }
  const answer = await fetch(`${address}/staff/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ username: 'centre', password }),
    headers,
    redirect: 'manual',
  })
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const queue = await fetch(`${address}/staff`, { headers: { cookie } })
  const home = await fetch(address)
  const safe = await fetch(`${address}/safe`)
  indicators = await (await fetch(`${address}/indicators`)).text()
  ita = await (await fetch(`${address}/ita/${fiscalYearOf(today)}`)).text()
  reports = await (await fetch(`${address}/reports`)).text()
  signedIn = {
    location: answer.headers.get('location'),
    queue: queue.status,
    home: home.status,
    safe: safe.status,
  }
}

function select<T>(sql: string, ...values: unknown[]): T[] {
  const db = new Sqlite(join(folder, 'demo', 'portal.sqlite'), { readonly: true })
  try {
    return db
      .prepare<unknown[], T>(sql)
      .pluck()
      .all(...values)
  } finally {
    db.close()
  }
}

const today = civilDateOf(new Date())

describe('the demonstration', () => {
  it('runs, and lets the printed accounts in', () => {
    expect(signedIn).toEqual({ location: '/staff', queue: 200, home: 200, safe: 200 })
  })

  it('has an open sealed channel, with everything printed that opens it', () => {
    expect(accounts.match(/^ {2}\d{5}( \d{5}){4} {3}K\d$/gm)).toHaveLength(3)
    expect(accounts.match(/ {3}[A-Z2-7]{32}$/gm)).toHaveLength(3)
    expect(accounts.match(/^ {2}[0-9A-Z]{5}(-[0-9A-Z]{1,5}){11}$/gm)).toHaveLength(3)
  })

  it('shows indicators of every year, and pages for the assessment that lead somewhere', () => {
    expect(indicators).toContain('81.07')
    expect(indicators).toContain('ตัวเลขสมมติเพื่อการสาธิต')
    for (const path of ['/documents/corruption-manual', '/documents/community-forum', '/safe'])
      expect(ita).toContain(`href="${path}"`)
    expect(
      select('select distinct slug from published_documents where published_at is not null'),
    ).toHaveLength(5)
  })

  it('has published the report of a half-year', () => {
    expect(reports).toMatch(/href="\/reports\/\d{4}-[12]"/)
  })

  it('has an account for every role, its passwords kept for the owner only', () => {
    const file = join(folder, 'demo', 'ACCOUNTS.txt')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(accounts).toContain(readFileSync(file, 'utf8').trim())
    const roles = select('select distinct role from staff_roles order by role')
    expect(roles).toEqual(['administrator', 'executive', 'officer', 'unit_head', 'working_group'])
    const passwords = accounts.match(/[a-z2-9]{4}(-[a-z2-9]{4}){3}/g) ?? []
    expect(new Set(passwords).size).toBe(select('select id from staff').length)
  })

  it('has about 300 cases of every kind, status and channel, of all villages, over two fiscal years', () => {
    const cases = select<number>('select count(*) from cases')[0] ?? 0
    expect(cases).toBeGreaterThan(290)
    expect(cases).toBeLessThanOrEqual(310)
    const distinct = (column: string) => new Set(select(`select distinct ${column} from cases`))
    expect(distinct('kind')).toEqual(new Set(KINDS))
    // Nothing of a demonstration turned out to be corruption.
    expect(distinct('status')).toEqual(new Set(CASE_STATUSES.filter((status) => status !== 'moved')))
    expect(distinct('channel')).toEqual(new Set(CHANNELS))
    expect(distinct('village_id').size).toBeGreaterThanOrEqual(9)
    const year = fiscalYearOf(today)
    expect(distinct('fiscal_year')).toEqual(new Set([year - 1, year]))
  })

  it('has cases near due, due today and overdue among the open ones', () => {
    const open = `select count(*) from cases where status in ('registered', 'assigned', 'in_progress', 'need_info')`
    const between = (from: string, to: string) =>
      select<number>(`${open} and due_on between ? and ?`, from, to)[0]
    expect(between('2000-01-01', addDays(today, -1))).toBeGreaterThan(5)
    expect(between(today, today)).toBeGreaterThan(1)
    expect(between(addDays(today, 1), addDays(today, 3))).toBeGreaterThan(3)
    expect(
      select<number>(
        'select count(*) from cases where reopened_at is not null and reopen_accepted_at is null',
      )[0],
    ).toBeGreaterThan(0)
  })

  it('was told in the order of time: history, trail and numbers run forward and end before now', () => {
    // What came on paper was received before it was written down, and is dated so.
    const written = "select at from audit_lines where action <> 'case.submitted' order by id"
    const times = select<number>(written)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(times.at(-1)).toBeLessThan(Date.now())
    const outOfOrder = `select count(*) from cases a join cases b
      on b.fiscal_year = a.fiscal_year and b.seq = a.seq + 1 where b.recorded_at < a.recorded_at`
    expect(select(outOfOrder)).toEqual([0])
  })

  it('has no text with a place left to fill in, and keeps to what the forms allow', () => {
    const texts = select<string>(
      `select subject || detail || coalesce(wish, '') || coalesce(result_text, '') from cases
       union all select text from case_events where text is not null`,
    )
    expect(texts.filter((text) => /[{}]|undefined|null/.test(text))).toEqual([])
    expect(new Set(select('select subject from cases')).size).toBeGreaterThan(120)
  })

  it('has pictures that were really stored, and mail that goes nowhere', () => {
    expect(select<number>('select count(*) from case_files')[0]).toBeGreaterThan(20)
    expect(select('select distinct state from outbox')).toEqual(['queued'])
    expect(select("select count(*) from outbox where recipient not like '%@example.com'")).toEqual([0])
  })

  it('counts its figures right', async () => {
    const { stdout } = await runCommand(['run-job', 'recount'], env)
    expect(stdout).toContain('differences: 0')
  })

  it('starts again on the folder it made, without making anything anew', async () => {
    const before = select('select count(*) from audit_lines')
    const again = startCommand(['demo'], env)
    await again.says('is running at')
    again.child.kill('SIGTERM')
    await again.ended
    expect(again.output()).toContain(readFileSync(join(folder, 'demo', 'ACCOUNTS.txt'), 'utf8').trim())
    expect(select('select count(*) from audit_lines')).toEqual(before)
  })
})

describe('a folder that holds data', () => {
  it('is never touched', async () => {
    const office = join(folder, 'office')
    await runCommand(['create-admin', '--username', 'boss', '--name', 'ของจริง'], { DATA_DIR: office })
    const database = join(office, 'portal.sqlite')
    const before = statSync(database).mtimeMs
    const { code, stderr } = await runCommand(['demo'], { ...env, DATA_DIR: office })
    expect(code).toBe(1)
    expect(stderr).toContain(office)
    expect(statSync(database).mtimeMs).toBe(before)
  })

  it('is not touched either when it holds something else', async () => {
    const other = mkdtempSync(join(folder, 'other-'))
    writeFileSync(join(other, 'letter.txt'), 'ของสำคัญ')
    const { code } = await runCommand(['demo'], { ...env, DATA_DIR: other })
    expect(code).toBe(1)
    expect(readFileSync(join(other, 'letter.txt'), 'utf8')).toBe('ของสำคัญ')
  })
})
