import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EvidenceRefusal } from '#sealed/evidence.ts'
import { explainRefusal, readReportBody } from '#sealed/report-body.ts'
import { acceptForms } from '#web/form-bodies.ts'
import { LANGUAGES, t } from '#web/languages.ts'
import { encodeForm, FORM_TYPE, file, MEGABYTE } from '../support/upload-app.ts'
import { type ReportApp, startReportApp } from './report-app.ts'

let app: ReportApp
let senders: Socket[]
beforeEach(async () => {
  app = await startReportApp()
  senders = []
})
afterEach(async () => {
  app.release()
  for (const sender of senders) sender.destroy()
  await app.close()
})

function begin(...options: Parameters<ReportApp['begin']>): Socket {
  const sender = app.begin(...options)
  senders.push(sender)
  return sender
}

const answers = (statuses: Promise<unknown>[], within: number) =>
  Promise.all(statuses.map((status) => Promise.race([status, pause(within, 'none')])))

/** A form that is sure to need one of the few places for big ones. */
const bigForm = () => encodeForm([file('a.jpg', Buffer.alloc(1.2 * MEGABYTE))])

const takeAllPlaces = async () => {
  const taken = Array.from({ length: 4 }, () => begin([file('a.jpg', 'first bytes')]))
  await pause(200)
  return taken
}

describe('a report as a browser sends it', () => {
  it('arrives with its texts in order and its files whole, by number and without their names', async () => {
    const photo = randomBytes(3 * MEGABYTE)
    const form = new FormData()
    form.append('what', 'เขาเรียกเงิน\r\n💡')
    form.append('involved', 'chief')
    form.append('involved', 'clerk')
    form.append('amount', '')
    form.append('files', new Blob([photo], { type: 'image/jpeg' }), 'สมศรี บ้านเลขที่ 99.jpg')
    form.append('files', new Blob(['x']), '../../etc/passwd')
    expect((await app.post(form, {})).status).toBe(200)

    const [body] = app.bodies
    expect({ ...body?.fields }).toEqual({
      what: ['เขาเรียกเงิน\r\n💡'],
      involved: ['chief', 'clerk'],
      amount: [''],
    })
    expect(body?.files.map(({ field, number }) => [field, number])).toEqual([
      ['files', 1],
      ['files', 2],
    ])
    expect(body?.files[0]?.content.equals(photo)).toBe(true)
    expect(body?.problems).toEqual([])
    expect(JSON.stringify(body?.files.map((kept) => ({ ...kept, content: '' })))).not.toMatch(/สมศรี|passwd/)
  })

  it('may come without files, in the way of plain forms', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await app.post('what=a+b&involved=x&involved=y', type)).status).toBe(200)
    const [body] = app.bodies
    expect([{ ...body?.fields }, body?.files, body?.problems]).toEqual([
      { what: ['a b'], involved: ['x', 'y'] },
      [],
      [],
    ])
  })

  it('has no file where none was chosen; an empty one that was is handed on, to be refused', async () => {
    const { files } = await app.read([file('', ''), file('empty.jpg', ''), file('', ''), file('', 'bytes')])
    expect(files.map(({ number, content }) => [number, content.toString()])).toEqual([
      [1, ''],
      [2, 'bytes'],
    ])
  })
})

describe('what cannot be taken is a problem, and the rest is read', () => {
  it('a file of 10 MB is taken, one byte more is not', async () => {
    const { fields, files, problems } = await app.read([
      file('fits.jpg', Buffer.alloc(10 * MEGABYTE, 1)),
      file('large.jpg', Buffer.alloc(10 * MEGABYTE + 1)),
      file('small.jpg', 'small'),
      { name: 'what', body: 'ท่อแตก' },
    ])
    expect(files.map(({ number, content }) => [number, content.length])).toEqual([
      [1, 10 * MEGABYTE],
      [3, 5],
    ])
    expect(problems).toEqual([{ field: 'files', key: 'safe.file.too_big', params: { n: 2, mb: 10 } }])
    expect({ ...fields }).toEqual({ what: ['ท่อแตก'] })
  })

  it('of seven files the first five are taken', async () => {
    const seven = Array.from({ length: 7 }, (_, at) => file(`${at}.jpg`, Buffer.alloc(MEGABYTE, at)))
    const { fields, files, problems } = await app.read([...seven, file('', ''), { name: 'what', body: 'x' }])
    expect(files.map(({ number, content }) => [number, content[0]])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, n - 1]),
    )
    expect(problems).toEqual([
      { field: 'files', key: 'safe.file.too_many_files', params: { n: 5, numbers: '6, 7' } },
    ])
    expect({ ...fields }).toEqual({ what: ['x'] })
  })

  it('a text over 200 KB is cut at a whole letter', async () => {
    const { fields, problems } = await app.read([{ name: 'what', body: 'ก'.repeat(70_000) }])
    expect(fields.what).toEqual(['ก'.repeat(Math.floor((200 * 1024) / 3))])
    expect(problems).toEqual([{ field: 'what', key: 'safe.file.field_too_long', params: {} }])
  })

  it('every problem is a sentence in both languages that names the file', async () => {
    const reasons: EvidenceRefusal[] = [
      ...(['empty', 'damaged', 'too_many_pixels', 'too_heavy', 'text_too_long', 'heic', 'office'] as const),
      ...(['video', 'svg', 'unknown', 'too_many_pages', 'password', 'fonts_missing'] as const),
    ]
    for (const reason of reasons) {
      const { field, key, params } = explainRefusal(
        { field: 'files', number: 3, content: Buffer.alloc(0) },
        reason,
      )
      expect([field, key]).toEqual(['files', `safe.file.${reason}`])
      for (const lang of LANGUAGES)
        expect(t(lang, key, params)).toMatch(lang === 'th' ? /^ไฟล์ที่ 3 / : /^File 3 /)
    }
  })
})

describe('a request that is too large or broken is refused as a whole', () => {
  it.each([
    ['101 texts', Array.from({ length: 101 }, (_, at) => ({ name: `n${at}`, body: 'x' })), 'form_parts'],
    ['51 files', Array.from({ length: 51 }, () => file('a.jpg', 'x')), 'form_parts'],
    [
      'six long texts',
      Array.from({ length: 6 }, () => ({ name: 'a', body: 'x'.repeat(200_000) })),
      'form_texts',
    ],
  ])('%s', async (_, parts, code) => {
    expect((await app.post(encodeForm(parts))).status).toBe(413)
    expect(app.errors).toMatchObject([{ kind: 'too_large', code }])
  })

  it('one that says it has more than 40 MB, and the next one is read', async () => {
    const five = Array.from({ length: 5 }, () => file('a.jpg', Buffer.alloc(9 * MEGABYTE)))
    expect((await app.post(encodeForm(five))).status).toBe(413)
    expect(app.errors).toMatchObject([{ kind: 'too_large', code: 'request' }])
    expect((await app.read([{ name: 'what', body: 'x' }])).fields.what).toEqual(['x'])
  })

  it('one that does not say how much it has, at 40 MB', async () => {
    const sender = begin([], 'transfer-encoding: chunked')
    const status = app.statusOf(sender)
    const send = (bytes: Buffer) =>
      sender.write(
        Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]),
      )
    const files = Array.from({ length: 6 }, () => file('a.jpg', Buffer.alloc(7 * MEGABYTE)))
    for (const part of files) send(encodeForm([part], ''))
    expect(await answers([status], 5000)).toEqual([413])
    expect(app.errors).toMatchObject([{ kind: 'too_large', code: 'request' }])
  })

  it.each([
    ['breaks off', encodeForm([file('a.jpg', Buffer.alloc(MEGABYTE))]).subarray(0, MEGABYTE / 2)],
    ['has a field called __proto__', encodeForm([file('a.jpg'), { name: '__proto__', body: 'x' }])],
    ['has JSON for a text', encodeForm([{ name: 'a', type: 'application/json', body: '{"b":1}' }])],
  ])('one that %s', async (_, body) => {
    expect((await app.post(body)).status).toBe(400)
    expect(app.errors).toMatchObject([{ kind: 'bad_request' }])
  })
})

describe('of reports with files', () => {
  it('four are read at once, the fifth when one is done, and one without files at any time', async () => {
    const [first] = await takeAllPlaces()
    const fifth = app.post(bigForm()).then(({ status }) => status)
    const plain = app.post(encodeForm([{ name: 'what', body: 'x' }])).then(({ status }) => status)
    expect(await answers([plain, fifth], 1000)).toEqual([200, 'none'])
    first?.destroy()
    expect(await answers([fifth], 1000)).toEqual([200])
  })

  it('twenty may wait; the next is told at once to come later', async () => {
    const taken = await takeAllPlaces()
    const waiting = Array.from({ length: 20 }, () => app.post(bigForm()).then(({ status }) => status))
    await pause(300)
    expect((await app.post(bigForm())).status).toBe(503)
    expect(app.errors).toMatchObject([{ kind: 'unavailable', code: 'busy' }])
    for (const sender of taken) sender.destroy()
    expect(await answers(waiting, 10_000)).toEqual(waiting.map(() => 200))
  })

  it('who goes away while waiting leaves the line', async () => {
    const taken = await takeAllPlaces()
    const waiting = Array.from({ length: 20 }, () => begin([{ name: 'what', body: 'x' }]))
    await pause(300)
    for (const sender of waiting) sender.destroy()
    await pause(300)
    const next = app.post(bigForm()).then(({ status }) => status)
    expect(await answers([next], 500)).toEqual(['none'])
    taken[0]?.destroy()
    expect(await answers([next], 1000)).toEqual([200])
  })

  it('each keeps its place until it is answered, also when its sender has gone meanwhile', async () => {
    app.hold()
    const form = bigForm()
    const held = Array.from({ length: 4 }, () => {
      const sender = begin([], `content-length: ${form.length}`)
      sender.write(form)
      return sender
    })
    await expect.poll(() => app.bodies.length).toBe(4)
    for (const sender of held) sender.destroy()
    const fifth = app.post(bigForm()).then(({ status }) => status)
    await pause(1000)
    expect(app.bodies.length).toBe(4)
    app.release()
    expect(await answers([fifth], 1000)).toEqual([200])
  })

  it('a refused one gives its place back', async () => {
    for (let at = 0; at < 6; at += 1) {
      const broken = encodeForm([file('a.jpg', Buffer.alloc(2 * MEGABYTE)), { name: '__proto__', body: 'x' }])
      expect((await app.post(broken)).status).toBe(400)
    }
    expect((await app.post(bigForm())).status).toBe(200)
  })

  it('who falls silent for thirty seconds is cut off; who waits so long is told to come later', async () => {
    const startedAt = performance.now()
    const seconds = () => (performance.now() - startedAt) / 1000
    const [silent, ...slow] = await takeAllPlaces()
    const drip = setInterval(() => {
      for (const sender of slow) sender.write('x')
    }, 1000)
    const cut = new Promise((resolve) => silent?.on('close', () => resolve(seconds())))
    app.hold()
    await pause(2000)
    const first = app.post(bigForm())
    await pause(500)
    const second = app.post(bigForm())
    expect(await cut).toBeGreaterThan(29)
    await expect.poll(() => app.bodies.length).toBe(1)
    expect(app.errors).toMatchObject([{ kind: 'bad_request', code: 'sender_silent' }])
    expect((await second).status).toBe(503)
    expect(seconds()).toBeGreaterThan(32)
    expect(seconds()).toBeLessThan(40)
    app.release()
    expect((await first).status).toBe(200)
    clearInterval(drip)
  })
})

it('a scope that has no places for reports reads none', async () => {
  const other = Fastify()
  acceptForms(other)
  other.post('/', async (request) => readReportBody(request))
  const answer = await other.inject({ method: 'POST', url: '/', headers: FORM_TYPE, payload: encodeForm([]) })
  expect(answer.statusCode).toBe(500)
  await other.close()
})
