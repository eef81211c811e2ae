import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { caseSlug } from '#domain/reference.ts'
import { COMPLAINT, fileAndKeepSlip, type Slip, track } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { stateOf } from '../complaints-staff/desk.ts'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { portOf, rawRequest, sendRaw } from './raw-http.ts'

// Many requests, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

let site: TestPortal
let slip: Slip
let victims: Record<string, TestAgent>
beforeAll(async () => {
  site = await startTestPortal()
  slip = await fileAndKeepSlip(site)
  const officer = await site.signIn('nid')
  const admin = await site.signIn('admin')
  victims = { tracking: await track(site, slip), staff: officer, admin, public: site.newAgent() }
})
afterAll(() => site.close())

function addresses(method: string): { url: string; zone: string }[] {
  const { fiscalYear, seq } = caseOf(site, slip)
  const filled: Record<string, string> = {
    slug: caseSlug(fiscalYear, seq),
    action: 'note',
    code: 'A2',
    fy: '2570',
  }
  return site.app.routeTable
    .filter((route) => route.method === method)
    .map(({ url, zone }) => ({ zone, url: url.replace(/:(\w+)/g, (_, name: string) => filled[name] ?? '1') }))
}

/** What some form or other would take, if it were let in. */
const FIELDS = {
  ...COMPLAINT,
  text: 'kanari',
  rev: '1',
  seen: '1',
  name: 'kanari',
  username: 'kanari',
  password: PASSWORD,
}

const FOREIGN: [string, Record<string, string>][] = [
  ['another site, by the browser’s own word', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a neighbour under the same domain', { 'Sec-Fetch-Site': 'same-site', Origin: 'http://localhost:3000' }],
  ['another site in an older browser', { Origin: 'https://evil.example' }],
  ['a frame without an origin', { Origin: 'null' }],
  ['our name with another scheme', { Origin: 'https://localhost:3000' }],
  ['our name with another port', { Origin: 'http://localhost:3001' }],
  ['a name that begins as ours', { Origin: 'http://localhost:3000.evil.example' }],
]
const UNKNOWN: [string, Record<string, string>][] = [
  ['nowhere', {}],
  ['a page of another site', { Referer: 'https://evil.example/http://localhost:3000/' }],
  ['a page that is no address', { Referer: 'localhost:3000' }],
]

/** Who reports corruption has no cookie until the mailbox is open. */
const takesCookie = ({ zone, url }: { zone: string; url: string }): boolean =>
  zone !== 'public' && !/\/safe\/(report|saved|leave)$/.test(url)

describe('a form that comes from', () => {
  it.each([...FOREIGN, ...UNKNOWN])('%s does nothing in any zone with a cookie', async (_, headers) => {
    const before = stateOf(site)
    const zones = addresses('POST').filter(takesCookie)
    expect(zones.length).toBeGreaterThan(20)
    for (const { zone, url } of zones) {
      const agent = victims[zone] ?? site.agent
      const answer = await agent.post(url).unset('Sec-Fetch-Site').set(headers).type('form').send(FIELDS)
      expect([url, answer.status, answer.headers['set-cookie']]).toEqual([url, 403, undefined])
    }
    expect(stateOf(site)).toEqual(before)
  })

  it.each(FOREIGN)('%s files nothing', async (_, headers) => {
    const before = stateOf(site)
    for (const { url } of addresses('POST').filter((address) => !takesCookie(address))) {
      const answer = await site
        .newAgent()
        .post(url)
        .unset('Sec-Fetch-Site')
        .set(headers)
        .type('form')
        .send(FIELDS)
      expect([url, answer.status]).toEqual([url, 403])
    }
    expect(stateOf(site)).toEqual(before)
  })

  it.each([
    ['our own page', { 'Sec-Fetch-Site': 'same-origin' }],
    ['our own page in an older browser', { Origin: 'http://localhost:3000' }],
    ['our own page in a very old one', { Referer: 'http://localhost:3000/track' }],
  ])('%s is let in', async (_, headers) => {
    const answer = await site
      .newAgent()
      .post('/track')
      .unset('Sec-Fetch-Site')
      .set(headers)
      .type('form')
      .send({ ...slip })
    expect(answer.status).toBe(303)
  })

  it('an old phone that says nothing of where it is still files a complaint', async () => {
    const answer = await site
      .newAgent()
      .post('/complaints')
      .unset('Sec-Fetch-Site')
      .type('form')
      .send(COMPLAINT)
    expect(answer.status).toBe(201)
  })
})

describe('following a link', () => {
  it('changes nothing anywhere, however it is dressed', async () => {
    const before = stateOf(site)
    const query = new URLSearchParams({
      ...FIELDS,
      _method: 'POST',
      confirm: 'yes',
      done: 'withdraw',
      step: 'send',
    })
    for (const [zone, agent] of Object.entries(victims)) {
      for (const { url } of addresses('GET').filter((address) => address.zone === zone))
        await agent.get(`${url}?${query}`)
    }
    for (const url of addresses('POST').map((address) => address.url))
      await victims.staff?.get(`${url}?${query}`)
    expect(stateOf(site)).toEqual(before)
  })
})

describe('the way to another site', () => {
  const LEADS_AWAY = /(?:href|action|src)="(?:\s*(?:https?:)?(?:\/|\\|&#x2f;){2}|\s*javascript:|\/\\)/i

  it.each([
    '/en//evil.example',
    '/en///evil.example/x',
    '/en/\\evil.example',
    '/en/\\/evil.example',
    '//evil.example',
    '/\\evil.example',
    '/en/track//evil.example?x=//evil.example',
    '/track?next=//evil.example&number=//evil.example',
    '/staff/sign-in?next=//evil.example',
    'http://evil.example/en/nothing',
    '/%2F/evil.example',
    '/en/%5Cevil.example',
    '/en/..//evil.example',
  ])('is on no page, not even at %s', async (address) => {
    const answer = await sendRaw(portOf(site), rawRequest(`GET ${address}`))
    expect(answer.body).not.toMatch(LEADS_AWAY)
    expect(answer.headers.location ?? '/').toMatch(/^\/(?![/\\])/)
  })

  it('is not opened by a forged name of our own', async () => {
    const forged = { Host: 'evil.example', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' }
    for (const path of ['/', '/staff', '/track', '/complaints/new', '/nothing']) {
      const answer = await site.newAgent().get(path).set(forged)
      expect(`${answer.text}${answer.headers.location}`).not.toContain('evil.example')
    }
    const receipt = await site.newAgent().post('/complaints').set(forged).type('form').send(COMPLAINT)
    expect(receipt.text).toContain('localhost:3000/track')
    expect(receipt.text).not.toContain('evil.example')
  })

  it('is not found in where a form leads afterwards', async () => {
    const fields = {
      ...slip,
      next: '//evil.example',
      redirect: '//evil.example',
      return_to: 'https://evil.example',
    }
    const door = await post(site.newAgent(), '/en/track', fields)
    expect(door.headers.location).toBe('/en/track/case')
    const leave = await post(victims.tracking ?? site.agent, '/track/leave', fields)
    expect(leave.headers.location).toBe('/track')
  })
})
