import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { ACTION_FORMS } from '#complaints/staff-actions.ts'
import { COMPLAINT, fileAndKeepSlip, track } from '../complaints/citizen.ts'
import { fileCase, stateOf, type TestCase } from '../complaints-staff/desk.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { encodeForm, FORM_TYPE } from '../support/upload-app.ts'

// Many requests, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

/** Already encoded, so that bytes can be sent that no browser would. */
const VALUES = `
%27 %22 %22%22%22 %27%20or%201=1-- %22)%20OR%20(%22 NEAR( NEAR(%22ไฟ%22,%201e9) * %5E %3A - a*b* AND NOT%20ไฟ text%3Aไฟ
%7Bx%7D %7B%22%24ne%22%3A1%7D %25 %25%25_%25 %5C %00 a%00b %FF%FE %ED%A0%80 %F0%9F%98%80 -1 0 1e9 1e309 NaN
9999999999999999999 0x10 1.5 %2B1 ๑๒๓ 1%2C2 2026-13-45 31%2F2%2F2569 30%2F9%2F9999 0000-00-00 __proto__ constructor
toString %E2%80%AE %E2%80%8B %0D%0ASet-Cookie%3A%20a%3Db ..%2F..%2F %24%7Bx%7D
${'a'.repeat(3000)} ${'%E0%B8%81'.repeat(400)} ${'%CC%81'.repeat(900)}`
  .trim()
  .split(/\s+/)
/** Ways to write one parameter several times or as something else than a text. */
const SHAPES = [
  'N=1&N=2',
  'N[]=1',
  'N[a]=1',
  'N[0][b]=1',
  'N',
  'N=&N=',
  'N.x=1',
  '__proto__[N]=1',
  'constructor=1&N=1',
  'N%00=1',
]

let site: TestPortal
let officer: TestAgent
let visitor: TestAgent
let testCase: TestCase
beforeAll(async () => {
  site = await startTestPortal()
  for (const subject of ['ไฟดับ', 'ถนนพัง "หลุม" 100%', "น้ำไม่ไหล ' -- NEAR"])
    testCase = fileCase(site, { subject })
  officer = await site.signIn('nid')
  visitor = await track(site, await fileAndKeepSlip(site))
})
afterAll(() => site.close())

/** A fifth of the values, others for each name, in every shape; `every` tries them all. */
function queriesOf(name: string, every = 5): string[] {
  const chosen = VALUES.filter((_, index) => (index + name.length) % every === 0)
  return [...chosen.map((value) => `${name}=${value}`), ...SHAPES.map((shape) => shape.replaceAll('N', name))]
}

/** Asks for everything and tells what was answered with a fault of ours. */
async function faults(agent: TestAgent, path: string, queries: readonly string[]): Promise<string[]> {
  const failed: string[] = []
  for (const query of queries) {
    const { status } = await agent.get(`${path}${query}`)
    if (status >= 500) failed.push(`${status} ${path}${query.slice(0, 60)}`)
  }
  return failed
}

async function postFaults(agent: TestAgent, path: string, bodies: readonly string[]): Promise<string[]> {
  const failed: string[] = []
  for (const body of bodies) {
    const { status } = await agent.post(path).type('form').send(body)
    if (status >= 500) failed.push(`${status} ${path} ${body.slice(-80)}`)
  }
  return failed
}

describe('whatever is put into an address', () => {
  it.each([
    'q',
    'view',
    'unit',
    'category',
    'village',
    'channel',
    'status',
    'officer',
    'from',
    'to',
    'after',
    'before',
    'done',
  ])('as %s of the officer’s lists is answered, and nothing is changed', async (name) => {
    const before = stateOf(site)
    expect(await faults(officer, '/staff?', queriesOf(name))).toEqual([])
    expect(await faults(officer, '/staff?view=all&', queriesOf(name))).toEqual([])
    expect(stateOf(site)).toEqual(before)
  })

  it('as a search finds what a person would find, or nothing', async () => {
    const both = await officer.get(`/staff?q=${encodeURIComponent("น้ำไม่ไหล ' -- NEAR")}`)
    expect(both.text.match(/sg-queue__link/g)).toHaveLength(1)
    for (const q of ['"', '*', 'NEAR(', "' or 1=1--", 'text:ไฟ AND *']) {
      const page = await officer.get(`/staff?q=${encodeURIComponent(q)}`)
      expect([q, page.status, page.text.match(/sg-queue__link/g)?.length ?? 0]).toEqual([
        q,
        200,
        q === 'NEAR(' ? 1 : 0,
      ])
    }
  })

  it('of every other page is answered', async () => {
    for (const [path, names] of [
      ['/complaints/new', ['kind', 'category']],
      ['/en/complaints/new', ['kind']],
      ['/track', ['number']],
      ['/statistics', ['fy']],
    ] as const) {
      for (const name of names) expect(await faults(site.newAgent(), `${path}?`, queriesOf(name))).toEqual([])
    }
    for (const path of ['/track/case', '/en/track/case', '/track/withdraw']) {
      expect(await faults(visitor, `${path}?`, queriesOf('done', 1))).toEqual([])
    }
    const roots = [
      '/statistics/',
      '/staff/cases/',
      '/staff/files/',
      '/staff/admin/accounts/',
      '/staff/link/',
      '/assets/',
    ]
    for (const root of [...roots, '/track/files/']) {
      const paths = VALUES.filter((_, index) => (index + root.length) % 3 === 0)
      expect(await faults(officer, root, [...paths, ...paths.map((value) => `${value}.csv`)])).toEqual([])
    }
  })
})

describe('whatever is put into a form', () => {
  it('to file a complaint is answered', async () => {
    const base = new URLSearchParams({ ...COMPLAINT, privacy: '' }).toString()
    const names = [
      'kind',
      'category',
      'village',
      'happenedOn',
      'latitude',
      'phone',
      'email',
      'replyBy',
      'token',
      'kept',
      'drop',
      'subject',
    ]
    for (const name of names) {
      expect(
        await postFaults(
          site.newAgent(),
          '/complaints',
          queriesOf(name).map((query) => `${base}&${query}`),
        ),
      ).toEqual([])
    }
  })

  it('of tracking and signing in is answered', async () => {
    for (const name of ['number', 'code', 'text'])
      expect(await postFaults(site.newAgent(), '/track', queriesOf(name))).toEqual([])
    for (const name of ['text', 'rev', 'token', 'kept']) {
      expect(await postFaults(visitor, '/track/message', queriesOf(name))).toEqual([])
    }
    expect(await postFaults(visitor, '/track/withdraw', queriesOf('rev'))).toEqual([])
    expect(await postFaults(site.newAgent(), '/staff/sign-in', queriesOf('username').slice(0, 20))).toEqual(
      [],
    )
  })

  it('of the officers is answered', async () => {
    const names = ['text', 'unit', 'officer', 'into', 'category', 'answerBy', 'reason', 'rev', 'seen', 'step']
    for (const [index, { path }] of ACTION_FORMS.entries()) {
      const bodies = names.flatMap((name) => queriesOf(name).filter((_, at) => (at + index) % 12 === 0))
      const sent = bodies.map((body) => `rev=1&seen=1&${body}`)
      expect(await postFaults(officer, `${testCase.address}/${path}`, sent)).toEqual([])
    }
  })

  it('under the name of a part of JavaScript is a field like any other, or refused', async () => {
    const names = [
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '__defineGetter__',
    ]
    for (const name of names) {
      const urlencoded = await site
        .newAgent()
        .post('/complaints')
        .type('form')
        .send(`${name}=polluted&${name}[status]=polluted`)
      expect([name, urlencoded.status]).toEqual([name, 422])
      for (const part of [
        { name, body: 'polluted' },
        { name, filename: 'a.png', body: 'polluted' },
        { name: 'files', filename: name, body: 'x' },
      ]) {
        const form = encodeForm([
          ...Object.entries(COMPLAINT).map(([key, body]) => ({ name: key, body })),
          part,
        ])
        const answer = await site.newAgent().post('/complaints').set(FORM_TYPE).send(form)
        expect([name, answer.status < 500]).toEqual([name, true])
      }
    }
    expect(Object.keys({})).toEqual([])
    expect(({} as Record<string, unknown>).status).toBeUndefined()
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
