import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { civilDateOf } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import { KINDS } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'
import { openEditions } from '#statistics/editions.ts'
import { PARTS, type Part } from '#statistics/period.ts'
import { numberIn, type PageTables, pageTables } from './page-tables.ts'
import {
  type Cells,
  type Days,
  rawBalances,
  rawCounts,
  rawDays,
  rawService,
  rawTimeliness,
  rawTotal,
} from './raw-figures.ts'

/** The months that have begun end here. */
const lastDay = (portal: Portal): string => `${monthOf(civilDateOf(portal.now()))}-31`
const NAMES: Record<Part, string> = { year: 'ทั้งปี', h1: 'ครึ่งปีแรก', h2: 'ครึ่งปีหลัง' }

function daysOf(year: number, part: Part): Days {
  const ends = year - 543
  const from = part === 'h2' ? `${ends}-04-01` : `${ends - 1}-10-01`
  return { from, to: part === 'h1' ? `${ends}-03-31` : `${ends}-09-30` }
}

/** What the rows themselves add up to. */
function rawPart(portal: Portal, year: number, part: Part) {
  const days = daysOf(year, part)
  const by = (column: string) => rawBalances(portal, 'complaint', days, column)
  return {
    total: rawTotal(portal, 'complaint', days),
    groups: by('category_group'),
    categories: by('category_code'),
    channels: by('channel'),
    units: by('coalesce(unit_id, 0)'),
    villages: by('coalesce(village_id, 0)'),
    otherKinds: KINDS.slice(1).map((kind) => rawTotal(portal, kind, days)),
    outcomes: rawCounts(portal, days, 'finished_on', 'coalesce(outcome, status)'),
    findings: rawCounts(portal, days, 'finished_on', "coalesce(finding, 'none')"),
    accepted: rawCounts(portal, days, 'received_on', "'all'", "status not in ('submitted', 'not_accepted')"),
    grounds: rawCounts(portal, days, 'received_on', "'all'", "finding in ('yes', 'part')"),
    timeliness: rawTimeliness(portal, days),
    days: rawDays(portal, days),
  }
}

function rawMonth(portal: Portal, month: string): Cells | null {
  return month > lastDay(portal)
    ? null
    : rawTotal(portal, 'complaint', { from: `${month}-01`, to: `${month}-31` })
}

/** Everything a test looks at, taken while the cases stand as they are. */
export function published(portal: Portal, year: number) {
  const edition = openEditions(portal, 'th', () => [])()
  const text = (answer: { plain: Buffer }) => answer.plain.toString('utf8')
  const json = JSON.parse(text(edition.file(year, 'json')))
  const has = (part: Part) => edition.years.includes(year) && json.parts[part].balance !== null
  return {
    json,
    csv: parse(text(edition.file(year, 'csv')), { bom: true }).slice(1) as string[][],
    pages: PARTS.filter(has).map(
      (part) => [part, text(edition.page(year, part)), text(edition.details(year, part))] as const,
    ),
    years: text(edition.comparison()),
    raw: Object.fromEntries(PARTS.map((part) => [part, rawPart(portal, year, part)])) as Record<
      Part,
      ReturnType<typeof rawPart>
    >,
    rawMonths: json.months.map(({ month }: { month: string }) => [month, rawMonth(portal, month)]),
    service: json.eService.map(({ month }: { month: string }) => [
      month,
      month > lastDay(portal) ? null : rawService(portal, month),
    ]),
  }
}

interface Line {
  code: string
  name: string
  broughtForward: number
  received: number
  finished: number
  inProgress: number
}

const cellsOf = ({ broughtForward, received, finished, inProgress }: Omit<Line, 'code' | 'name'>): Cells => [
  ...([broughtForward, received, finished, inProgress] as const),
]
const isEmpty = (cells: Cells) => cells[0] + cells[1] + cells[2] === 0
export const numbers = (cells: readonly string[]) => cells.map(numberIn)

type Published = ReturnType<typeof published>

/** The lines of a table of the CSV: code, name and the figures of a balance, or the single value. */
function csvTable({ csv }: Published, table: string, part: Part): [string, string, (number | null)[]][] {
  const name = part === 'year' ? table : `${table} (${NAMES[part]})`
  return csv
    .filter((row) => row[1] === name && row[8] === NAMES[part])
    .map((row) => [row[2] ?? '', row[3] ?? '', numbers(row[9] ? row.slice(9, 10) : row.slice(4, 8))])
}

const LISTS = [
  ['groups', 'ประเภทเรื่อง', 'categories'],
  ['categories', 'ประเภทเรื่องย่อย', 'category'],
  ['channels', 'ช่องทาง', 'channel'],
  ['units', 'หน่วยงาน', 'unit'],
  ['villages', 'หมู่บ้าน', 'village'],
] as const

function checkLists(found: Published, part: Part, tables: PageTables): void {
  const json = found.json.parts[part]
  const raw = found.raw[part]
  for (const [list, csvName, id] of LISTS) {
    const lines: Line[] = json[list]
    const some = lines.filter((line) => !isEmpty(cellsOf(line)))
    expect(Object.fromEntries(some.map((line) => [line.code, cellsOf(line)])), list).toEqual(raw[list])
    expect(csvTable(found, csvName, part)).toEqual(lines.map((line) => [line.code, line.name, cellsOf(line)]))
    const rows = (tables[id] ?? []).filter((row) => row.length === 5 && row[0] !== 'รวม')
    expect(
      rows.map(([name, ...cells]) => [name, numbers(cells)]),
      id,
    ).toEqual(lines.map((line) => [line.name, cellsOf(line)]))
    const sums = raw.total.map((_, index) =>
      lines.reduce((sum, line) => sum + (cellsOf(line)[index] ?? 0), 0),
    )
    expect(sums).toEqual(raw.total)
    for (const [broughtForward, received, finished, inProgress] of lines.map(cellsOf))
      expect(broughtForward + received).toBe(finished + inProgress)
  }
  for (const [list, csvName] of [
    ['outcomes', 'ผลการดำเนินการ'],
    ['findings', 'ข้อสรุป'],
  ] as const) {
    const lines: { code: string; name: string; count: number }[] = json[list]
    expect(Object.fromEntries(lines.map(({ code, count }) => [code, count]))).toEqual(raw[list])
    expect(csvTable(found, csvName, part)).toEqual(
      lines.map(({ code, name, count }) => [code, name, [count]]),
    )
    expect(tables[list] ?? []).toEqual(lines.map(({ name, count }) => [name, String(count)]))
  }
}

const percentile = (days: number[], share: number) =>
  days.length === 0 ? null : (days[Math.ceil((days.length * share) / 100) - 1] ?? null)

function checkSingles(found: Published, part: Part, tables: PageTables): void {
  const json = found.json.parts[part]
  const raw = found.raw[part]
  expect(cellsOf(json.balance)).toEqual(raw.total)
  const csvValues = (table: string) => csvTable(found, table, part).map(([code, , [value]]) => [code, value])

  const state = (name: string) => raw.timeliness[name] ?? 0
  const due = state('met') + state('explained') + state('late')
  const share = due === 0 ? null : ((state('met') + state('explained')) * 100) / due
  const duties = [due, ...['met', 'explained', 'late', 'running', 'void'].map(state)]
  const names = ['due', 'met', 'explained', 'late', 'running', 'void']
  expect(names.map((name) => json.timeliness[name])).toEqual(duties)
  const { onTimeShare } = json.timeliness
  expect(onTimeShare === null).toBe(share === null)
  expect(Math.abs((onTimeShare ?? 0) - (share ?? 0))).toBeLessThan(0.051)
  expect(csvValues('ผลเมื่อครบกำหนด').at(-1)).toEqual(['onTimeShare', onTimeShare])
  expect(csvValues('ผลเมื่อครบกำหนด').slice(0, 6)).toEqual(names.map((name, index) => [name, duties[index]]))
  const [all, met, explained, late, running, dropped] = duties
  expect((tables.time ?? []).map((row) => numberIn(row[1]))).toEqual([
    met,
    explained,
    late,
    all,
    running,
    dropped,
  ])

  const [median, percentile90] = [percentile(raw.days, 50), percentile(raw.days, 90)]
  expect(json.days).toEqual({ finished: raw.days.length, median, percentile90 })
  const isDone = raw.days.length > 0
  expect((tables.days ?? []).map((row) => numberIn(row[1]))).toEqual(isDone ? [median, percentile90] : [])
  if (isDone)
    expect(csvValues('จำนวนวันที่ใช้').slice(1)).toEqual([
      ['median', median],
      ['percentile90', percentile90],
    ])

  const received = [raw.accepted.all ?? 0, raw.grounds.all ?? 0]
  expect([json.accepted, json.grounds]).toEqual(received)
  expect((tables.results ?? []).map((row) => numberIn(row[1]))).toEqual(received)
  expect(csvValues('เรื่องที่รับใหม่').map(([, value]) => value)).toEqual(received)

  expect(json.otherKinds.map(cellsOf)).toEqual(raw.otherKinds)
  expect((tables.kinds ?? []).map((row) => numbers(row.slice(1)))).toEqual(raw.otherKinds)
  expect(csvTable(found, 'เรื่องชนิดอื่น', part).map(([, , cells]) => cells)).toEqual(raw.otherKinds)
}

function checkMonths(found: Published, tables: PageTables): void {
  const { json, rawMonths, service } = found
  const cells = rawMonths.map(([, one]: [string, Cells | null]) => one ?? [null, null, null, null])
  expect(json.months.map(cellsOf)).toEqual(cells)
  expect(csvTable(found, 'รายเดือน', 'year').map(([, , line]) => line)).toEqual(cells)
  expect((tables.months ?? []).slice(0, -1).map((row) => numbers(row.slice(1)))).toEqual(cells)
  const counts = service.map(([, one]: [string, Record<string, number> | null]) =>
    KINDS.map((kind) => one?.[kind] ?? null),
  )
  expect(
    json.eService.map((line: { counts: Record<string, number> | null }) =>
      KINDS.map((kind) => line.counts?.[kind] ?? null),
    ),
  ).toEqual(counts)
  expect((tables['e-service'] ?? []).slice(0, -1).map((row) => numbers(row.slice(1)))).toEqual(counts)
  const inCsv = found.csv.filter((row) => row[1] === 'E-Service').map((row) => numberIn(row[9]))
  expect(inCsv).toEqual(counts.flat())
}

/** What the pages, the CSV and the JSON of a year and its halves say is what the rows add up to. */
export async function checkPublished(found: Published, reader: Page): Promise<void> {
  for (const [part, main, details] of found.pages) {
    const tables = { ...(await pageTables(reader, details)), ...(await pageTables(reader, main)) }
    checkLists(found, part, tables)
    checkSingles(found, part, tables)
    if (part === 'year') checkMonths(found, tables)
  }
  const { years = [], balances = [] } = await pageTables(reader, found.years)
  const ofYear = (rows: string[][]) =>
    rows.filter(([name = '']) => name.startsWith(String(found.json.fiscalYear))).at(-1)
  const { total } = found.raw.year
  expect(numbers(ofYear(years)?.slice(1, 3) ?? [])).toEqual([total[1], total[2]])
  expect(numbers(ofYear(balances)?.slice(1) ?? [])).toEqual(total)
}
