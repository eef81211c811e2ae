import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writeDocument } from '#settings/store.ts'
import { OFFICE, startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileCase, setStatus } from './office.ts'

let office: TestPortal

async function open(): Promise<void> {
  office = await startTestPortal()
}

const PATHS = ['/statistics', '/statistics/2570', '/statistics/2570.csv', '/en/statistics/2570.json']

async function tagOf(path: string): Promise<string> {
  const { headers } = await office.agent.get(path).set('accept-encoding', 'identity').expect(200)
  return String(headers.etag)
}

describe('a kept answer', () => {
  beforeAll(open)
  afterAll(() => office.close())

  it.each(PATHS)('of %s is asked for again with its validator and found unchanged', async (path) => {
    const tag = await tagOf(path)
    expect(tag).toMatch(/^"[\w-]{22}"$/)
    const same = await office.agent
      .get(path)
      .set('accept-encoding', 'identity')
      .set('if-none-match', `"other", W/${tag}`)
      .expect(304)
    expect(same.text).toBe('')
    expect(same.headers.etag).toBe(tag)
    expect(same.headers['cache-control']).toBe('public, max-age=30')
  })

  it('is sent whole to whoever holds another one', async () => {
    await office.agent.get('/statistics').set('if-none-match', '"old"').expect(200)
  })

  it('is packed for whoever takes it, each packing with a validator of its own', async () => {
    const plain = await office.agent.get('/statistics').set('accept-encoding', 'identity').expect(200)
    const packed = await office.app.inject({
      url: '/statistics',
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(packed.headers.vary).toContain('accept-encoding')
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.text)
    expect(packed.rawPayload.length).toBeLessThan(plain.text.length / 3)
    expect(packed.headers.etag).not.toBe(plain.headers.etag)
    const brotli = await office.app.inject({ url: '/statistics', headers: { 'accept-encoding': 'br' } })
    expect(brotli.headers['content-encoding']).toBe('br')
  })

  it('does not take over what one visitor added to the address', async () => {
    const { text } = await office.agent.get('/statistics/2570?from=poster').expect(200)
    expect(text).not.toContain('poster')
  })
})

describe('a change is seen by the next visitor', () => {
  beforeEach(open)
  afterEach(() => office.close())

  it.each(PATHS)('of %s when a complaint is filed, and again when it is finished', async (path) => {
    const before = await tagOf(path)
    const { id } = fileCase(office.portal)
    const filed = await tagOf(path)
    expect(filed).not.toBe(before)
    setStatus(office.portal, id, 'closed', '2026-11-16')
    expect(await tagOf(path)).not.toBe(filed)
    const { body } = await office.agent.get('/statistics/2570.json').expect(200)
    expect(body.year).toEqual({ broughtForward: 0, received: 1, finished: 1, inProgress: 0 })
    expect(body.lastUpdated).toBe(office.clock.now().toISOString())
  })

  it('when nothing but what was found of a case changes, or how its duty stands', async () => {
    const { portal, clock } = office
    const { id } = fileCase(portal)
    const count = async () => (await office.agent.get('/statistics/2570.json').expect(200)).body.parts.year
    expect(await count()).toMatchObject({ grounds: 0, timeliness: { running: 1, late: 0 } })
    portal.db.sqlite.exec(`update cases set finding = 'yes' where id = ${id}`)
    expect(await count()).toMatchObject({ grounds: 1 })
    portal.db.sqlite.exec(
      `update case_clocks set breached_at = ${clock.now().getTime()} where case_id = ${id}`,
    )
    expect(await count()).toMatchObject({ timeliness: { running: 0, late: 1 } })
  })

  it('when the day turns, and with it the month or the year', async () => {
    await office.agent.get('/statistics/2571').expect(404)
    const november = await office.agent.get('/statistics/2570.json').expect(200)
    expect(november.body.months[2].received).toBeNull()
    office.clock.set(new Date('2026-11-30T17:00:00Z'))
    const december = await office.agent.get('/statistics/2570.json').expect(200)
    expect(december.body.months[2].received).toBe(0)
    office.clock.set(new Date('2027-09-30T17:00:00Z'))
    const page = await office.agent.get('/statistics').expect(200)
    expect(page.text).toContain('ปีงบประมาณ พ.ศ. 2571')
  })

  it('when the office changes its name', async () => {
    await office.agent.get('/statistics').expect(200)
    const { portal } = office
    writeDocument(portal.db, 'office', { ...OFFICE, orgName: 'เทศบาลตำบลเมืองใหม่' }, portal.now())
    portal.settings.changed()
    const { text } = await office.agent.get('/statistics').expect(200)
    expect(text).toContain('เทศบาลตำบลเมืองใหม่')
  })

  it('when another process wrote it', async () => {
    await office.agent.get('/statistics').expect(200)
    const { default: Sqlite } = await import('better-sqlite3')
    const other = new Sqlite(office.portal.db.sqlite.name)
    other.exec(`insert into month_totals values ('2026-11', 'complaint', 'A', 5, 0);
      update figures_version set version = version + 1, changed_at = 1790000000000`)
    other.close()
    const { body } = await office.agent.get('/statistics/2570.json').expect(200)
    expect(body.year.received).toBe(5)
  })
})
