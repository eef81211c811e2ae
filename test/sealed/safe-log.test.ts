import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealedOf } from '#sealed/open.ts'
import { type BuiltPortal, startBuilt, temporaryFolder } from '../process/built-portal.ts'
import { rawRequest, sendRaw } from '../security/raw-http.ts'
import { typedIn } from '../support/forms.ts'
import { startTestPortal } from '../support/portal.ts'
import { openTestChannel } from './channel.ts'
import { filingOn, REPORT, receiptOn, sendForm } from './reporter.ts'

const folder = temporaryFolder()
let portal: BuiltPortal
beforeAll(async () => {
  const office = await startTestPortal()
  await openTestChannel(office)
  for (const db of [office.portal.db, sealedOf(office.portal).db])
    db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  cpSync(office.dataDir, folder.path, { recursive: true })
  await office.close()
  portal = await startBuilt(folder.path, { LOG_LEVEL: 'debug' })
})
afterAll(async () => {
  portal.signal('SIGKILL')
  await portal.ended
  folder.remove()
})

const newAgent = () => request.agent(portal.url).set('Sec-Fetch-Site', 'same-origin')

/** What the process says while the work is done. */
async function saidDuring(work: () => Promise<unknown>): Promise<string> {
  await setTimeout(300)
  const before = portal.log().length
  await work()
  await setTimeout(300)
  return portal.log().slice(before)
}

/** The whole way of who reports, with a few wrong turns. */
async function reportAndComeBack(): Promise<void> {
  const agent = newAgent()
  for (const path of ['/', '/report', '/mailbox', '/icon', '/mailbox/sent']) {
    await agent.get(`/en/safe${path.replace(/^\/$/, '')}`)
  }
  const form = await agent.get('/safe/report')
  const token = typedIn(form, 'token') ?? ''
  await sendForm(agent, '/safe/report', { token, ...REPORT })
  await setTimeout(4_500)
  const file = { name: 'แดง.txt', content: Buffer.from('บันทึก') }
  const answer = await sendForm(agent, '/safe/report', { token, ...REPORT }, [file])
  await agent
    .post('/safe/saved')
    .type('form')
    .send({ filing: filingOn(answer) })
  for (const receipt of ['1', receiptOn(answer)]) {
    await agent.post('/safe/mailbox').type('form').send({ receipt })
  }
  const sent = await sendForm(agent, '/safe/mailbox/reply', { text: 'ถนนสาย 4' })
  expect(sent.headers.location).toBe('/safe/mailbox/sent')
  await agent.post('/safe/leave').type('form').send({})
}

async function goWrong(): Promise<number[]> {
  const agent = newAgent()
  const statuses: number[] = []
  const note = ({ status }: { status: number }) => statuses.push(status)
  for (const path of ['/safe/raport', '/en/safe/x', '/Safe', '/safety', '//safe/report', '/safe/mailbox/1']) {
    note(await agent.get(path))
  }
  note(await agent.post('/safe').type('form').send({}))
  note(await agent.post('/safe/mailbox').send({ receipt: 1 }))
  note(
    await agent
      .post('/safe/mailbox')
      .type('form')
      .send({ receipt: 'x'.repeat(1_100_000) }),
  )
  note(await agent.post('/safe/report').set('Content-Type', 'multipart/form-data; boundary=x').send('--y'))
  note(await agent.post('/safe/report').set('Sec-Fetch-Site', 'cross-site').type('form').send(REPORT))
  for (const path of ['/safe/%zz', '/en/safe/%E0%A4%A', `/safe/${'a'.repeat(500)}`, '/safe?%zz']) {
    note(await sendRaw(portal.port, rawRequest(`GET ${path}`)))
  }
  const db = new Sqlite(join(folder.path, 'sealed', 'sealed.sqlite'))
  db.exec('alter table officers rename to gone')
  note(await agent.get('/safe'))
  note(await sendForm(agent, '/safe/report', REPORT))
  db.exec('alter table gone rename to officers')
  db.close()
  return statuses
}

describe('the log at its most talkative', () => {
  it('has a line for whoever looks at another page', async () => {
    expect(await saidDuring(() => newAgent().get('/guide'))).toContain('"route":"/guide"')
  })

  it('does not number its lines, so that nobody can count what is missing', async () => {
    const said = await saidDuring(() => newAgent().get('/guide'))
    const ids = [...said.matchAll(/"reqId":"([^"]+)"/g)].map(([, id]) => id)
    expect(ids).toHaveLength(2)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/)
  })

  it('has no line of who reports, comes back and leaves', async () => {
    expect(await saidDuring(reportAndComeBack)).toBe('')
  })

  it('has no line of mistyped addresses, broken and oversized forms, or faults of ours', async () => {
    let statuses: number[] = []
    const said = await saidDuring(async () => {
      statuses = await goWrong()
    })
    expect(said).toBe('')
    expect(new Set(statuses)).toEqual(new Set([200, 400, 403, 404, 413, 415, 500]))
  })

  it('has no line of style sheets, which would tell when somebody looked at a page that has none', async () => {
    const page = await newAgent().get('/')
    const sheet = /href="(\/assets\/siang[^"]+)"/.exec(page.text)?.[1] ?? ''
    const asked = async () => expect((await newAgent().get(sheet)).status).toBe(200)
    expect(await saidDuring(asked)).toBe('')
  })
})
