import request, { type Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { portOf, rawRequest, sendRaw } from '../security/raw-http.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileReport, openTestChannel, type TestChannel } from './channel.ts'
import { openForm, openMailboxOf, REPORT, sendForm, wordsOf } from './reporter.ts'

const ONION = `${'abcdefg2'.repeat(7)}.onion`

let office: TestPortal
let channel: TestChannel
beforeAll(async () => {
  office = await startTestPortal({
    env: { PUBLIC_URL: 'https://siang.example', ONION_ADDRESS: ONION },
  })
  channel = await openTestChannel(office)
})
afterAll(() => office.close())

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self' https://www.tmd.go.th; frame-ancestors 'none'; base-uri 'none'"
const STRICT = {
  'content-security-policy': POLICY,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex, noarchive',
  'strict-transport-security': 'max-age=31536000',
}
const NEVER = ['etag', 'last-modified', 'server', 'x-powered-by', 'set-cookie']

function expectStrict(what: string, headers: Record<string, unknown>): void {
  const found = Object.fromEntries(Object.keys(STRICT).map((name) => [name, headers[name]]))
  expect([what, found]).toEqual([what, STRICT])
  expect([what, NEVER.filter((name) => name in headers)]).toEqual([what, []])
  const features = String(headers['permissions-policy']).split(', ')
  expect(features.filter((feature) => !/^[\w-]+=\(\)$/.test(feature))).toEqual([])
  for (const feature of ['camera', 'microphone', 'geolocation']) expect(features).toContain(`${feature}=()`)
}

/** What stands on every page: the way out, no script, and no link that tells another zone of this one. */
function expectSafePage(what: string, { text }: Response): void {
  expect([what, text.includes('<script'), / on\w+="/.test(text)]).toEqual([what, false, false])
  const first = [...text.matchAll(/<(?:a href="[^"]*"|button[^>]*|input (?!type="hidden")[^>]*)/g)]
  expect([what, first[1]?.[0]]).toEqual([what, '<button class="sg-leave__button" type="submit"'])
  expect(text).toMatch(/<form class="sg-leave" method="post" action="(\/en)?\/safe\/leave">/)
  const links = [...text.matchAll(/<(?:a|link|img)\b[^>]*(?:href|src)="([^"]+)"[^>]*>/g)]
  const telling = links
    .filter(([, url]) => !/^(#|tel:|(\/en)?\/safe($|\/))/.test(`${url}`))
    .filter(([tag]) => !/rel="noreferrer"|referrerpolicy="no-referrer"/.test(tag))
  expect([what, telling.map(([tag]) => tag)]).toEqual([what, []])
}

describe('every answer below /safe', () => {
  const form = { ...REPORT, token: 'x' }
  const requests: [string, number, (agent: TestAgent) => Promise<Response>][] = [
    ['the start', 200, async (agent) => agent.get('/safe')],
    ['the start in English', 200, async (agent) => agent.get('/en/safe')],
    ['the form', 200, async (agent) => agent.get('/safe/report')],
    ['a faulty form', 422, (agent) => sendForm(agent, '/safe/report', form)],
    ['the last page', 200, async (agent) => agent.post('/safe/saved').type('form').send({})],
    ['the door', 200, async (agent) => agent.get('/en/safe/mailbox')],
    [
      'a wrong receipt',
      422,
      async (agent) => agent.post('/safe/mailbox').type('form').send({ receipt: '1' }),
    ],
    ['a visit that has ended', 403, (agent) => sendForm(agent, '/safe/mailbox/reply', { text: 'x' })],
    ['a page without a visit', 303, async (agent) => agent.get('/safe/mailbox/sent')],
    ['leaving', 303, async (agent) => agent.post('/safe/leave').type('form').send({})],
    ['a mistyped address', 404, async (agent) => agent.get('/safe/raport')],
    ['a mistyped address in English', 404, async (agent) => agent.get('/en/safe/x/y')],
    ['a form to a page that takes none', 404, async (agent) => agent.post('/safe').type('form').send({})],
    ['another method', 404, async (agent) => agent.delete('/safe/report')],
    ['JSON', 415, async (agent) => agent.post('/safe/mailbox').send({ receipt: 1 })],
    [
      'a form that is too large',
      413,
      async (agent) =>
        agent
          .post('/safe/mailbox')
          .type('form')
          .send({ receipt: 'x'.repeat(1_100_000) }),
    ],
    [
      'a broken form',
      400,
      async (agent) =>
        agent.post('/safe/report').set('Content-Type', 'multipart/form-data; boundary=x').send('--y'),
    ],
    [
      'a form that another site sent',
      403,
      async (agent) =>
        agent.post('/safe/report').set('Sec-Fetch-Site', 'cross-site').type('form').send(REPORT),
    ],
    [
      'a fault of ours',
      500,
      async (agent) => {
        const { sqlite } = channel.sealed.db
        sqlite.exec('alter table officers rename to gone')
        const answer = await agent.get('/safe')
        sqlite.exec('alter table gone rename to officers')
        return answer
      },
    ],
  ]

  it.each(requests)('is strict and leads out at once: %s', async (what, status, ask) => {
    const answer = await ask(office.newAgent())
    expect([what, answer.status]).toEqual([what, status])
    expectStrict(what, answer.headers)
    if (status === 303) expect(answer.text).toBe('')
    else expectSafePage(what, answer)
    if (status === 500) expect(answer.text).toContain('href="tel:1205"')
  })

  it('is strict also where the address cannot be read', async () => {
    for (const path of ['/safe/%zz', '/en/safe/%E0%A4%A', '/safe%']) {
      const answer = await sendRaw(portOf(office), rawRequest(`GET ${path}`))
      expect(answer.status).toBe(404)
      expectStrict(path, answer.headers)
    }
    const long = await office.newAgent().get(`/safe/${'a'.repeat(3_000)}`)
    expect(long.status).toBe(404)
    expectStrict('a long address', long.headers)
  })

  it('is strict for the receipt and the mailbox', async () => {
    const agent = office.newAgent()
    const token = await openForm(office, agent)
    const receipt = await sendForm(agent, '/safe/report', { token, ...REPORT })
    expect(receipt.status).toBe(200)
    expectStrict('the receipt', receipt.headers)
    expectSafePage('the receipt', receipt)
    const { answer: entered } = await openMailboxOf(office, (await fileReport(office)).receipt)
    const cookie = /__Secure-safe=[^;]+/.exec(`${entered.headers['set-cookie']}`)?.[0] ?? ''
    const visitor = office.newAgent().set('Cookie', cookie)
    for (const path of ['/safe/mailbox', '/en/safe/mailbox', '/safe/mailbox/erase', '/safe/mailbox/sent']) {
      const answer = await visitor.get(path)
      expect(answer.status).toBe(200)
      expectStrict(path, answer.headers)
      expectSafePage(path, answer)
    }
  })

  it('keeps the browser from remembering or sending on what is typed', async () => {
    const pages = await Promise.all(
      ['/safe/report', '/safe/mailbox'].map((path) => office.newAgent().get(path)),
    )
    for (const { text } of pages) {
      const fields = [...text.matchAll(/<(?:input|textarea)[^>]*>/g)]
        .map(([tag]) => tag)
        .filter((tag) => !/type="(hidden|radio|checkbox|file)"/.test(tag))
      expect(fields.length).toBeGreaterThan(0)
      expect(fields.filter((tag) => !tag.includes('autocomplete="off"'))).toEqual([])
      expect(text).not.toContain('capture')
    }
    expect(pages[0]?.text).toMatch(/<form class="sg-form"[^>]* spellcheck="false"/)
  })
})

describe('the onion service', () => {
  const overOnion = () => request.agent(office.app.server).set('Host', ONION)

  it('is told to Tor Browser, and as text on the page', async () => {
    const start = await office.newAgent().get('/en/safe?x=1')
    expect(start.headers['onion-location']).toBe(`http://${ONION}/en/safe`)
    expect(wordsOf(start)).toContain(`http://${ONION}/en/safe`)
    expect((await office.newAgent().get('/safe/nothing')).headers['onion-location']).toBeUndefined()
  })

  it('gets a cookie that needs no TLS, where the public address gets none without', async () => {
    const cookiesFrom = async (agent: TestAgent, headers: Record<string, string>) => {
      const { receipt } = await fileReport(office)
      const answer = await agent.post('/safe/mailbox').set(headers).type('form').send({ receipt })
      const again = await agent.get('/safe/mailbox')
      return { answer, again, set: [answer.headers['set-cookie'] ?? []].flat() }
    }
    const secure = await cookiesFrom(office.newAgent(), {})
    expect(secure.set.map((cookie) => cookie.replace(/=[^;]*/, ''))).toEqual([
      '__Secure-safe; Path=/safe; HttpOnly; Secure; SameSite=Strict',
      '__Secure-safe; Path=/en/safe; HttpOnly; Secure; SameSite=Strict',
    ])
    const onion = await cookiesFrom(overOnion(), { Origin: `http://${ONION}` })
    expect(onion.set.map((cookie) => cookie.replace(/=[^;]*/, ''))).toEqual([
      'safe; Path=/safe; HttpOnly; SameSite=Strict',
      'safe; Path=/en/safe; HttpOnly; SameSite=Strict',
    ])
    expect(onion.answer.headers['strict-transport-security']).toBeUndefined()
    expect(onion.again.headers['onion-location']).toBeUndefined()
  })

  it('leads back to itself', async () => {
    const saved = await overOnion().post('/safe/saved').set('Origin', `http://${ONION}`).type('form').send({})
    expect(wordsOf(saved)).toContain(`http://${ONION}/safe/mailbox`)
    const open = await office.newAgent().post('/en/safe/saved').type('form').send({})
    expect(wordsOf(open)).toContain('https://siang.example/en/safe/mailbox')
  })
})
