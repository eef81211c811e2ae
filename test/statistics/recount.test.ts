import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, type CivilDate, civilDateOf, instantOf } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import { KINDS, type Kind } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { type Balance, yearFigures, yearsCovered } from '#statistics/figures.ts'
import { recount, recountJob } from '#statistics/recount.ts'
import { readMonthTotals } from '#statistics/store.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { fileCase, setStatus } from './office.ts'

const FIRST_DAY = '2024-09-20'
const TODAY = '2026-11-16'
const DAYS = 787

let office: TestFolder
let portal: Portal

beforeAll(() => {
  office = openTestFolder()
  portal = office.portal
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

const day = fc.nat(DAYS).map((days) => addDays(FIRST_DAY, days))
const step = fc.oneof(
  fc.record({
    do: fc.constant('file' as const),
    on: day,
    kind: fc.constantFrom(...KINDS),
    category: fc.constantFrom('A2', 'E1', 'S2'),
  }),
  fc.record({
    do: fc.constant('finish' as const),
    which: fc.nat(),
    later: fc.nat(60),
    status: fc.constantFrom('resolved', 'not_accepted', 'forwarded', 'withdrawn'),
  }),
  fc.record({ do: fc.constant('reopen' as const), which: fc.nat() }),
  fc.record({ do: fc.constant('merge' as const), which: fc.nat() }),
  fc.record({
    do: fc.constant('move' as const),
    which: fc.nat(),
    category: fc.constantFrom('A2', 'C1', 'E1'),
  }),
  fc.record({
    do: fc.constant('place' as const),
    which: fc.nat(),
    village: fc.constantFrom(null, 1, 2),
    unit: fc.constantFrom(null, 1, 2),
  }),
  fc.record({
    do: fc.constant('find' as const),
    which: fc.nat(),
    finding: fc.constantFrom(null, 'yes', 'part', 'no'),
  }),
  fc.record({ do: fc.constant('clock' as const), which: fc.nat(), late: fc.boolean() }),
  fc.record({ do: fc.constant('leave' as const), which: fc.nat() }),
  fc.record({ do: fc.constant('assign' as const), which: fc.nat() }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

function live(history: readonly Step[]): void {
  const filed: { id: number; on: CivilDate }[] = []
  for (const act of history) {
    if (act.do === 'file') {
      const { id } = fileCase(portal, {
        kind: act.kind,
        categoryCode: act.category,
        receivedAt: instantOf(act.on, 23, 30),
      })
      filed.push({ id, on: act.on })
      continue
    }
    const chosen = filed[act.which % Math.max(1, filed.length)]
    if (!chosen) continue
    const end = addDays(chosen.on, act.do === 'finish' ? act.later : 0)
    if (act.do === 'finish') setStatus(portal, chosen.id, act.status, end < TODAY ? end : TODAY)
    if (act.do === 'reopen') setStatus(portal, chosen.id, 'in_progress')
    if (act.do === 'merge') setStatus(portal, chosen.id, 'merged')
    if (act.do === 'leave') setStatus(portal, chosen.id, 'moved')
    if (act.do === 'assign') setStatus(portal, chosen.id, 'assigned')
    if (act.do === 'move') {
      portal.db.sqlite
        .prepare('update cases set category_group = ?, category_code = ?, updated_at = 1 where id = ?')
        .run(act.category.slice(0, 1), act.category, chosen.id)
    }
    if (act.do === 'place') {
      portal.db.sqlite
        .prepare('update cases set village_id = ?, unit_id = ?, updated_at = 1 where id = ?')
        .run(act.village, act.unit, chosen.id)
    }
    if (act.do === 'find') {
      portal.db.sqlite
        .prepare('update cases set finding = ?, updated_at = 1 where id = ?')
        .run(act.finding, chosen.id)
    }
    if (act.do === 'clock') {
      portal.db.sqlite
        .prepare(
          'update case_clocks set breached_at = coalesce(breached_at, ?), explained_on = ? where case_id = ? and verdict is null',
        )
        .run(act.late ? 1 : null, act.late ? null : chosen.on, chosen.id)
    }
  }
}

/** Open cases at the end of a month, counted one by one. */
function openAtEndOf(month: string, kind: Kind, group: string | null): number {
  return Number(
    portal.db.sqlite
      .prepare(
        `select count(*) from cases where status not in ('merged', 'moved') and kind = @kind
           and (@group is null or category_group = @group) and substr(received_on, 1, 7) <= @month
           and (finished_on is null or substr(finished_on, 1, 7) > @month)`,
      )
      .pluck()
      .get({ month, kind, group }),
  )
}

const balances = (balance: Balance): boolean =>
  balance.broughtForward + balance.received === balance.finished + balance.inProgress

function checkEveryYear(): void {
  const totals = readMonthTotals(portal.db)
  for (const year of yearsCovered(totals, TODAY)) {
    const figures = yearFigures(totals, year, TODAY, ['A', 'C', 'E', 'S'])
    const months = figures.months.flatMap(({ month, balance }) => (balance ? [{ month, balance }] : []))
    const end = months.at(-1)?.month ?? ''
    expect(figures.year.inProgress).toBe(openAtEndOf(end, 'complaint', null))
    expect(balances(figures.year)).toBe(true)
    for (const { month, balance } of months) {
      expect(balance.inProgress).toBe(openAtEndOf(month, 'complaint', null))
      expect(balances(balance)).toBe(true)
    }
    for (const { group, balance } of figures.groups) {
      expect(balance.inProgress).toBe(openAtEndOf(end, 'complaint', group))
      expect(balances(balance)).toBe(true)
    }
    for (const { kind, balance } of figures.otherKinds) {
      expect(balance.inProgress).toBe(openAtEndOf(end, kind, null))
    }
  }
}

describe('whatever happens to the cases', () => {
  it('the running totals are what the cases add up to, and every month and year balances', () => {
    expect(monthOf(civilDateOf(portal.now()))).toBe(monthOf(TODAY))
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (history) => {
        undone(() => {
          live(history)
          expect(recount(portal.db)).toEqual([])
          checkEveryYear()
        })
      }),
      { numRuns: 150 },
    )
  })
})

describe('a recount', () => {
  it('names the total that is wrong', () => {
    undone(() => {
      fileCase(portal, { receivedAt: instantOf('2026-10-05', 9, 0) })
      portal.db.sqlite.exec("update month_totals set received = 4 where month = '2026-10'")
      expect(recount(portal.db)).toEqual([
        { total: 'month_totals 2026-10 received complaint A', kept: 4, counted: 1 },
      ])
    })
  })

  it('finds a total that is missing', () => {
    undone(() => {
      const { id } = fileCase(portal, { receivedAt: instantOf('2026-10-05', 9, 0) })
      setStatus(portal, id, 'withdrawn', '2026-11-02')
      portal.db.sqlite.exec("delete from month_totals where month = '2026-11'")
      expect(recount(portal.db)).toEqual([
        { total: 'month_totals 2026-11 finished complaint A', kept: 0, counted: 1 },
      ])
    })
  })

  it('as a job looks at one moment, while cases go on being filed', async () => {
    for (let n = 0; n < 25; n += 1) fileCase(portal)
    const job = recountJob(portal)
    fileCase(portal)
    expect(await job).toEqual({ differences: [] })
  })
})
