import { afterAll, beforeAll, expect, it } from 'vitest'
import { countQueue, countViews, queuePage } from '#complaints/queue-store.ts'
import { QUEUE_VIEWS, type QueueFilters } from '#complaints/queue-views.ts'
import type { QueueContext } from '#complaints/queue-walk-store.ts'
import type { MemberName } from '../support/cast.ts'
import { plansOf } from '../support/plans.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { viewerFor } from './desk.ts'

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

const contextOf = (name: MemberName): QueueContext => ({
  ...{ viewer: viewerFor(office, name), today: '2026-11-16', nearDays: 3 },
})

const FILTERS: QueueFilters[] = [
  ...[{}, { unit: 3 }, { category: 'A1' }, { village: 1 }, { channel: 'phone' }, { status: 'closed' }],
  ...[
    { officer: 2 },
    { officer: 'none' },
    { unit: 'none' },
    { from: '2026-10-01' },
    { category: 'A1', village: 2, status: 'closed', channel: 'line' },
  ],
] as QueueFilters[]

it('no list looks at every case, and none but a period of the past is sorted', () => {
  for (const name of ['nid', 'dao', 'chai', 'malee', 'wit'] as const) {
    const context = contextOf(name)
    const work = () => {
      for (const view of QUEUE_VIEWS) {
        for (const filters of FILTERS) {
          queuePage(office.portal.db, context, view, filters, {}, 50)
          const cursor = { queueOn: '2026-11-01', id: 7 }
          queuePage(office.portal.db, context, view, filters, { after: cursor }, 50)
          queuePage(office.portal.db, context, view, filters, { before: cursor }, 50)
        }
      }
    }
    for (const { sql, plan } of plansOf(office.portal.db, work)) {
      const looks = plan.split('\n').filter((step) => /\b(?:SCAN|SEARCH) cases\b/.test(step))
      const letters = plan.split('\n').filter((step) => /\b(?:SCAN|SEARCH) letters\b/.test(step))
      for (const step of letters) expect(step, sql).toContain('SEARCH letters USING INDEX letters_waiting')
      for (const step of looks) expect(step, sql).toMatch(/USING (?:COVERING )?INDEX|INTEGER PRIMARY KEY/)
      // The short union of two walks and the fifty rows shown may be sorted, the walk itself never.
      const walk = plan.slice(0, plan.indexOf('UNION') > 0 ? plan.indexOf('UNION') : undefined)
      const sorted = /TEMP B-TREE/.test(walk) && !/INTEGER PRIMARY KEY/.test(walk)
      if (sorted) expect(walk.trim().split('\n').at(-1), sql).toMatch(/TEMP B-TREE FOR ORDER BY/)
    }
  }
})

/** Whether the statement fetches columns of the table itself: then every case counted costs a look at its row. */
function readsRows(sql: string): boolean {
  const { sqlite } = office.portal.db
  const blanks = Array.from(sql.matchAll(/\?/g), () => null)
  const steps = sqlite.prepare(`explain ${sql}`).all(...blanks) as {
    opcode: string
    p1: number
    p2: number
  }[]
  const root = sqlite.prepare("select rootpage from sqlite_master where name = 'cases'").pluck().get()
  const tables = steps.filter(({ opcode, p2 }) => opcode === 'OpenRead' && p2 === root).map(({ p1 }) => p1)
  return steps.some(({ opcode, p1 }) => opcode === 'Column' && tables.includes(p1))
}

it('the counts beside the views are read off the indexes alone', () => {
  expect(readsRows('select count(*) from cases where subject > ?')).toBe(true)
  for (const name of ['nid', 'dao', 'chai', 'malee', 'wit'] as const) {
    const context = contextOf(name)
    for (const { sql } of plansOf(office.portal.db, () =>
      countViews(office.portal.db, context, QUEUE_VIEWS),
    )) {
      expect(readsRows(sql), `${name}: ${sql}`).toBe(false)
    }
  }
})

it('any combination of filters is counted on one index alone', () => {
  const filters: QueueFilters[] = [
    {
      category: 'A1',
      village: 2,
      status: 'closed',
      channel: 'line',
      unit: 3,
      officer: 2,
      from: '2026-01-01',
    },
    { status: 'withdrawn', officer: 2, channel: 'letter' },
    { village: 7, from: '2026-03-01', to: '2026-03-15', channel: 'letter' },
    { from: '2025-10-01', to: '2026-09-30' },
    { unit: 3, channel: 'phone' },
  ]
  for (const name of ['nid', 'chai', 'wit'] as const) {
    for (const filter of filters) {
      const work = () => countQueue(office.portal.db, contextOf(name), 'all', filter, 1001)
      for (const { sql } of plansOf(office.portal.db, work))
        expect(readsRows(sql), `${name}: ${sql}`).toBe(false)
    }
  }
})
