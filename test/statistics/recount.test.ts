import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { civilDateOf, instantOf } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import type { Kind } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { type Balance, yearFigures, yearsCovered } from '#statistics/figures.ts'
import { recount, recountJob } from '#statistics/recount.ts'
import { readMonthTotals } from '#statistics/store.ts'
import { historyOf, live as liveManyCases } from '../open-data/history.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { fileCase, setStatus } from './office.ts'
import { live, step, TODAY, undone } from './random-history.ts'

let office: TestFolder
let portal: Portal

beforeAll(() => {
  office = openTestFolder()
  portal = office.portal
})

afterAll(() => office.close())

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
        undone(portal, () => {
          live(portal, history)
          expect(recount(portal.db)).toEqual([])
          checkEveryYear()
        })
      }),
      { numRuns: 150 },
    )
  })
})

describe('an office that had cases before these totals were kept', () => {
  it('has all of them counted by the migration', () => {
    const begins = readFileSync('migrations/portal/0005_figures.sql', 'utf8')
      .split('--> statement-breakpoint')
      .filter((sql) => /^(\s|--.*)*INSERT INTO \w+_totals/.test(sql))
    expect(begins).toHaveLength(3)
    undone(portal, () => {
      const { sqlite } = portal.db
      liveManyCases(portal, historyOf(1), TODAY)
      for (const table of ['figure_totals', 'days_totals', 'timeliness_totals'])
        sqlite.exec(`delete from ${table}`)
      expect(recount(portal.db)).not.toEqual([])
      for (const sql of begins) sqlite.exec(sql)
      expect(recount(portal.db)).toEqual([])
    })
  })
})

describe('a recount', () => {
  it('names the total that is wrong', () => {
    undone(portal, () => {
      fileCase(portal, { receivedAt: instantOf('2026-10-05', 9, 0) })
      portal.db.sqlite.exec("update month_totals set received = 4 where month = '2026-10'")
      expect(recount(portal.db)).toEqual([
        { total: 'month_totals 2026-10 received complaint A', kept: 4, counted: 1 },
      ])
    })
  })

  it('finds a total that is missing', () => {
    undone(portal, () => {
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
