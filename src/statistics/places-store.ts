import { HEADLINE_KIND } from './figures.ts'
import { periodOf } from './period.ts'
import type { SqliteHandle } from './store.ts'

/** Complaints of one category and village, received in one half of a fiscal year and finished in one. */
export interface PlaceCount {
  receivedIn: 'h1' | 'h2'
  categoryCode: string
  /** The village's id, '0' where none was given. */
  village: string
  /** The half of the fiscal year (C.E.) in which they finished, such as `2027-1`; '' while they are open. */
  finishedIn: string
  count: number
}

/** Reads the rows of the year's own months and no others. */
export function readPlaceCounts({ sqlite }: SqliteHandle, fiscalYear: number): PlaceCount[] {
  const { from, to } = periodOf(fiscalYear, 'year')
  const second = periodOf(fiscalYear, 'h2').from
  const rows = sqlite
    .prepare<[string, string, string, string], { receivedIn: 'h1' | 'h2'; value: string; count: number }>(
      `select iif(month < ?, 'h1', 'h2') as receivedIn, value, sum(count) as count from figure_totals
       where month between ? and ? and basis = 'received' and kind = ? and dimension = 'category_village'
       group by 1, 2 having sum(count) > 0`,
    )
    .all(second, from, to, HEADLINE_KIND)
  return rows.map(({ receivedIn, value, count }) => {
    const [categoryCode = '', village = '', finishedIn = ''] = value.split('|')
    return { receivedIn, categoryCode, village, finishedIn, count }
  })
}
