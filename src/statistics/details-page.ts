import { page, type Ui } from '#web/views.ts'
import type { Balanced } from './breakdowns.ts'
import { endTallies, type Tally } from './duties-view.ts'
import { type Frame, frameOf, type PageSource } from './page-frame.ts'
import type { PublishedPart, PublishedYear } from './published.ts'
import { balanceRow, type CategoryGroup, categoryRows, listRows, type Row } from './tables-view.ts'

interface DetailsPage {
  frame: Frame
  categories: CategoryGroup[]
  lists: { id: (typeof LISTS)[number]; rows: Row[] }[]
  total: Row
  ends: Record<'outcomes' | 'findings', Tally[]>
  outcomesNote: string
}

/** Every single line: apart from the year's page, so that its first view on a phone stays light. */
export const detailsPage = page<DetailsPage>('statistics/details', [
  ...(['frame', 'categories', 'lists', 'total', 'ends', 'outcomesNote'] as const),
])

const LISTS = ['channel', 'unit', 'village'] as const satisfies Balanced[]

export function detailsPageData(
  source: PageSource,
  year: PublishedYear,
  { figures: { year: total, part }, breakdowns }: PublishedPart,
  ui: Ui,
): DetailsPage {
  const { settings } = source
  const period = ui.t(part === 'year' ? 'sx.this.year' : 'sx.this.half')
  return {
    frame: frameOf(source, year, { part, isDetails: true }, ui),
    categories: categoryRows(settings, breakdowns.lists.category, ui),
    lists: LISTS.map((id) => ({ id, rows: listRows(settings, id, breakdowns.lists[id], ui) })),
    total: balanceRow(ui.t('sx.total'), total),
    ends: endTallies(breakdowns, ui),
    outcomesNote: ui.t('sx.outcomes.note', { period }),
  }
}
