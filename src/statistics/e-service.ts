import type { CivilDate } from '#domain/civil-date.ts'
import { monthOf, monthsOf } from '#domain/fiscal-year.ts'
import { KINDS, type Kind } from '#domain/vocabulary.ts'
import { readWebMonths, type SqliteHandle } from './store.ts'

/** What came in through the web site itself in a month, by kind. */
export interface ServiceMonth {
  month: string
  /** Null for a month that has not begun. */
  counts: Record<Kind, number> | null
}

/** All twelve months of a fiscal year (requirements 14-6), those without a case as zeros. */
export function serviceMonths(db: SqliteHandle, fiscalYear: number, today: CivilDate): ServiceMonth[] {
  const months = monthsOf(fiscalYear)
  const read = readWebMonths(db, { from: months[0] ?? '', to: months[months.length - 1] ?? '' })
  const countOf = (month: string, kind: Kind) =>
    read.find((line) => line.month === month && line.kind === kind)?.count ?? 0
  return months.map((month) => ({
    month,
    counts: month > monthOf(today) ? null : byKind((kind) => countOf(month, kind)),
  }))
}

export function serviceTotal(months: readonly ServiceMonth[]): Record<Kind, number> {
  return byKind((kind) => months.reduce((sum, { counts }) => sum + (counts?.[kind] ?? 0), 0))
}

const byKind = (of: (kind: Kind) => number): Record<Kind, number> =>
  Object.fromEntries(KINDS.map((kind) => [kind, of(kind)])) as Record<Kind, number>
