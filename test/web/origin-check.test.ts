import request from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMPLAINT, fileAndKeepSlip, type Slip } from '../complaints/citizen.ts'
import { PASSWORD } from '../support/cast.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

// That no foreign form does anything on any route is in test/security/foreign-sites.test.ts.

let site: TestPortal
let slip: Slip
beforeAll(async () => {
  site = await startTestPortal()
  slip = await fileAndKeepSlip(site)
})
afterAll(() => site.close())

/** A browser that sends these headers with its forms, and nothing else that says where it comes from. */
const browser = (headers: Record<string, string> = {}): TestAgent =>
  request.agent(site.app.server).set({ accept: 'text/html', ...headers })

const file = (agent: TestAgent) => agent.post('/complaints').type('form').send(COMPLAINT)
const track = (agent: TestAgent, path = '/track') =>
  agent
    .post(path)
    .type('form')
    .send({ ...slip })
const signIn = (agent: TestAgent) =>
  agent.post('/staff/sign-in').type('form').send({ username: 'nid', password: PASSWORD })

const OWN = 'http://localhost:3000'
const WHY = 'ระบบไม่แน่ใจว่าแบบฟอร์มนี้ส่งมาจากเว็บไซต์ของเรา'

describe('a phone that says nothing about where its forms come from', () => {
  it('files a complaint and has a receipt: that form acts in nobody’s name', async () => {
    const answer = await file(browser())
    expect(answer.status).toBe(201)
    expect(answer.text).toMatch(/รท \d{4}\/2570/)
  })

  it('opens tracking and the staff pages by the page it came from', async () => {
    expect((await track(browser({ referer: `${OWN}/track` }))).status).toBe(303)
    expect((await signIn(browser({ referer: `${OWN}/staff/sign-in` }))).status).toBe(303)
  })

  it('is told why not, and what to do, where it hides that too', async () => {
    for (const answer of [await track(browser()), await signIn(browser())]) {
      expect(answer.status).toBe(403)
      expect(answer.text).toContain(WHY)
      expect(answer.text).toContain('กรุณาลองเบราว์เซอร์อื่น')
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    const english = await track(browser(), '/en/track')
    expect(english.text).toContain('We could not be sure that this form was sent from our website')
  })
})

describe('of several headers', () => {
  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site', origin: OWN, referer: `${OWN}/track` },
    { origin: 'https://elsewhere.example', referer: `${OWN}/track` },
  ])('the stronger one decides: %j', async (headers) => {
    for (const send of [file, track, signIn]) {
      const answer = await send(browser(headers))
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined])
    }
  })
})

it('the office may open the portal by its address in the local network', async () => {
  const local = browser({ origin: 'http://192.168.1.20:3000', host: '192.168.1.20:3000' })
  expect((await track(local)).status).toBe(303)
  const neighbour = browser({ origin: 'http://192.168.1.21:3000', host: '192.168.1.20:3000' })
  expect((await track(neighbour)).status).toBe(403)
})

it('a form whose address was typed or bookmarked is taken', async () => {
  expect((await file(browser({ 'sec-fetch-site': 'none' }))).status).toBe(201)
})

it('a link from another site opens every page', async () => {
  const agent = browser({ 'sec-fetch-site': 'cross-site', referer: 'https://elsewhere.example/' })
  for (const path of ['/', '/complaints/new', '/track?number=RT-2570-0001', '/staff/sign-in']) {
    expect((await agent.get(path)).status).toBe(200)
  }
})
