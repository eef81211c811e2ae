import type { Kind } from '#domain/vocabulary.ts'
import type { Period } from './period.ts'
import type { SqliteHandle } from './store.ts'
import { type Basis, DIMENSIONS, type Dimension, type Timeliness } from './tables.ts'

const SPLIT = DIMENSIONS.filter((dimension) => dimension !== 'category_village')
  .map((dimension) => `'${dimension}'`)
  .join(', ')

/** Cases with one value of a dimension, counted before a period and in it. */
export interface SplitTotal {
  dimension: Dimension
  basis: Basis
  value: string
  before: number
  within: number
}

/**
 * The running totals of one kind. What it costs grows with the months and the values, not with the cases. Months
 * are named one by one, so that the index is entered at each and the crossings, the most of the table, are passed over.
 */
export function readSplitTotals({ sqlite }: SqliteHandle, kind: Kind, { from, to }: Period): SplitTotal[] {
  return sqlite
    .prepare<{ kind: Kind; from: string; to: string }, SplitTotal>(
      `select dimension, basis, value, sum(iif(month < @from, count, 0)) as before,
         sum(iif(month >= @from, count, 0)) as within
       from figure_totals
       where month in (select distinct month from month_totals where month <= @to)
         and basis in ('received', 'finished') and kind = @kind and dimension in (${SPLIT})
       group by dimension, basis, value`,
    )
    .all({ kind, from, to })
}

/** Duties that fall due in the months of a period. */
export function readTimeliness(
  { sqlite }: SqliteHandle,
  kind: Kind,
  { from, to }: Period,
): { state: Timeliness; count: number }[] {
  return sqlite
    .prepare<[Kind, string, string], { state: Timeliness; count: number }>(
      `select state, sum(count) as count from timeliness_totals
       where kind = ? and month between ? and ? group by state`,
    )
    .all(kind, from, to)
}

/** How many of the cases that finished in a period took how many days, shortest first. */
export function readDays(
  { sqlite }: SqliteHandle,
  kind: Kind,
  { from, to }: Period,
): { days: number; count: number }[] {
  return sqlite
    .prepare<[Kind, string, string], { days: number; count: number }>(
      `select days, sum(count) as count from days_totals
       where kind = ? and month between ? and ? group by days having sum(count) > 0 order by days`,
    )
    .all(kind, from, to)
}
