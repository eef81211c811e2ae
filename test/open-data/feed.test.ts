import { spawnSync } from 'node:child_process'
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { summaryReports } from '#reports/tables.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

/** The feed as an XML parser of another language reads it, which takes nothing that is not well formed. */
async function read(): Promise<{ feed: Record<string, string>; entries: Record<string, string>[] }> {
  const { text, headers } = await office.agent.get('/open-data/reports.atom').buffer(true).expect(200)
  expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8')
  expect(headers['access-control-allow-origin']).toBe('*')
  const script = `
import json, sys, xml.etree.ElementTree as tree
atom = '{http://www.w3.org/2005/Atom}'
feed = tree.fromstring(sys.stdin.buffer.read())
assert feed.tag == atom + 'feed', feed.tag
told = lambda one: {part.tag.replace(atom, ''): part.text or part.get('href') for part in one if part.tag != atom + 'entry'}
print(json.dumps({'feed': told(feed), 'entries': [told(entry) for entry in feed.findall(atom + 'entry')]}))`
  const { stdout, stderr } = spawnSync('python3', ['-c', script], { input: text, encoding: 'utf8' })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

function write(slug: string, version: number, title: string, publishedOn: string | null): void {
  const { orm } = office.portal.db
  const { id } = orm
    .insert(summaryReports)
    .values({
      ...{ slug, version, title, fromOn: '2026-10-01', toOn: '2027-03-31', state: 'draft', texts: {} },
      ...{ createdAt: office.clock.now(), createdBy: 'wit' },
    })
    .returning({ id: summaryReports.id })
    .get()
  if (publishedOn === null) return
  const noted = { figures: {}, notedOn: publishedOn, notedBy: 'นายก' }
  const publishedAt = new Date(`${publishedOn}T03:00:00Z`)
  const isOf = eq(summaryReports.id, id)
  orm.update(summaryReports).set({ state: 'replaced' }).where(isPublishedAs(slug)).run()
  orm
    .update(summaryReports)
    .set({ ...noted, state: 'published', publishedAt })
    .where(isOf)
    .run()
}

const isPublishedAs = (slug: string) =>
  and(eq(summaryReports.slug, slug), eq(summaryReports.state, 'published'))

it('a feed without reports is one all the same', async () => {
  const { feed, entries } = await read()
  expect(entries).toEqual([])
  expect(feed).toMatchObject({ id: 'http://localhost:3000/open-data/reports.atom' })
  expect(Date.parse(feed.updated ?? '')).not.toBeNaN()
})

it('a feed tells the reports that stand, newest first, under addresses that stay', async () => {
  write('2569', 1, 'ปี 2569', '2026-10-10')
  write('2570-1', 1, 'ฉบับแรก', '2026-11-01')
  write('2570-1', 2, 'รายงาน <6 เดือน> & "ผล"\u0007\uFFFF', '2026-11-10')
  write('2570-2', 1, 'ร่าง', null)
  const { feed, entries } = await read()
  expect(feed.updated).toBe('2026-11-10T03:00:00.000Z')
  expect(entries).toMatchObject([
    {
      id: 'http://localhost:3000/reports/2570-1',
      link: 'http://localhost:3000/reports/2570-1',
      title: 'รายงาน <6 เดือน> & "ผล"  ',
      updated: '2026-11-10T03:00:00.000Z',
    },
    { id: 'http://localhost:3000/reports/2569', updated: '2026-10-10T03:00:00.000Z' },
  ])
  expect(entries.every(({ id, title, updated, summary }) => id && title && updated && summary)).toBe(true)
})
