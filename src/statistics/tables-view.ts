import type { Kind } from '#domain/vocabulary.ts'
import type { Settings } from '#settings/store.ts'
import { formatMonthShort, formatNumber } from '#web/thai-format.ts'
import type { Ui } from '#web/views.ts'
import { type Segment, segments } from './bars.ts'
import type { Balanced, BalanceLine } from './breakdowns.ts'
import { type ServiceMonth, serviceTotal } from './e-service.ts'
import type { Balance } from './figures.ts'
import { groupName, kindName, valueName } from './names.ts'
import type { PaperCounts, PapersYear } from './papers.ts'

/** A table's line: its heading and the figures as printed. */
export interface Row {
  name: string
  cells: string[]
  /** Finished and in progress one behind the other, which together are all that was there. */
  bar?: Segment[]
}

const UNKNOWN = '–'

export function balanceRow(name: string, balance: Balance | null): Row {
  if (!balance) return { name, cells: [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN] }
  const { broughtForward, received, finished, inProgress } = balance
  return { name, cells: [broughtForward, received, finished, inProgress].map(formatNumber) }
}

/** Lines that are drawn to one scale. */
export function barRows(lines: readonly { name: string; balance: Balance }[]): Row[] {
  const largest = Math.max(0, ...lines.map(({ balance }) => balance.finished + balance.inProgress))
  return lines.map(({ name, balance }) => ({
    ...balanceRow(name, balance),
    bar: segments([balance.finished, balance.inProgress], largest),
  }))
}

export function listRows(
  settings: Settings,
  list: Balanced,
  lines: readonly BalanceLine[],
  { lang }: Ui,
): Row[] {
  return barRows(
    lines.map(({ value, balance }) => ({ name: valueName(settings, list, value, lang), balance })),
  )
}

/** Categories below their group. */
export function categoryRows(
  settings: Settings,
  lines: readonly BalanceLine[],
  { lang }: Ui,
): CategoryGroup[] {
  const groupOf = ({ value }: BalanceLine) => settings.category(value)?.groupCode ?? value
  return [...new Set(lines.map(groupOf))].map((group) => ({
    group: groupName(settings, group, lang),
    rows: lines
      .filter((line) => groupOf(line) === group)
      .map(({ value, balance }) => balanceRow(valueName(settings, 'category', value, lang), balance)),
  }))
}

export interface CategoryGroup {
  group: string
  rows: Row[]
}

/** What was filed on the web site: a column for each kind. */
export interface ServiceTable {
  columns: string[]
  rows: Row[]
}

const SERVICES = ['complaint', 'request', 'question', 'suggestion', 'praise'] as const satisfies Kind[]

export function serviceTable(months: readonly ServiceMonth[], { lang, t }: Ui): ServiceTable {
  const row = (name: string, counts: Record<Kind, number> | null): Row => ({
    name,
    cells: SERVICES.map((kind) => (counts ? formatNumber(counts[kind]) : UNKNOWN)),
  })
  return {
    columns: SERVICES.map((kind) => kindName(kind, lang)),
    rows: [
      ...months.map(({ month, counts }) => row(formatMonthShort(month, lang), counts)),
      row(t('sx.total'), serviceTotal(months)),
    ],
  }
}

export interface PapersTable {
  rows: (Row & { source: string })[]
  total: Row
}

export function papersTable(settings: Settings, papers: PapersYear, { lang, t }: Ui): PapersTable {
  return {
    rows: papers.categories.map((line) => ({
      ...{ name: groupName(settings, line.code, lang), cells: paperCells(line), source: line.source },
    })),
    total: { name: t('sx.total'), cells: paperCells(papers) },
  }
}

function paperCells({ received, finished, grounds }: PaperCounts): string[] {
  return [received, finished, grounds].map((count) => (count === null ? UNKNOWN : formatNumber(count)))
}
