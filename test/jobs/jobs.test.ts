import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertDrafts } from '#complaints/draft-files-store.ts'
import { queueMail } from '#mail/outbox.ts'
import { countFailure } from '#web/throttle.ts'
import { JOB_NAMES, type Jobs, runJob, startJobs } from '../../src/jobs.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'

const TICK = 10

let office: TestFolder
let jobs: Jobs | undefined
let server: MailServer | undefined
let log: { info: (facts: object) => void; error: (facts: object) => void; lines: object[] }

beforeEach(() => {
  const lines: object[] = []
  log = { lines, info: (facts) => lines.push(facts), error: (facts) => lines.push(facts) }
})
afterEach(async () => {
  await jobs?.stop()
  await server?.close()
  office.close()
  jobs = undefined
  server = undefined
})

/** `slow`: the mail server thinks so long about each mail, in milliseconds. */
async function openOffice({ slow = 0 } = {}): Promise<void> {
  server = await startMailServer({ slow })
  office = openTestFolder(undefined, { SMTP_URL: `smtp://127.0.0.1:${server.port}` })
}

function queue(recipient: string): void {
  const { db, now } = office.portal
  const mail = {
    dedupeKey: recipient,
    kind: 'letter' as const,
    caseId: null,
    recipient,
    subject: 'เรื่อง',
    body: 'ข้อความ',
  }
  queueMail(db, { ...mail, at: now(), host: 'test.example' })
}

const count = (table: string) =>
  office.portal.db.sqlite.prepare<[], { n: number }>(`select count(*) as n from ${table}`).get()?.n

const start = (tick = TICK) => {
  jobs = startJobs(office.portal, log, tick)
  return jobs
}

async function until(what: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000
  while (!what()) {
    if (Date.now() > deadline) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

describe('the timetable', () => {
  it('delivers mail, again and again as it is queued', async () => {
    await openOffice()
    queue('a@example.com')
    start()
    await until(() => log.lines.length === 1)
    queue('b@example.com')
    office.travel(1)
    await until(() => log.lines.length === 2)
    expect(server?.inbox).toHaveLength(2)
    const done = { job: 'deliver-mail', sent: 1, postponed: 0, failed: 0, unknown: 0, suppressed: 0 }
    expect(log.lines).toEqual([done, done])
  })

  it('goes on with the other jobs, and with the same one later, when one fails', async () => {
    await openOffice()
    const { incomingFolder } = office.portal.files
    rmSync(incomingFolder, { recursive: true })
    queue('a@example.com')
    start()
    await until(() => server?.inbox.length === 1)
    await until(() => log.lines.some((line) => 'err' in line))
    expect(log.lines).toContainEqual({ job: 'sweep', err: expect.objectContaining({ code: 'ENOENT' }) })

    mkdirSync(incomingFolder)
    const stray = strayUpload()
    office.travel(61)
    await until(() => !existsSync(stray))
  })

  it('never lets a job overlap itself', async () => {
    await openOffice({ slow: TICK * 10 })
    start()
    for (const name of ['a', 'b', 'c']) queue(`${name}@example.com`)
    await until(() => {
      office.travel(1)
      return server?.inbox.length === 3
    })
    expect(server?.mostAtOnce()).toBe(1)
  })

  it('stops only when the running job is done with what it does, and begins none afterwards', async () => {
    await openOffice({ slow: 150 })
    for (const name of ['a', 'b', 'c']) queue(`${name}@example.com`)
    const running = start()
    await until(() => server?.mostAtOnce() === 1)
    await running.stop()
    expect(server?.inbox).toHaveLength(1)
    office.travel(10)
    await new Promise((resolve) => setTimeout(resolve, TICK * 5))
    expect(server?.inbox).toHaveLength(1)
    expect(count("outbox where state = 'sent'")).toBe(1)
    expect(count("outbox where state = 'queued'")).toBe(2)
  })

  it('recounts the figures once a day, at night, and says when they are wrong', async () => {
    await openOffice()
    const { sqlite } = office.portal.db
    sqlite.prepare("insert into month_totals values ('2026-11', 'complaint', 'A', 5, 0)").run()
    start()
    // 10.00 in Bangkok: ten minutes after a start in the daytime.
    office.travel(11)
    await until(() => log.lines.some((line) => 'differences' in line))
    office.travel(120)
    await new Promise((resolve) => setTimeout(resolve, TICK * 5))
    const recounts = () => log.lines.filter((line) => 'differences' in line)
    expect(recounts()).toEqual([{ job: 'recount', differences: 1 }])
    // Midnight is the next day, but two in the morning is its hour.
    office.travel(13 * 60)
    await new Promise((resolve) => setTimeout(resolve, TICK * 5))
    expect(recounts()).toHaveLength(1)
    office.travel(3 * 60)
    await until(() => recounts().length === 2)
  })

  it('keeps no process alive by itself', async () => {
    await openOffice()
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    start(60_000)
    expect(timers()).toBe(before)
  })
})

describe('one job by hand', () => {
  it('knows its names', () => {
    expect(JOB_NAMES).toEqual(['tick', 'deliver-mail', 'sweep', 'confidential', 'recount'])
  })

  it('sweeps forms given up a day ago with their files, and what is left of uploads and limits', async () => {
    await openOffice()
    const { portal } = office
    const keep = async (name: string) => {
      const { storedName } = await portal.files.storeFile(Buffer.from(name))
      const file = {
        storedName,
        originalName: name,
        mime: 'image/png',
        bytes: 3,
        width: 1,
        height: 1,
      } as const
      insertDrafts(portal.db, 'hash', [file], portal.now())
      return storedName
    }
    const old = await keep('old.png')
    countFailure(portal, [{ scope: 'test', key: 'somebody', most: 5, windowMinutes: 15 }])
    office.travel(25 * 60)
    const fresh = await keep('fresh.png')
    const stray = strayUpload()

    expect(await runJob(portal, 'sweep')).toEqual({ draftFiles: 1, incoming: 1 })
    expect(existsSync(stray)).toBe(false)
    await expect(portal.files.openFile(old)).rejects.toMatchObject({ kind: 'not_found' })
    const { stream } = await portal.files.openFile(fresh)
    stream.destroy()
    expect([count('draft_files'), count('attempts')]).toEqual([1, 0])
    // Safe to run twice.
    expect(await runJob(portal, 'sweep')).toEqual({ draftFiles: 0, incoming: 0 })
  })
})

/** An upload that a crash left behind long ago. */
function strayUpload(): string {
  const { incomingFolder } = office.portal.files
  const stray = join(incomingFolder, `stray-${readdirSync(incomingFolder).length}`)
  writeFileSync(stray, 'half a file')
  utimesSync(stray, 0, 0)
  return stray
}
