import { HEADLINE_KIND } from './figures.ts'
import type { Period } from './period.ts'
import type { SqliteHandle } from './store.ts'

/** Complaints of one category and village, received in one month. */
export interface PlaceCount {
  month: string
  categoryCode: string
  /** The village's id, '0' where none was given. */
  village: string
  /** The half of the fiscal year (C.E.) in which they finished, such as `2027-1`; '' while they are open. */
  finishedIn: string
  count: number
}

/** Only the months' own rows are read. */
export function readPlaceCounts({ sqlite }: SqliteHandle, { from, to }: Period): PlaceCount[] {
  const rows = sqlite
    .prepare<[string, string, string], { month: string; value: string; count: number }>(
      `select month, value, count from figure_totals
       where month between ? and ? and basis = 'received' and kind = ? and dimension = 'category_village'
         and count > 0`,
    )
    .all(from, to, HEADLINE_KIND)
  return rows.map(({ month, value, count }) => {
    const [categoryCode = '', village = '', finishedIn = ''] = value.split('|')
    return { month, categoryCode, village, finishedIn, count }
  })
}
