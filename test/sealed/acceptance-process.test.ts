import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import request from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { civilDateOf, startOfDay } from '#domain/civil-date.ts'
import { type BuiltPortal, startBuilt } from '../process/built-portal.ts'
import { PASSWORD } from '../support/cast.ts'
import { post, typedIn } from '../support/forms.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { file } from '../support/upload-app.ts'
import { dirtyJpeg, dirtyPdf, MARKER as FILE_MARKER } from './dirty-files.ts'
import { type Finding, findMarkers, findMarkersIn, receiptMarkers } from './markers.ts'
import { fillWithOpenChannel, type KnownOfficer } from './sealed-folder.ts'
import {
  type Answer,
  field,
  TRACE_MARKERS,
  TRACES,
  type TraceableVisitor,
  traceableVisitor,
} from './traceable-visitor.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 })

// Acceptance checks 1, 2, 3 and 19 on the portal as it is built, in a process of its own: twenty people report, an
// officer works, things go wrong; then everything that this process could have written is searched.

const REPORTS = 20
const WORDS = {
  what: 'คานารีเล่าเหตุการณ์',
  accused: 'คานารีผู้ถูกกล่าวหา',
  evidence: 'คานารีบอกหลักฐาน',
  when: 'คานารีบอกเวลา',
  where: 'คานารีบอกสถานที่',
  project: 'คานารีบอกโครงการ',
  amount: 'คานารีบอกจำนวน',
}
const NAME = 'คานารีชื่อผู้แจ้ง'
const CONTACT = 'kanari-contact@example.com'
const FILE_TEXT = 'คานารีในแฟ้มข้อความ'
const FILE_NAME = 'kanari-file-name'
const REPLY = 'คานารีตอบทางกล่องข้อความ'
const QUESTION = 'คานารีคำถามของเจ้าหน้าที่'
const NOTE = 'คานารีบันทึกระหว่างเจ้าหน้าที่'
const UPLOADED = 'คานารีส่งไม่จบ'
const TYPED_RECEIPT = '12345 67890 12345 67890 12346'
const MARKERS = [
  ...Object.values(WORDS),
  ...[NAME, CONTACT, FILE_TEXT, FILE_NAME, FILE_MARKER, REPLY, QUESTION, NOTE, UPLOADED, TYPED_RECEIPT],
  ...TRACE_MARKERS,
]

const folder = mkdtempSync(join(tmpdir(), 'siang-acceptance-'))
const dataDir = join(folder, 'data')
const temporary = join(folder, 'tmp')
const backups = join(folder, 'backups')
let portal: BuiltPortal
let mail: MailServer
let officers: Record<KnownOfficer['username'], KnownOfficer>
let visitor: TraceableVisitor
let token: string
const receipts: string[] = []
/** What processes said that have ended since. */
let said = ''

beforeAll(async () => {
  for (const path of [dataDir, temporary, backups]) mkdirSync(path)
  officers = await fillWithOpenChannel(dataDir)
  mail = await startMailServer()
  await start()
  token = /name="token" value="([^"]+)"/.exec((await visitor.get('/safe/report')).text)?.[1] ?? ''
  // Nobody fills in a form in less.
  await pause(4_500)
})
afterAll(async () => {
  portal.signal('SIGKILL')
  await portal.ended
  await mail.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(): Promise<void> {
  portal = await startBuilt(dataDir, {
    ...{ LOG_LEVEL: 'debug', TMPDIR: temporary, TRUST_PROXY: '127.0.0.77' },
    SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
  })
  visitor = traceableVisitor(portal.port)
}

async function kill(): Promise<void> {
  portal.signal('SIGKILL')
  await portal.ended
  said += portal.log()
}

function search(): Finding[] {
  const secrets = [
    ...MARKERS,
    ...receipts.flatMap(receiptMarkers),
    ...Object.values(officers).map((one) => one.passphrase),
  ]
  const heard = said + portal.log() + JSON.stringify(mail.inbox)
  return [
    ...findMarkers([dataDir, temporary, backups], secrets),
    ...findMarkersIn(heard, secrets).map((found) => ({ file: 'output or mail', ...found })),
  ]
}

async function files(n: number) {
  const text = file(`${FILE_NAME}-${n}.txt`, `${FILE_TEXT} ${n}`)
  if (n % 5 === 0) return [text, file(`${FILE_NAME} ${n}.jpg`, await dirtyJpeg())]
  return n % 5 === 1 ? [text, file(`../${FILE_NAME}.pdf`, await dirtyPdf())] : [text]
}

async function fileReport(n: number): Promise<Answer> {
  const words = Object.entries(WORDS).map(([name, text]) => field(name, `${text} ${n}`))
  const identity = ['none', 'contact', 'named'][n % 3] ?? 'none'
  const involved = n % 4 === 0 ? [field('involved', 'receiving')] : []
  return await visitor.upload(n % 2 === 0 ? '/safe/report' : '/en/safe/report', [
    ...[field('token', token), ...words, field('conduct', `K${1 + (n % 9)}`), field('identity', identity)],
    ...[field('name', NAME), field('contact', CONTACT), field('original', n % 2 === 0 ? 'yes' : '')],
    ...[...involved, ...(await files(n))],
  ])
}

async function writeReply(receipt: string, n: number): Promise<void> {
  const own = traceableVisitor(portal.port)
  const entered = await own.form('/safe/mailbox', { receipt })
  expect(entered.status).toBe(303)
  own.keepCookies(entered)
  const mailbox = await own.get('/safe/mailbox')
  const page = /name="token" value="([^"]+)"/.exec(mailbox.text)?.[1] ?? ''
  const text = [field('token', page), field('text', `${REPLY} ${n}`), file(`${FILE_NAME}.txt`, FILE_TEXT)]
  const sent = await own.upload('/safe/mailbox/reply', text)
  expect([sent.status, sent.location]).toEqual([303, '/safe/mailbox/sent'])
}

/** Signs in, opens the vault, and works on the first report: says of no interest, accepts, notes, asks. */
async function work({ username, passphrase, code }: KnownOfficer): Promise<void> {
  const agent = request.agent(portal.url).set('Sec-Fetch-Site', 'same-origin')
  await post(agent, '/staff/sign-in', { username, password: PASSWORD })
  expect((await post(agent, '/staff/sealed/unlock', { passphrase, otp: '000000' })).status).toBe(422)
  expect((await post(agent, '/staff/sealed/unlock', { passphrase, otp: code() })).status).toBe(303)
  const register = await agent.get('/staff/sealed')
  const [address = ''] = /\/staff\/sealed\/reports\/[0-9a-f-]{36}/.exec(register.text) ?? []
  await post(agent, `${address}/interest`, { word: 'none' })
  expect((await agent.get(address)).text).toContain(WORDS.what)
  for (const [verb, fields] of [
    ['accept', { conduct: 'K2', message: `${QUESTION} 0` }],
    ['note', { text: NOTE }],
    ['ask', { message: QUESTION }],
  ] as const) {
    expect([verb, await act(agent, address, verb, fields)]).toEqual([verb, 303])
  }
}

async function act(
  agent: TestAgent,
  address: string,
  verb: string,
  fields: Record<string, string>,
): Promise<number> {
  const form = await agent.get(`${address}/${verb}`)
  const hidden = { rev: typedIn(form, 'rev') ?? '', seen: typedIn(form, 'seen') ?? '' }
  return (await post(agent, `${address}/${verb}`, { ...hidden, ...fields })).status
}

/** Everything that can go wrong on the way of somebody who reports. */
async function goWrong(): Promise<Record<string, number>> {
  const path = `/safe/${TRACES.path}`
  const multipart = { 'Content-Type': 'multipart/form-data; boundary=x' }
  const huge = [field('token', token), file(`${FILE_NAME}.txt`, Buffer.alloc(45 * 1024 * 1024, FILE_TEXT))]
  return {
    notFound: (await visitor.get(path)).status,
    mistyped: (await visitor.get(`/Safe/${TRACES.path}`)).status,
    question: (await visitor.get(`/safe?${TRACES.path}`)).status,
    badAddress: (await visitor.get(`/safe/%zz${TRACES.path}`)).status,
    wrongMethod: (await visitor.send('PUT', path, {})).status,
    broken: (await visitor.send('POST', '/safe/report', multipart, `${UPLOADED} is no form`)).status,
    tooLarge: (await visitor.upload('/safe/report', huge)).status,
    wrongReceipt: (await visitor.form('/safe/mailbox', { receipt: TYPED_RECEIPT })).status,
    mistypedReceipt: (await visitor.form('/safe/mailbox', { receipt: '12345 67890 12345 67890 12345' }))
      .status,
    lapsed: (await visitor.form('/safe/mailbox/reply', { text: REPLY })).status,
    incomplete: (await visitor.upload('/safe/report', [field('token', token), field('what', WORDS.what)]))
      .status,
    fault: (await withoutFolderOfFiles(() => fileReport(101))).status,
  }
}

/** While the disk refuses the files. */
async function withoutFolderOfFiles<T>(work: () => Promise<T>): Promise<T> {
  const place = join(dataDir, 'sealed/files')
  renameSync(place, `${place}-aside`)
  writeFileSync(place, '')
  try {
    return await work()
  } finally {
    rmSync(place)
    renameSync(`${place}-aside`, place)
  }
}

/** As the README says it: while the portal runs. */
async function backUp(): Promise<void> {
  for (const name of ['portal.sqlite', 'sealed/sealed.sqlite']) {
    const db = new Sqlite(join(dataDir, name), { readonly: true })
    await db.backup(join(backups, name.replace('/', '-')))
    db.close()
  }
}

const inSealed = <T>(read: (db: Sqlite.Database) => T): T => {
  const db = new Sqlite(join(dataDir, 'sealed/sealed.sqlite'), { readonly: true })
  try {
    return read(db)
  } finally {
    db.close()
  }
}

const countReports = (): number =>
  inSealed((db) => (db.prepare('select count(*) n from reports').get() as { n: number }).n)

describe('after twenty reports, their replies, an officer’s work and everything that can go wrong', () => {
  beforeAll(async () => {
    for (let n = 0; n < REPORTS; n += 1) {
      const answer = await fileReport(n)
      const receipt = /\b\d{5}(?: \d{5}){4}\b/.exec(answer.text)?.[0]?.replaceAll(' ', '')
      if (!receipt) throw new Error(`report ${n}: ${answer.status}`)
      receipts.push(receipt)
    }
    await work(officers.nid)
    for (const [n, receipt] of receipts.slice(0, 3).entries()) await writeReply(receipt, n)
  })

  it('it was all really there: reports, replies, files, an officer’s words', () => {
    const counts = inSealed((db) =>
      ['reports', 'files', "messages where direction = 'out'", "messages where direction = 'note'"].map(
        (what) => (db.prepare(`select count(*) n from ${what}`).get() as { n: number }).n,
      ),
    )
    expect(counts[0]).toBe(REPORTS)
    expect(counts[1]).toBeGreaterThan(REPORTS)
    expect(counts[2]).toBeGreaterThan(0)
    expect(counts[3]).toBeGreaterThan(0)
  })

  it('faults of every kind are answered, and nothing is stored', async () => {
    const { reports, blobs } = { reports: countReports(), blobs: blobFiles().length }
    expect(await goWrong()).toEqual({
      ...{ notFound: 404, mistyped: 404, question: 200, badAddress: 404, wrongMethod: 404, broken: 400 },
      ...{ tooLarge: 422, wrongReceipt: 422, mistypedReceipt: 422, lapsed: 403, incomplete: 422, fault: 500 },
    })
    expect([countReports(), blobFiles().length]).toEqual([reports, blobs])
  })

  it('no word, name, contact, file, file name, receipt or passphrase is readable on disk, in a backup, in the mail or in the output; nor who it was', async () => {
    await backUp()
    expect(search()).toEqual([])
  })

  it('and the search would have seen it: in a temporary file, in the database, in the log', () => {
    writeFileSync(join(temporary, 'seen'), `x${Buffer.from(`a${WORDS.what}`).toString('base64')}`)
    expect(search().map(({ marker, form }) => [marker, form])).toEqual([[WORDS.what, 'base64 of UTF-8']])
    rmSync(join(temporary, 'seen'))
    expect(findMarkers([dataDir], ['มาลี ผู้อำนวยการกองช่าง']).map(({ file }) => file)).toEqual(
      expect.arrayContaining([expect.stringContaining('sealed.sqlite')]),
    )
    expect(portal.log()).toContain('/staff/sign-in')
  })

  it('no time of day of who reported is stored: only days, and files that all bear the same time', () => {
    const finer = inSealed((db) =>
      [
        'reports',
        'messages',
        'contacts',
        'contact_keys',
        'report_keys',
        'files',
        'duties',
        'month_counts',
      ].flatMap((table) =>
        (db.prepare(`select * from ${table}`).all() as Record<string, unknown>[]).flatMap((row) =>
          Object.entries(row)
            .filter(([, value]) => isTime(value))
            .map(([column, value]) => [table, column, value]),
        ),
      ),
    )
    expect(finer).toEqual([])
    const midnight = startOfDay(civilDateOf(new Date())).getTime()
    const times = new Set(blobFiles().map((path) => statSync(path).mtimeMs))
    expect([...times]).toEqual([midnight])
    const folders = new Set(blobFiles().map((path) => statSync(join(path, '..')).mtimeMs))
    expect([...folders]).toEqual([midnight])
  })

  it('no line of the log of deeds tells what who reported did, and no order of rows who came first', () => {
    const { actors, tables } = inSealed((db) => ({
      actors: db.prepare('select distinct actor from audit_lines').pluck().all() as string[],
      tables: db
        .prepare("select name from sqlite_master where type = 'table' and sql not like '%WITHOUT ROWID%'")
        .pluck()
        .all() as string[],
    }))
    for (const actor of actors) expect(['นิด รับเรื่อง', 'ดาว หัวหน้าศูนย์', 'มาลี ผู้อำนวยการกองช่าง']).toContain(actor)
    for (const table of [
      'reports',
      'messages',
      'files',
      'contacts',
      'contact_keys',
      'report_keys',
      'duties',
    ]) {
      expect(tables).not.toContain(table)
    }
  })

  it('a process that is killed in the middle of a form leaves nothing of it', async () => {
    await visitor.begin('/safe/report', unfinished(), 0.8)
    await kill()
    expect(search()).toEqual([])
    await start()
    // While the files are being cleaned, sealed and written.
    for (const after of [0, 60, 150, 300, 600]) {
      const sending = visitor.upload('/safe/report', whole()).catch(() => undefined)
      await pause(after)
      await kill()
      await sending
      expect([after, search()]).toEqual([after, []])
      await start()
    }
  })

  it('a form that somebody gave up leaves nothing, and the portal goes on', async () => {
    const before = countReports()
    const sending = await visitor.begin('/safe/report', unfinished(), 0.8)
    sending.destroy()
    const silent = await visitor.begin('/en/safe/report', unfinished(), 0.3)
    await pause(500)
    expect(search()).toEqual([])
    silent.destroy()
    await pause(500)
    expect(search()).toEqual([])
    expect(countReports()).toBe(before)
    expect((await fileReport(102)).status).toBe(200)
  })

  it('nothing was ever put into the folder for temporary files', () => {
    expect(readdirSync(temporary)).toEqual([])
  })
})

function isTime(value: unknown): boolean {
  if (typeof value === 'number') return value > 1e8
  return typeof value === 'string' && /\d\d:\d\d/.test(value)
}

function blobFiles(): string[] {
  const root = join(dataDir, 'sealed/files')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile())
}

const unfinished = () => [
  ...[
    field('token', token),
    field('what', UPLOADED),
    field('accused', UPLOADED),
    field('evidence', UPLOADED),
  ],
  file(`${FILE_NAME}.txt`, `${FILE_TEXT}\n`.repeat(20_000)),
  file(`${FILE_NAME}.txt`, `${FILE_TEXT}\n`.repeat(20_000)),
]

const whole = () => [
  ...[field('token', token), field('what', `${UPLOADED} ${Math.random()}`), field('accused', UPLOADED)],
  ...[field('evidence', UPLOADED), field('original', 'yes')],
  ...[1, 2, 3, 4].map((n) => file(`${FILE_NAME}-${n}.txt`, `${FILE_TEXT}\n`.repeat(3_000))),
]
