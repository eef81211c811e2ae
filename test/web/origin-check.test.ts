import request from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMPLAINT, fileAndKeepSlip, type Slip } from '../complaints/citizen.ts'
import { caseOf } from '../complaints/officer.ts'
import { PASSWORD } from '../support/cast.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

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

const rows = (table: 'cases' | 'tracking_sessions' | 'staff_sessions' | 'case_events'): number =>
  Number(site.portal.db.sqlite.prepare(`select count(*) from ${table}`).pluck().get())
const everything = () => ({
  cases: rows('cases'),
  events: rows('case_events'),
  visits: rows('tracking_sessions'),
  sessions: rows('staff_sessions'),
})

const OWN = 'http://localhost:3000'
const THAI = 'ระบบไม่แน่ใจว่าแบบฟอร์มนี้ส่งมาจากเว็บไซต์ของเรา'

describe('an old phone that says nothing about where its forms come from', () => {
  it('files a complaint: that form acts in nobody’s name', async () => {
    const answer = await file(browser())
    expect(answer.status).toBe(201)
    expect(answer.text).toMatch(/รท \d{4}\/2570/)
  })

  it('opens tracking and the staff pages by the page it came from', async () => {
    expect((await track(browser({ referer: `${OWN}/track` }))).status).toBe(303)
    expect((await signIn(browser({ referer: `${OWN}/staff/sign-in` }))).status).toBe(303)
  })

  it('is told why where it hides that too, and nothing happens', async () => {
    const before = everything()
    const answer = await track(browser())
    expect(answer.status).toBe(403)
    expect(answer.text).toContain(THAI)
    expect(answer.text).toContain('เพื่อความปลอดภัยจึงไม่รับไว้')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect((await track(browser(), '/en/track')).text).toContain(
      'We could not be sure that this form was sent',
    )
    expect((await signIn(browser())).status).toBe(403)
    expect(everything()).toEqual(before)
  })

  it.each([
    'https://elsewhere.example/track',
    'http://localhost:3000.elsewhere.example/',
    'about:blank',
    'x',
  ])('is refused when it came from %s', async (referer) => {
    expect((await track(browser({ referer }))).status).toBe(403)
  })
})

describe('a form sent by another site', () => {
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    // The stronger header decides, whatever the weaker ones say.
    { 'sec-fetch-site': 'cross-site', origin: OWN, referer: `${OWN}/track` },
    { origin: 'https://elsewhere.example', referer: `${OWN}/track` },
    { origin: 'null' },
  ]

  it.each(foreign)('with %j is refused in every zone and changes nothing', async (headers) => {
    const before = everything()
    for (const send of [file, track, signIn]) {
      const answer = await send(browser(headers))
      expect(answer.status).toBe(403)
      expect(answer.text).toContain(THAI)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
    expect(everything()).toEqual(before)
  })

  it('does nothing in the name of an officer who is signed in, or of a citizen on the tracking page', async () => {
    const nid = browser()
    await nid
      .post('/staff/sign-in')
      .set({ origin: OWN })
      .type('form')
      .send({ username: 'nid', password: PASSWORD })
    const citizen = browser()
    await citizen
      .post('/track')
      .set({ origin: OWN })
      .type('form')
      .send({ ...slip })
    const { rev } = caseOf(site, slip)
    const before = everything()
    const register = (headers: Record<string, string>) =>
      nid.post('/staff/cases/RT-2570-0001/register').set(headers).type('form').send({ rev })
    for (const headers of foreign) {
      expect((await register(headers)).status).toBe(403)
      const withdrawal = citizen.post('/track/withdraw').set(headers).type('form').send({ rev })
      expect((await withdrawal).status).toBe(403)
    }
    expect(caseOf(site, slip)).toMatchObject({ status: 'submitted', rev })
    expect(everything()).toEqual(before)
    expect((await register({ 'sec-fetch-site': 'same-origin' })).status).toBe(303)
    expect(caseOf(site, slip).status).toBe('registered')
  })
})

describe('our own forms', () => {
  it('are taken by Origin: the public address, and whatever address the office opens the portal by', async () => {
    expect((await track(browser({ origin: OWN }))).status).toBe(303)
    const local = browser({ origin: 'http://192.168.1.20:3000', host: '192.168.1.20:3000' })
    expect((await track(local)).status).toBe(303)
    const other = browser({ origin: 'http://192.168.1.21:3000', host: '192.168.1.20:3000' })
    expect((await track(other)).status).toBe(403)
  })

  it('are taken when the person typed or bookmarked the address', async () => {
    expect((await file(browser({ 'sec-fetch-site': 'none' }))).status).toBe(201)
  })
})

it('a link from another site opens every page', async () => {
  const agent = browser({ 'sec-fetch-site': 'cross-site', referer: 'https://elsewhere.example/' })
  for (const path of ['/', '/complaints/new', '/track?number=RT-2570-0001', '/staff/sign-in']) {
    expect((await agent.get(path)).status).toBe(200)
  }
})
