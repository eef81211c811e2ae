import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays } from '#domain/civil-date.ts'
import { COUNTED_INDICATORS, PLAN_YEARS, type PlanYear } from '#domain/indicators.ts'
import { REGISTER_COMPLETE } from '#indicators/counts.ts'
import { openEditions } from '#indicators/editions.ts'
import { writeOverride, writeSet, YEARS } from '#indicators/store.ts'
import type { Portal } from '#settings/portal.ts'
import { setStatus } from '../statistics/office.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { channelWith, complain, fromPapers, moveAway, typeIn } from './plan.ts'
import { csvLines, type JsonFigures, tablesOf } from './read-page.ts'

const CATEGORIES = ['S1', 'S2', 'S3', 'H1', 'H2', 'PR1', 'A2'] as const

let office: TestFolder
let portal: Portal
beforeAll(() => {
  // Every year of the plan is over.
  office = openTestFolder(new Date('2027-11-16T03:00:00Z'))
  portal = office.portal
  for (const year of YEARS) typeIn(portal, year, { [REGISTER_COMPLETE]: 1 })
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

const which = fc.nat()
const category = fc.constantFrom(...CATEGORIES)
const indicator = fc.constantFrom('7', '10', '13', '16', '17.2')
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('file' as const), day: fc.nat(2_190), category }) },
  fc.record({
    do: fc.constant('status' as const),
    which,
    status: fc.constantFrom('registered', 'in_progress', 'resolved', 'not_accepted', 'withdrawn', 'merged'),
  }),
  fc.record({ do: fc.constant('find' as const), which, finding: fc.constantFrom('yes', 'part', 'no', null) }),
  fc.record({ do: fc.constant('category' as const), which, category }),
  fc.record({ do: fc.constant('kind' as const), which }),
  fc.record({ do: fc.constant('move' as const), which }),
  fc.record({ do: fc.constant('decide' as const), which, indicator, counts: fc.boolean() }),
  fc.record({
    do: fc.constant('set' as const),
    year: fc.constantFrom(...PLAN_YEARS),
    codes: fc.uniqueArray(category, { minLength: 1 }),
  }),
  fc.record({
    do: fc.constant('papers' as const),
    year: fc.constantFrom(...YEARS),
    received: fc.dictionary(category, fc.nat(5), { minKeys: 1 }),
  }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** 1 October 2564 is the first day of the base year. */
const FIRST_DAY = '2021-10-01'

function live(history: readonly Step[]): void {
  const { sqlite } = portal.db
  const filed: number[] = []
  const change = (column: string, value: unknown, id: number) =>
    sqlite.prepare(`update cases set ${column} = ?, updated_at = 1 where id = ?`).run(value, id)
  for (const act of history) {
    if (act.do === 'file') filed.push(complain(portal, act.category, addDays(FIRST_DAY, act.day)))
    if (act.do === 'set') writeSet(portal.db, act.year, '13', act.codes)
    if (act.do === 'papers') {
      sqlite.prepare('delete from history_figures where fiscal_year = ?').run(act.year)
      fromPapers(portal, act.year, act.received)
    }
    if (!('which' in act) || filed.length === 0) continue
    const id = filed[act.which % filed.length] ?? 0
    // A moved case is nobody's to change any more.
    if (sqlite.prepare("select 1 from cases where id = ? and status = 'moved'").get(id)) continue
    if (act.do === 'status') setStatus(portal, id, act.status, '2027-10-20')
    if (act.do === 'find') change('finding', act.finding, id)
    if (act.do === 'category') change('category_code', act.category, id)
    if (act.do === 'kind') change('kind', 'question', id)
    if (act.do === 'move') moveAway(portal, id)
    if (act.do === 'decide') {
      const rest = { reason: 'เหตุผล', decidedAt: portal.now(), decidedBy: 'วิทย์' }
      writeOverride(portal.db, { caseId: id, indicator: act.indicator, counts: act.counts, ...rest })
    }
  }
}

interface RawCase {
  id: number
  category_code: string
  received_on: string
  status: string
  finding: string | null
}

interface Recounted {
  received: number
  accepted: number
  grounds: number
}

/** Complaints one by one, as somebody would with nothing but the rows. */
function countRows(year: number, counts: (row: RawCase) => boolean): Recounted {
  const from = `${year - 544}-10-01`
  const to = `${year - 543}-09-30`
  const rows = portal.db.sqlite
    .prepare<[], RawCase>("select * from cases where kind = 'complaint'")
    .all()
    .filter(({ status }) => status !== 'merged' && status !== 'moved')
    .filter((row) => row.received_on >= from && row.received_on <= to && counts(row))
  return {
    received: rows.length,
    accepted: rows.filter(({ status }) => !['submitted', 'not_accepted'].includes(status)).length,
    grounds: rows.filter(({ finding }) => finding === 'yes' || finding === 'part').length,
  }
}

const paper = (year: number, code: string): number =>
  Number(
    portal.db.sqlite
      .prepare(
        'select coalesce(sum(received), 0) from history_figures where fiscal_year = ? and category_code = ?',
      )
      .pluck()
      .get(year, code),
  )

/** An indicator's general complaints in a year, by the categories and decisions that are there. */
function recounted(id: string, year: number, setYear: number): Recounted {
  const { sqlite } = portal.db
  const set = sqlite
    .prepare('select category_code from indicator_categories where fiscal_year = ? and indicator = ?')
    .pluck()
    .all(setYear, id) as string[]
  const decided = new Map(
    sqlite.prepare('select case_id, counts from indicator_overrides where indicator = ?').raw().all(id) as [
      number,
      number,
    ][],
  )
  const isCounted = (row: RawCase) =>
    decided.has(row.id) ? decided.get(row.id) === 1 : set.includes(row.category_code)
  const found = countRows(year, isCounted)
  return { ...found, received: found.received + set.reduce((sum, code) => sum + paper(year, code), 0) }
}

const shownNumber = (text = ''): number | string => {
  const number = Number(text.replace(/\s?\*$/, '').replaceAll(',', ''))
  return Number.isNaN(number) ? text : number
}

function checkYear(year: PlanYear, reports: Record<number, readonly number[]>): void {
  const channel = channelWith(reports)
  const edition = openEditions(portal, 'th', channel)()
  const text = (format: 'html' | 'csv' | 'json') => edition.answer(year, format).plain.toString('utf8')
  const [html, csv] = [text('html'), csvLines(text('csv'))]
  const json: JsonFigures = JSON.parse(text('json'))
  for (const { id } of COUNTED_INDICATORS) {
    const one = json.indicators.find((found) => found.id === id)
    const page = tablesOf(html, id)
    const csvOf = (table: string) => csv.filter((line) => line.รหัส === id && line.ตาราง === table)
    const series = one?.years.flatMap((line) => line.series.map((found) => ({ ...found, line }))) ?? []
    const years = csvOf('ผลรายปี')
    expect(years).toHaveLength(series.length)
    expect(page.years).toHaveLength(series.length)
    series.forEach(({ code, value, base, change, line }, index) => {
      const [onPage, inCsv] = [page.years[index], years[index]]
      if (value !== null) {
        expect(shownNumber(onPage?.ผล)).toBe(value)
        expect(Number(inCsv?.ผล)).toBe(value)
      } else {
        expect(onPage?.ผล).toBe(inCsv?.ผล)
        expect(typeof shownNumber(onPage?.ผล)).toBe('string')
      }
      if (base && base.value !== null) {
        expect(shownNumber(onPage?.ปีฐาน)).toBe(base.value)
        expect(Number(inCsv?.จำนวนปีฐาน)).toBe(base.value)
      }
      if (change !== null) expect(Number(inCsv?.['เปลี่ยนแปลง (ร้อยละ)'])).toBe(change)
      if (code === 'cases' || code === 'corruption') return
      const now = recounted(id, line.fiscalYear, line.fiscalYear)
      const before = recounted(id, line.fiscalYear - 1, line.fiscalYear)
      const total = (of: number) => (id === '16' ? (reports[of] ?? []).reduce((sum, n) => sum + n, 0) : 0)
      if (['13', '16', '17.2', '8', '14.2'].includes(id)) {
        expect(value).toBe(now.received + total(line.fiscalYear))
        expect(base?.value).toBe(before.received + total(line.fiscalYear - 1))
      }
      if (line.accepted !== null) {
        expect(line).toMatchObject({ accepted: now.accepted, grounds: now.grounds })
      }
    })
    checkParts(year, one?.parts ?? [], page.parts, csvOf('ประเภทเรื่อง'))
  }
}

type Parts = JsonFigures['indicators'][number]['parts']

function checkParts(
  year: PlanYear,
  parts: Parts,
  page: Record<string, string>[],
  csv: Record<string, string>[],
): void {
  expect(page).toHaveLength(parts.length)
  expect(csv).toHaveLength(parts.length)
  parts.forEach(({ kind, code, received, masked, accepted, grounds }, index) => {
    const [onPage, inCsv] = [page[index], csv[index]]
    if (received === null) expect(onPage?.รับเรื่อง).toBe(inCsv?.ผล)
    else expect([shownNumber(onPage?.รับเรื่อง), Number(inCsv?.ผล)]).toEqual([received, received])
    if (kind === 'conduct') expect(received === null || received === 0 || received >= 5).toBe(true)
    if (kind !== 'category') return
    const raw = countRows(year, (row) => row.category_code === code)
    expect(masked).toBeNull()
    expect(received).toBe(raw.received + paper(year, code))
    if (accepted !== null) expect([accepted, grounds]).toEqual([raw.accepted, raw.grounds])
  })
}

it('the page, its CSV and its JSON say what the rows themselves add up to, whatever happened', () => {
  const report = fc.array(fc.oneof(fc.constant(0), fc.nat(7)), { minLength: 9, maxLength: 9 })
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.array(report, { minLength: YEARS.length, maxLength: YEARS.length }),
      fc.constantFrom(...PLAN_YEARS),
      (history, lists, year) => {
        undone(() => {
          live(history)
          checkYear(year, Object.fromEntries(YEARS.map((fy, index) => [fy, lists[index] ?? []])))
        })
      },
    ),
    { numRuns: 40 },
  )
}, 180_000)
