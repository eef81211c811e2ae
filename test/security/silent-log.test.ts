import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import request from 'supertest'
import type TestAgent from 'supertest/lib/agent.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { COMPLAINT, newForm, type Slip, send, slipOf } from '../complaints/citizen.ts'
import { type BuiltPortal, startBuilt, temporaryFolder } from '../process/built-portal.ts'
import { PASSWORD } from '../support/cast.ts'
import { drawing } from '../support/upload-samples.ts'
import { sendRaw } from './raw-http.ts'

vi.setConfig({ testTimeout: 60_000 })

const CANARY = 'kanari'
const FIELDS = {
  ...COMPLAINT,
  ...{
    subject: `${CANARY} subject`,
    detail: `${CANARY} detail`,
    wish: CANARY,
    place: CANARY,
    name: CANARY,
    address: CANARY,
  },
  ...{ phone: '0891234567', email: `${CANARY}@example.com`, replyBy: 'email' },
}

const folder = temporaryFolder()
let portal: BuiltPortal
let secrets: string[] = []
beforeAll(async () => {
  portal = await startBuilt(folder.path, {
    LOG_LEVEL: 'debug',
    TRUST_PROXY: '127.0.0.1',
    SMTP_URL: 'smtp://127.0.0.1:9',
  })
})
afterAll(async () => {
  portal.signal('SIGKILL')
  await portal.ended
  folder.remove()
})

const newAgent = (): TestAgent =>
  request.agent(portal.url).set({
    'Sec-Fetch-Site': 'same-origin',
    'User-Agent': CANARY,
    Referer: `${portal.url}/${CANARY}`,
    'X-Forwarded-For': '203.0.113.77',
    Cookie: `${CANARY}=${CANARY}`,
  })

async function fileComplaint(): Promise<Slip> {
  const agent = newAgent()
  const content = await drawing(40, 40).png().toBuffer()
  const token = await newForm(agent)
  const answer = await send(agent, '/complaints', { token, ...FIELDS }, [{ name: `${CANARY}.png`, content }])
  const slip = slipOf(answer)
  secrets.push(token, slip.code, slip.code.replaceAll(' ', ''), slip.number)
  return slip
}

/** The life of a complaint with all that people type on the way, right and wrong. */
async function everyDayLife(slip: Slip): Promise<void> {
  const agent = newAgent()
  const bare = { 'User-Agent': CANARY, 'Sec-Fetch-Site': 'same-origin' }
  for (const path of [
    '/track',
    '/nothing',
    '/staff',
    '/complaints/new',
    `/statistics/${CANARY}`,
    `/track/files/${CANARY}`,
  ]) {
    await agent.get(`${path}?number=${encodeURIComponent(slip.number)}&q=${CANARY}`)
  }
  await agent.post('/track').type('form').send({ number: slip.number, code: '111122223333', text: CANARY })
  const visitor = request.agent(portal.url).set(bare)
  const door = await visitor
    .post('/track')
    .type('form')
    .send({ ...slip })
  secrets.push(/siang_track=([^;]+)/.exec(`${door.headers['set-cookie']}`)?.[1] ?? '')
  await visitor
    .post('/track/message')
    .type('form')
    .send({ text: `${CANARY} message`, rev: '1' })
  await visitor.get(`/track/case?done=${CANARY}`)
  await agent
    .post('/staff/sign-in')
    .type('form')
    .send({ username: CANARY, password: `${CANARY} password` })
  await sendRaw(portal.port, `GET /%zz${CANARY} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  await sendRaw(portal.port, `${CANARY}\r\n\r\n`)
}

async function administer(): Promise<TestAgent> {
  const admin = request.agent(portal.url).set({ 'User-Agent': CANARY, 'Sec-Fetch-Site': 'same-origin' })
  const link = new URL(portal.link() ?? '').pathname
  const password = { newPassword: PASSWORD, newPasswordAgain: PASSWORD }
  const made = await admin
    .post(link)
    .type('form')
    .send({ username: CANARY, displayName: CANARY, ...password })
  secrets.push(/siang_staff=([^;]+)/.exec(`${made.headers['set-cookie']}`)?.[1] ?? '')
  const officer = { username: `${CANARY}2`, displayName: CANARY, unitId: '1', roles: 'officer' }
  const link2 = await admin.post('/staff/admin/accounts/new').type('form').send(officer)
  secrets.push(/\/staff\/link\/([\w-]+)/.exec(link2.text)?.[1] ?? '')
  return admin
}

/** Faults of ours, each in another place, while somebody's words are being handled. */
async function breakDown(slip: Slip): Promise<number[]> {
  const statuses: number[] = []
  const db = new Sqlite(join(folder.path, 'portal.sqlite'))
  const visitor = request.agent(portal.url).set({ 'Sec-Fetch-Site': 'same-origin' })
  const tries = [
    () =>
      visitor
        .post('/track')
        .type('form')
        .send({ ...slip }),
    async () => send(newAgent(), '/complaints', FIELDS),
    () => visitor.post('/staff/sign-in').type('form').send({ username: CANARY, password: CANARY }),
  ]
  for (const table of ['case_contacts', 'tracking_sessions', 'attempts', 'case_words']) {
    db.exec(`alter table ${table} rename to gone`)
    for (const attempt of tries) statuses.push((await attempt()).status)
    db.exec(`alter table gone rename to ${table}`)
  }
  db.close()
  return statuses
}

describe('the log at its most talkative', () => {
  it('holds no code, word, name, number, address, file, query or secret of anybody, not even of faults', async () => {
    const slip = await fileComplaint()
    await everyDayLife(slip)
    await administer()
    const statuses = await breakDown(slip)
    expect(statuses.filter((status) => status === 500).length).toBeGreaterThan(4)
    portal.signal('SIGTERM')
    await portal.ended
    const log = portal.log().replace(portal.link() ?? '', '')
    expect(log.split('\n').length).toBeGreaterThan(60)
    expect(log).toContain('"msg":"request failed"')
    expect(log).toContain('"route":"/track"')
    secrets = secrets.filter((secret) => secret.length > 0)
    expect(secrets.length).toBeGreaterThan(6)
    for (const secret of [CANARY, '0891234567', '203.0.113.77', 'ไฟทาง', 'รท 0001', 'RT-', ...secrets]) {
      expect([secret, log.includes(secret)]).toEqual([secret, false])
    }
  })
})
