import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRecurring, readCauses, receivedByPlace } from '#analysis/recurrence.ts'
import type { CaseStatus } from '#domain/case-status.ts'
import { addDays, instantOf } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { fileCase, setStatus } from '../statistics/office.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { plansOf } from '../support/plans.ts'

let office: TestFolder
let portal: Portal
let villages: number[]
beforeAll(() => {
  office = openTestFolder()
  portal = office.portal
  villages = portal.settings.villages().map(({ id }) => id)
})
afterAll(() => office.close())

/** Runs `work` and takes back everything it wrote. */
function undone(work: () => void): void {
  portal.db.sqlite.exec('begin immediate')
  try {
    work()
  } finally {
    portal.db.sqlite.exec('rollback')
  }
}

const complain = (categoryCode: string, villageId: number | null, on: string): number =>
  fileCase(portal, { categoryCode, villageId, receivedAt: instantOf(on, 23, 30) }).id

const FIRST_DAY = '2026-08-20'
const CATEGORIES = ['A1', 'A2', 'C1'] as const
const PERIODS = [
  { from: '2026-10', to: '2026-11' },
  { from: '2026-09', to: '2026-09' },
  { from: '2025-12', to: '2026-11' },
] as const

const which = fc.nat()
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('file' as const),
      day: fc.nat(85),
      category: fc.constantFrom(...CATEGORIES),
      village: fc.nat(2),
    }),
  },
  fc.record({
    do: fc.constant('status' as const),
    which,
    status: fc.constantFrom<CaseStatus>('in_progress', 'resolved', 'not_accepted', 'merged', 'moved'),
  }),
  fc.record({ do: fc.constant('reopen' as const), which }),
  fc.record({
    do: fc.constant('set' as const),
    which,
    column: fc.constantFrom('category_code', 'kind', 'village_id'),
  }),
)

function live(history: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): void {
  const { sqlite } = portal.db
  const filed: number[] = []
  for (const act of history) {
    if (act.do === 'file') {
      filed.push(
        complain(act.category, [...villages, null][act.village] ?? null, addDays(FIRST_DAY, act.day)),
      )
    }
    if (!('which' in act) || filed.length === 0) continue
    const id = filed[act.which % filed.length] ?? 0
    if (sqlite.prepare("select 1 from cases where id = ? and status = 'moved'").get(id)) continue
    if (act.do === 'status') setStatus(portal, id, act.status, '2026-11-15')
    if (act.do === 'reopen') {
      setStatus(portal, id, 'in_progress')
      sqlite.prepare('update cases set reopened_at = 1, updated_at = 1 where id = ?').run(id)
    }
    if (act.do === 'set') {
      const value = { category_code: 'A2', kind: 'question', village_id: villages[0] }[act.column]
      sqlite.prepare(`update cases set ${act.column} = ?, updated_at = 1 where id = ?`).run(value, id)
    }
  }
}

interface Row {
  category_code: string
  village_id: number | null
  received_on: string
  status: string
  reopened_at: number | null
}

/** The same, complaint by complaint. */
function recounted({ from, to }: { from: string; to: string }, least: number) {
  const rows = portal.db.sqlite
    .prepare<[], Row>("select * from cases where kind = 'complaint' and status <> 'moved'")
    .all()
    .filter(({ received_on }) => received_on.slice(0, 7) >= from && received_on.slice(0, 7) <= to)
  const found = []
  for (const categoryCode of CATEGORIES) {
    for (const villageId of villages) {
      const all = rows.filter((row) => row.category_code === categoryCode && row.village_id === villageId)
      const counted = all.filter(({ status }) => status !== 'merged')
      if (counted.length < least) continue
      const byMonth: Record<string, number> = {}
      for (const { received_on } of counted) {
        const month = received_on.slice(0, 7)
        byMonth[month] = (byMonth[month] ?? 0) + 1
      }
      found.push({
        ...{ categoryCode, villageId, count: counted.length, byMonth },
        merged: all.length - counted.length,
        reopened: counted.filter((row) => row.reopened_at !== null).length,
      })
    }
  }
  return found
}

describe('what recurs', () => {
  it('tells what was merged apart from what was opened again', () => {
    undone(() => {
      const [, second, third] = [1, 2, 3].map((day) => complain('A2', villages[0] ?? 0, `2026-10-0${day}`))
      setStatus(portal, second ?? 0, 'merged')
      portal.db.sqlite.prepare('update cases set reopened_at = 1 where id in (?, ?)').run(second, third)
      const [one] = findRecurring(portal.db, PERIODS[0], { least: 1 })
      expect(one).toMatchObject({ count: 2, merged: 1, reopened: 1 })
    })
  })

  it('is what a count of the rows finds, whatever happened to them', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 25, maxLength: 60 }), (history) =>
        undone(() => {
          live(history)
          for (const period of PERIODS) {
            for (const least of [1, 3]) {
              const found = findRecurring(portal.db, period, { least }).map(({ months, ...rest }) => ({
                ...rest,
                byMonth: Object.fromEntries(
                  months.filter(({ count }) => count > 0).map(({ month, count }) => [month, count]),
                ),
              }))
              const counts = found.map(({ count }) => count)
              expect(counts).toEqual(counts.toSorted((a, b) => b - a))
              const key = (one: { categoryCode: string; villageId: number }) =>
                `${one.categoryCode}|${one.villageId}`
              const sorted = (list: typeof found) => list.toSorted((a, b) => key(a).localeCompare(key(b)))
              expect(sorted(found)).toEqual(sorted(recounted(period, least)))
            }
          }
        }),
      ),
      { numRuns: 30 },
    )
  })

  it('names every month of the period, and no place where none was told', () =>
    undone(() => {
      for (const on of ['2026-09-30', '2026-10-01', '2026-10-31', '2026-11-01', '2026-11-30']) {
        complain('A2', villages[1] ?? 0, on)
        complain('A2', null, on)
      }
      const [only, ...others] = findRecurring(portal.db, { from: '2026-10', to: '2026-12' }, { least: 3 })
      expect(others).toEqual([])
      expect(only).toMatchObject({ categoryCode: 'A2', villageId: villages[1], count: 4 })
      expect(only?.months).toEqual([
        { month: '2026-10', count: 2 },
        { month: '2026-11', count: 2 },
        { month: '2026-12', count: 0 },
      ])
    }))

  it('leaves out the categories that are not looked at', () =>
    undone(() => {
      for (const code of ['A2', 'A2', 'C1', 'C1']) complain(code, villages[0] ?? 0, '2026-10-05')
      const found = findRecurring(
        portal.db,
        { from: '2026-10', to: '2026-10' },
        { least: 2, sees: (code) => code !== 'C1' },
      )
      expect(found.map(({ categoryCode }) => categoryCode)).toEqual(['A2'])
    }))

  it('is sought by month, and read off an index of its own where cases were told again', () => {
    const plans = plansOf(portal.db, () => {
      findRecurring(portal.db, { from: '2026-01', to: '2026-12' }, { least: 3 })
      receivedByPlace(portal.db, ['2026-01'])
    })
    for (const { plan } of plans) {
      expect(plan).not.toMatch(/SCAN (cases|figure_totals)/)
      if (plan.includes('figure_totals'))
        expect(plan).toMatch(/month=\? AND basis=\? AND kind=\? AND dimension=\?/)
      if (plan.includes('cases'))
        expect(plan).toContain('USING INDEX cases_repeats (received_on>? AND received_on<?)')
    }
  })
})

const WIT: Viewer = {
  ...{ accountId: 1, displayName: 'วิทย์', roles: ['working_group'], unitId: null, isCentre: false },
}
const OFFICER: Viewer = { ...WIT, accountId: 2, roles: ['officer'], unitId: 2 }

describe('causes and preventions', () => {
  const period = { from: '2026-10', to: '2026-11' }
  const options = { categories: ['A1', 'A2'], each: 2, today: '2026-11-16' }
  const conclude = (id: number, cause: string | null, unitId: number | null = null) => {
    setStatus(portal, id, 'closed', '2026-11-15')
    portal.db.sqlite
      .prepare('update cases set cause = ?, prevention = null, unit_id = ? where id = ?')
      .run(cause, unitId, id)
  }

  it('are those of the latest concluded cases of a category, so many of each', () =>
    undone(() => {
      for (const [cause, on] of [
        ['เก่า', '2026-10-01'],
        ['กลาง', '2026-10-15'],
        ['ใหม่', '2026-11-01'],
        ['ก่อนหน้า', '2026-09-30'],
      ] as const) {
        conclude(complain('A2', villages[0] ?? 0, on), cause)
      }
      conclude(complain('A1', villages[0] ?? 0, '2026-10-02'), null)
      complain('A2', villages[0] ?? 0, '2026-11-02')
      const causes = readCauses(portal.db, WIT, period, options)
      expect(causes.map(({ categoryCode }) => categoryCode)).toEqual(['A2'])
      expect(causes[0]?.lessons.map(({ cause }) => cause)).toEqual(['ใหม่', 'กลาง'])
      const elsewhere = { ...options, village: villages[1] ?? 0 }
      expect(readCauses(portal.db, WIT, period, elsewhere)).toEqual([])
    }))

  it('are those of the cases that a person may see', () =>
    undone(() => {
      conclude(complain('A2', null, '2026-10-01'), 'ของกองอื่น', 3)
      conclude(complain('A2', null, '2026-10-02'), 'ของกองตน', 2)
      const [group] = readCauses(portal.db, OFFICER, period, options)
      expect(group?.lessons.map(({ cause }) => cause)).toEqual(['ของกองตน'])
    }))
})
