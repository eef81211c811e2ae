import type { Response } from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { caseSlug, parseCaseReference } from '#domain/reference.ts'
import { COMPLAINT, fileAndKeepSlip, type Slip, send, track } from '../complaints/citizen.ts'
import { PASSWORD } from '../support/cast.ts'
import { post } from '../support/forms.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { portOf, rawRequest, sendRaw } from './raw-http.ts'

// Many requests, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

let site: TestPortal
let slip: Slip
let people: { name: string; agent: TestAgent }[]
beforeAll(async () => {
  site = await startTestPortal()
  slip = await fileAndKeepSlip(site)
  people = [
    { name: 'stranger', agent: site.newAgent() },
    { name: 'complainant', agent: await track(site, slip) },
    { name: 'officer', agent: await site.signIn('nid') },
    { name: 'administrator', agent: await site.signIn('admin') },
  ]
})
afterAll(() => site.close())

/** Every address of the site map, with something real in place of its parameters. */
function addresses(method: 'GET' | 'POST'): { url: string; zone: string }[] {
  const { fy = 0, seq = 0 } = parseCaseReference(slip.number) ?? {}
  const filled: Record<string, string> = {
    slug: caseSlug(fy, seq),
    fy: String(fy),
    action: 'note',
    id: '1',
    code: 'A2',
    file: site.portal.assets.urls.css.slice('/assets/'.length),
  }
  return site.app.routeTable
    .filter((route) => route.method === method)
    .map(({ url, zone }) => ({ zone, url: url.replace(/:(\w+)/g, (_, name: string) => filled[name] ?? 'x') }))
}

const POLICY = {
  'content-security-policy': /^default-src 'none'; .*frame-ancestors 'none'; base-uri 'none'$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
}

/** What is open data may be fetched by the pages of others; everything else of it is as guarded. */
const OPEN_POLICY = { ...POLICY, 'cross-origin-resource-policy': /^cross-origin$/ }

function missingHeaders(headers: Record<string, string>, policy: Record<string, RegExp> = POLICY): string[] {
  return Object.entries(policy).flatMap(([name, rule]) => (rule.test(headers[name] ?? '') ? [] : [name]))
}

describe('the security headers are on', () => {
  it('every page of every zone, for everybody who asks', async () => {
    const poor: string[] = []
    for (const { name, agent } of people) {
      for (const { url, zone } of addresses('GET').filter(({ url }) => !url.startsWith('/assets/'))) {
        const answer = await agent.get(url)
        const missing = missingHeaders(answer.headers, zone === 'open-data' ? OPEN_POLICY : POLICY)
        if (missing.length > 0) poor.push(`${name} ${url} ${answer.status}: ${missing}`)
      }
    }
    expect(poor).toEqual([])
  })

  it('every answer to a form, taken, faulty or refused', async () => {
    for (const { url } of addresses('POST')) {
      for (const agent of [site.newAgent(), site.newAgent().set('Sec-Fetch-Site', 'cross-site')]) {
        expect([url, missingHeaders((await post(agent, url, { a: 'b' })).headers)]).toEqual([url, []])
      }
    }
    const huge = await post(site.newAgent(), '/complaints', { detail: 'x'.repeat(1_100_000) })
    const json = await site.newAgent().post('/complaints').send({ a: 1 })
    expect([huge, json].map(({ status, headers }) => [status, missingHeaders(headers)])).toEqual([
      [413, []],
      [415, []],
    ])
  })

  it.each([
    ['an address that cannot be read', rawRequest('GET /track/%E0%A4%A<b>'), 404],
    ['an address longer than any of ours', rawRequest(`GET /staff/cases/${'a'.repeat(500)}`), 404],
    ['a page that is not there', rawRequest('GET /nothing'), 404],
    ['a method nobody uses', rawRequest('PROPFIND /track'), 404],
    ['more headers than a browser sends', rawRequest('GET /', `X-Long: ${'a'.repeat(20_000)}`), 431],
    ['something that is no HTTP', 'คำร้อง\r\n\r\n', 400],
    [
      'two lengths at once',
      rawRequest('POST /track', 'Content-Length: 5', 'Transfer-Encoding: chunked'),
      400,
    ],
  ])('the answer to %s', async (_, request, status) => {
    const answer = await sendRaw(portOf(site), request)
    expect([answer.status, missingHeaders(answer.headers)]).toEqual([status, []])
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body).not.toMatch(/<b>|FST_|HPE_|Error:/)
  })

  it('assets too, as far as they mean anything there', async () => {
    const { headers } = await site.newAgent().get(site.portal.assets.urls.css)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  })
})

describe('caches', () => {
  it('keep nothing of what is anybody’s own, whoever asks', async () => {
    const own = addresses('GET').filter(
      ({ url, zone }) => ['tracking', 'staff', 'admin'].includes(zone) || url.includes('/complaints'),
    )
    expect(own.length).toBeGreaterThan(30)
    for (const { agent } of people) {
      for (const { url } of own) {
        expect([url, (await agent.get(url)).headers['cache-control']]).toEqual([url, 'no-store'])
      }
    }
    const receipt = await send(site.newAgent(), '/complaints', COMPLAINT)
    expect([receipt.status, receipt.headers['cache-control']]).toEqual([201, 'no-store'])
    expect((await site.newAgent().get('/nothing')).headers['cache-control']).toBe('no-store')
  })
})

describe('cookies', () => {
  const cookies = (answer: Response): string[] => [answer.headers['set-cookie'] ?? []].flat()

  it('go to their own zone alone, out of reach of scripts, and only over TLS where there is TLS', async () => {
    const secure = await startTestPortal({ env: { PUBLIC_URL: 'https://siang.example' } })
    const own = await fileAndKeepSlip(secure)
    const door = await post(secure.newAgent(), '/track', { ...own })
    const desk = await post(secure.newAgent(), '/staff/sign-in', { username: 'nid', password: PASSWORD })
    const home = await secure.newAgent().get('/')
    await secure.close()
    const set = [...cookies(door), ...cookies(desk)]
    expect(set.map((cookie) => /Path=([^;]+)/.exec(cookie)?.[1])).toEqual(['/track', '/en/track', '/staff'])
    for (const cookie of set) expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Lax$/)
    expect(home.headers['strict-transport-security']).toBe('max-age=31536000')
  })

  it('are set by no other page', async () => {
    for (const { url, zone } of addresses('GET').filter((address) => address.zone === 'public')) {
      expect([zone, url, cookies(await site.newAgent().get(url))]).toEqual([zone, url, []])
    }
  })
})

describe('other methods than GET and POST', () => {
  it('do nothing anywhere, and cannot be smuggled in', async () => {
    const { agent } = people[2] ?? { agent: site.agent }
    for (const { url } of addresses('GET')) {
      for (const method of ['put', 'patch', 'delete', 'options'] as const) {
        expect([method, url, (await agent[method](url)).status]).toEqual([method, url, 404])
      }
    }
    const override = await agent.get('/staff/sign-out').set('X-HTTP-Method-Override', 'POST')
    expect(override.status).toBe(404)
    expect((await agent.get('/staff/account')).status).toBe(200)
  })
})
