import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanFileName } from '#platform/file-names.ts'
import { COMPLAINT, send, shownValue, slipOf } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { encodeForm, FORM_TYPE, type Part } from '../support/upload-app.ts'
import { portOf } from './raw-http.ts'

/** Long enough for a busy machine; what these texts once took was five to twenty seconds. */
const LONGEST_BLOCK = 1_500

let site: TestPortal
beforeAll(async () => {
  site = await startTestPortal()
})
afterAll(() => site.close())

/** How long nobody else was served while this went on, in milliseconds. */
async function blockedBy<T>(work: () => Promise<T>): Promise<{ result: T; blocked: number }> {
  let last = performance.now()
  let blocked = 0
  const look = () => {
    const now = performance.now()
    blocked = Math.max(blocked, now - last)
    last = now
  }
  const timer = setInterval(look, 5)
  const result = await work()
  await pause(5)
  look()
  clearInterval(timer)
  return { result, blocked }
}

/** Unencoded, as no browser writes it: a megabyte holds three times as many letters. */
const bodyOf = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

const postRaw = (path: string, body: string) => site.newAgent().post(path).type('form').send(body)

const postParts = (parts: readonly Part[]) =>
  site.newAgent().post('/complaints').set(FORM_TYPE).send(encodeForm(parts))

const texts = (fields: Record<string, string>): Part[] =>
  Object.entries(fields).map(([name, body]) => ({ name, body }))

/** Marks of two kinds, the later kind belonging before the earlier: putting them in order takes n² steps. */
const MARKS = '\u0301'.repeat(60_000) + '\u0316'.repeat(60_000)
const THAI_MARKS = '\u0E48'.repeat(60_000) + '\u0E38'.repeat(60_000)

describe('one request', () => {
  it.each<[string, string, Record<string, string>]>([
    ['120,000 marks on one letter', '/complaints', { ...COMPLAINT, detail: `a${MARKS}` }],
    ['120,000 Thai marks on one letter', '/complaints', { ...COMPLAINT, subject: `ก${THAI_MARKS}` }],
    [
      'marks within the limit of a text',
      '/complaints',
      { ...COMPLAINT, detail: `${'ก'.repeat(20)}${MARKS.slice(55_000, 64_900)}` },
    ],
    ['marks as a password', '/staff/sign-in', { username: 'nid', password: MARKS }],
    ['marks as a name and a code', '/track', { number: `1${MARKS}`, code: `1${THAI_MARKS}` }],
    ['white space in a position', '/complaints', { ...COMPLAINT, latitude: `1${'+'.repeat(60_000)}x` }],
    [
      'white space in a date',
      '/complaints',
      { ...COMPLAINT, happenedOn: `1${'+'.repeat(60_000)}x`, phone: '+'.repeat(60_000) },
    ],
    ['one line of Thai without end', '/complaints', { ...COMPLAINT, detail: 'กาตากลม'.repeat(40_000) }],
    [
      'one line of Thai as long as allowed',
      '/complaints',
      { ...COMPLAINT, subject: 'ก'.repeat(150), detail: 'กก็'.repeat(3_333) },
    ],
    ['an address of dots and at signs', '/complaints', { ...COMPLAINT, email: 'a.@'.repeat(100_000) }],
  ])('with %s keeps nobody waiting', async (_, path, fields) => {
    const { result, blocked } = await blockedBy(() => postRaw(path, bodyOf(fields)))
    expect([201, 422]).toContain(result.status)
    expect(blocked).toBeLessThan(LONGEST_BLOCK)
  })

  it('with broken letters up to the limit of a field keeps nobody waiting', async () => {
    const broken = Buffer.concat([Buffer.alloc(200 * 1024 - 1, 0xff), Buffer.from('xx')])
    const { result, blocked } = await blockedBy(() =>
      postParts([...texts(COMPLAINT), { name: 'wish', body: broken }]),
    )
    expect(result.status).toBe(422)
    expect(blocked).toBeLessThan(LONGEST_BLOCK)
  })

  it('with a name of a file made of dots and marks keeps nobody waiting', async () => {
    const { blocked } = await blockedBy(async () => {
      for (const name of ['.'.repeat(16_000), `${'\u200b.'.repeat(8_000)}x`, `a${MARKS}`]) cleanFileName(name)
    })
    expect(blocked).toBeLessThan(LONGEST_BLOCK)
  })

  it.each<[string, () => Promise<{ status: number }>, number]>([
    [
      '100,000 fields',
      () => postRaw('/complaints', Array.from({ length: 100_000 }, (_, n) => `k${n}`).join('&')),
      413,
    ],
    ['a megabyte of ampersands', () => postRaw('/complaints', '&'.repeat(999_000)), 413],
    [
      '10,000 parts',
      () => postParts(texts(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`k${n}`, ''])))),
      413,
    ],
    [
      '10,000 files',
      () => postParts(Array.from({ length: 10_000 }, () => ({ name: 'files', filename: 'a.png', body: '' }))),
      413,
    ],
    [
      'more text than a book',
      () => postParts(Array.from({ length: 12 }, (_, n) => ({ name: `k${n}`, body: 'x'.repeat(200_000) }))),
      413,
    ],
    ['more bytes than it said it would', () => postRaw('/track', 'x'.repeat(1_100_000)), 413],
    ['JSON a hundred thousand levels deep', () => postType('application/json', '['.repeat(100_000)), 415],
    [
      'XML that calls for files',
      () => postType('application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
      415,
    ],
    ['a few packed bytes that swell', () => postPacked(gzipSync(Buffer.alloc(50_000_000, 97))), 415],
  ])('of %s is refused at once', async (_, work, status) => {
    const { result, blocked } = await blockedBy(work)
    expect(result.status).toBe(status)
    expect(blocked).toBeLessThan(LONGEST_BLOCK)
  })
})

const postType = (type: string, body: string) =>
  site.newAgent().post('/complaints').set('Content-Type', type).send(body)

const postPacked = (body: Buffer) =>
  site
    .newAgent()
    .post('/complaints')
    .set({ 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Encoding': 'gzip' })
    .send(body)

describe('senders who never finish', () => {
  it('may be silent for two minutes, and take ten for a whole form', () => {
    const { timeout, requestTimeout, headersTimeout } = site.app.server
    expect([timeout, requestTimeout]).toEqual([120_000, 600_000])
    expect(headersTimeout).toBeLessThanOrEqual(60_000)
  })

  it('fifty of them, letter by letter, keep nobody else from filing, and leave nothing behind', async () => {
    const head = `POST /complaints HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 9000\r\nContent-Type: ${FORM_TYPE['content-type']}\r\n\r\n`
    const begun = encodeForm([{ name: 'files', filename: 'a.png', body: 'x'.repeat(2_000) }], '')
    const senders: Socket[] = Array.from({ length: 50 }, () => connect(portOf(site), '127.0.0.1'))
    for (const sender of senders)
      sender.on('error', () => undefined).write(Buffer.concat([Buffer.from(head), begun]))
    const incoming = () => readdirSync(join(site.dataDir, 'incoming')).length
    while (incoming() < 50) await pause(10)
    for (const sender of senders) sender.write('x')
    expect((await send(site.newAgent(), '/complaints', COMPLAINT)).status).toBe(201)
    for (const sender of senders) sender.destroy()
    for (let wait = 0; incoming() > 0 && wait < 500; wait += 1) await pause(10)
    expect(incoming()).toBe(0)
  })
})

describe('what an officer sees of a subject', () => {
  it('cannot be turned round, made invisible or piled up over other lines', async () => {
    const subject = `a\u202Eกลับ\u2066หน้า\u2069 ${'\u0E49'.repeat(100)}z${'\u0301'.repeat(40)}`
    const slip = slipOf(await send(site.newAgent(), '/complaints', { ...COMPLAINT, subject }))
    const stored = caseOf(site, slip).subject
    expect(stored).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/)
    expect(stored).not.toMatch(/\p{M}{31}/u)
    expect(stored).toMatch(/^aกลับหน้า/)
  })

  it.each(['\u200B\u200B\u200B', '\u2060', '\u202E', '\u0301\u0301', '\u00AD \u200D'])(
    'is never nothing at all: %j is asked for again, and comes back as typed',
    async (subject) => {
      const answer = await send(site.newAgent(), '/complaints', { ...COMPLAINT, subject })
      expect(answer.status).toBe(422)
      expect(shownValue(answer.text, 'subject')).toBe(subject)
    },
  )
})
