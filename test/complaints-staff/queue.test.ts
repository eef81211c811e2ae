import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isMovable, moveCase } from '#complaints/move-case.ts'
import { insertMove } from '#complaints/moves-store.ts'
import { countQueue, countViews, queuePage } from '#complaints/queue-store.ts'
import { menuFor, QUEUE_VIEWS, type QueueFilters, type QueueView, viewsFor } from '#complaints/queue-views.ts'
import type { QueueContext } from '#complaints/queue-walk-store.ts'
import { type Case, updateCase } from '#complaints/store.ts'
import { isOpen } from '#domain/case-status.ts'
import { addDays, civilDateOf } from '#domain/civil-date.ts'
import { maySeeCase } from '#domain/permissions.ts'
import { lettersOf } from '#letters/store.ts'
import type { MemberName } from '../support/cast.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fakeRegister } from './confidential-office.ts'
import { type TestCase, tickClocks, viewerFor } from './desk.ts'
import { fillAtRandom } from './random-office.ts'

const MEMBERS: MemberName[] = ['nid', 'dao', 'chai', 'malee', 'somsri', 'wit', 'nayok', 'admin']

let office: TestPortal
let testCases: TestCase[]
let rows: Case[]
beforeAll(async () => {
  office = await startTestPortal()
  testCases = fillAtRandom(office, 260, 2570)
  // Three days on, some new dates have passed too; at noon drafts lie ready for what is due.
  office.clock.addDays(3)
  office.clock.addMinutes(180)
  await tickClocks(office)
  await moveSome()
  rows = testCases.map((testCase) => testCase.row())
})
afterAll(() => office.close())

/** Every twentieth case is in the confidential register, and another on its way there. */
async function moveSome(): Promise<void> {
  const { db, now } = office.portal
  const nth = (rest: number) => testCases.filter((one, n) => n % 20 === rest && isMovable(one.row()))
  for (const { row } of nth(0)) {
    const act = { row: row(), viewer: viewerFor(office, 'wit'), excluded: [] }
    await moveCase(office.portal, fakeRegister(), act, (_id, error) => expect(error).toBe(null))
  }
  for (const { id, row } of nth(1)) {
    insertMove(db, { caseId: id, askedAt: now(), actorId: 1, actorName: 'ก' })
    updateCase(db, row(), { status: 'moved', finishedOn: null, mergedIntoId: null }, now())
  }
  expect(testCases.filter(({ row }) => row().status === 'moved').length).toBeGreaterThan(10)
}

const contextOf = (name: MemberName): QueueContext => ({
  viewer: viewerFor(office, name),
  today: civilDateOf(office.portal.now()),
  nearDays: 3,
})

/** The views as one would explain them to an officer, over every row, without SQL. */
function belongs(view: QueueView, row: Case, { viewer, today, nearDays }: QueueContext): boolean {
  if (row.status === 'moved' || !maySeeCase(viewer, row)) return false
  const open = isOpen(row.status)
  const stands = row.promisedOn ?? row.dueOn
  switch (view) {
    case 'new':
      return row.status === 'submitted'
    case 'assign':
      return row.status === 'registered'
    case 'mine':
      return open && row.officerId === viewer.accountId
    case 'unit':
      return open && row.unitId !== null && row.unitId === viewer.unitId
    case 'info':
      return row.status === 'need_info'
    case 'near':
      return open && stands !== null && stands >= today && stands <= addDays(today, nearDays)
    case 'over':
      return open && stands !== null && stands < today
    case 'explain':
      return open && isBeingExplained(row)
    case 'delayed':
      return open && row.dueOn !== null && row.dueOn < today && row.promisedOn !== null && !isPast(row, today)
    case 'late':
      return open && row.dueOn !== null && row.dueOn < today
    case 'open':
      return open
    case 'reopen':
      return open && row.reopenedAt !== null && row.reopenAcceptedAt === null
    case 'all':
      return true
  }
}

const queueOn = (row: Case): string => row.promisedOn ?? row.dueOn ?? addDays(row.receivedOn, 30)

const isPast = (row: Case, today: string): boolean => queueOn(row) < today

const isBeingExplained = (row: Case): boolean =>
  lettersOf(office.portal.db, row.id).some(
    ({ kind, state }) => kind === 'delay' && (state === 'draft' || state === 'waiting'),
  )

function expected(view: QueueView, context: QueueContext, keeps = (_row: Case) => true): number[] {
  const list = rows.filter((row) => belongs(view, row, context) && keeps(row))
  list.sort((a, b) => (queueOn(a) < queueOn(b) ? -1 : queueOn(a) > queueOn(b) ? 1 : a.id - b.id))
  if (view === 'all') list.reverse()
  return list.map((row) => row.id)
}

/** Walks the whole list by its own links, forwards or back again from the end. */
function walk(context: QueueContext, view: QueueView, filters: QueueFilters, size: number): number[] {
  const { db } = office.portal
  const forwards: number[] = []
  let page = queuePage(db, context, view, filters, {}, size)
  expect(page.hasPrevious).toBe(false)
  for (;;) {
    forwards.push(...page.rows.map((row) => row.id))
    const after = page.rows.at(-1)
    if (!page.hasNext || !after) break
    page = queuePage(db, context, view, filters, { after }, size)
    expect(page.hasPrevious).toBe(true)
  }
  const backwards = page.rows.map((row) => row.id)
  while (page.hasPrevious) {
    const [before] = page.rows
    page = queuePage(db, context, view, filters, { before }, size)
    expect(page.hasNext).toBe(true)
    backwards.unshift(...page.rows.map((row) => row.id))
  }
  expect(backwards).toEqual(forwards)
  return forwards
}

describe('the lists after random histories', () => {
  it('hold every case that belongs there, and the counts beside them are their lengths', () => {
    const filled = new Set<QueueView>()
    for (const name of MEMBERS) {
      const context = contextOf(name)
      const counts = countViews(office.portal.db, context, QUEUE_VIEWS)
      for (const view of QUEUE_VIEWS) {
        const ids = expected(view, context)
        expect(walk(context, view, {}, 500), `${name} ${view}`).toEqual(ids)
        expect(counts.get(view), `${name} ${view}`).toBe(ids.length)
        if (ids.length > 0) filled.add(view)
      }
    }
    expect([...filled].sort()).toEqual([...QUEUE_VIEWS].sort())
  })

  it('are paged so that every case is met exactly once, forwards and backwards', () => {
    for (const name of ['nid', 'chai', 'wit', 'malee'] as const) {
      for (const view of QUEUE_VIEWS) {
        const context = contextOf(name)
        expect(walk(context, view, {}, 7), `${name} ${view}`).toEqual(expected(view, context))
      }
    }
  })

  it('split what is late by the plan into what was explained and what was not', () => {
    const context = contextOf('wit')
    const list = (view: QueueView) => walk(context, view, {}, 500).sort((a, b) => a - b)
    expect([...list('over'), ...list('delayed')].sort((a, b) => a - b)).toEqual(list('late'))
    expect(rows.filter((row) => row.promisedOn !== null && belongs('over', row, context))).not.toEqual([])
  })

  it('go on where a reader stopped although cases were added and settled in the meantime', () => {
    const context = contextOf('wit')
    const { db } = office.portal
    const first = queuePage(db, context, 'near', {}, {}, 3)
    const cursor = first.rows.at(-1)
    expect(cursor).toBeDefined()
    const rest = queuePage(db, context, 'near', {}, { after: cursor }, 500)
    const ids = expected('near', context)
    expect([...first.rows, ...rest.rows].map((row) => row.id)).toEqual(ids)
  })
})

describe('filters', () => {
  const FILTERS: [QueueFilters, (row: Case) => boolean][] = [
    [{ unit: 3 }, (row) => row.unitId === 3],
    [{ category: 'A2' }, (row) => row.categoryCode === 'A2'],
    [{ village: 2 }, (row) => row.villageId === 2],
    [{ channel: 'phone' }, (row) => row.channel === 'phone'],
    [{ status: 'closed' }, (row) => row.status === 'closed'],
    [{ status: 'in_progress' }, (row) => row.status === 'in_progress'],
    [{ from: '2026-11-01' }, (row) => row.receivedOn >= '2026-11-01'],
    [{ to: '2026-10-01' }, (row) => row.receivedOn <= '2026-10-01'],
    [
      { from: '2026-10-05', to: '2026-10-20' },
      (row) => row.receivedOn >= '2026-10-05' && row.receivedOn <= '2026-10-20',
    ],
    [
      { from: '2026-08-01', to: '2026-11-30' },
      (row) => row.receivedOn >= '2026-08-01' && row.receivedOn <= '2026-11-30',
    ],
    [
      { category: 'E1', village: 3, status: 'closed' },
      (row) => row.categoryCode === 'E1' && row.villageId === 3 && row.status === 'closed',
    ],
    [
      { channel: 'line', unit: 6, from: '2026-09-15' },
      (row) => row.channel === 'line' && row.unitId === 6 && row.receivedOn >= '2026-09-15',
    ],
    [{ unit: 'none' }, (row) => row.unitId === null],
    [{ officer: 'none' }, (row) => row.officerId === null],
    [{ unit: 3, officer: 'none' }, (row) => row.unitId === 3 && row.officerId === null],
    [{ unit: 999 }, () => false],
  ]

  it('narrow every list to exactly the cases they name, for every person', () => {
    for (const name of MEMBERS) {
      const context = contextOf(name)
      for (const view of QUEUE_VIEWS) {
        for (const [filters, keeps] of FILTERS) {
          const ids = expected(view, context, keeps)
          const what = `${name} ${view} ${JSON.stringify(filters)}`
          expect(walk(context, view, filters, 9), what).toEqual(ids)
          expect(countQueue(office.portal.db, context, view, filters), what).toBe(ids.length)
        }
      }
    }
  })

  it('by officer find what is in that person’s hands', () => {
    const { chai } = office.cast
    for (const name of ['nid', 'malee'] as const) {
      const context = contextOf(name)
      const ids = expected('all', context, (row) => row.officerId === chai.id)
      expect(walk(context, 'all', { officer: chai.id }, 9)).toEqual(ids)
    }
  })

  it('are counted no further than asked', () => {
    const context = contextOf('wit')
    expect(countQueue(office.portal.db, context, 'all', {}, 10)).toBe(10)
    expect(countQueue(office.portal.db, contextOf('chai'), 'all', {}, 1)).toBe(1)
  })
})

describe('the views offered', () => {
  it('leave out what a person can never have', () => {
    const offered = (name: MemberName) => viewsFor(viewerFor(office, name))
    expect(offered('nid')).toEqual([...QUEUE_VIEWS])
    const everybodys = ['info', 'near', 'over', 'explain', 'delayed', 'reopen', 'late', 'open', 'all']
    expect(offered('chai')).toEqual(['mine', 'unit', ...everybodys])
    expect(offered('nayok')).toEqual(['new', 'assign', ...everybodys])
  })

  it('name in the menu those of the overview only while they are open', () => {
    const viewer = viewerFor(office, 'wit')
    expect(menuFor(viewer)).not.toContain('late')
    expect(menuFor(viewer, 'late')).toContain('late')
    expect(menuFor(viewer, 'late')).not.toContain('open')
  })
})
