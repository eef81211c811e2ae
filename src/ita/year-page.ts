import type { Portal } from '#settings/portal.ts'
import { formatDate } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { type CheckedItem, checkItem, type ItaLink } from './checks.ts'
import { itaFacts, type SealedSources } from './facts.ts'
import { type ItemRow, itemsOf } from './item-store.ts'
import type { ItaItem } from './tables.ts'

/** An item as the page and the evidence sheet show it. */
export interface ItemView {
  item: ItaItem
  number: string
  name: string
  wanted: string
  isComplete: boolean
  status: string
  links: { text: string; isThai: boolean; href: string; address: string }[]
  updated: string | null
  note: string
}

export interface YearPage {
  fiscalYear: number
  otherYears: { fiscalYear: number; href: string }[]
  /** Whether the year's numbers are known at all. */
  isAnnounced: boolean
  items: ItemView[]
  /** Null where this machine makes no PDF. */
  pdf: string | null
  address: string
  seenOn: string
}

export const yearPage = page<YearPage>('ita/year', [
  'fiscalYear',
  'otherYears',
  'isAnnounced',
  'items',
  'pdf',
  'address',
  'seenOn',
])

/** What the public reads of a fiscal year's items; none for a year that has no page. */
export function yearView(
  portal: Portal,
  sealed: SealedSources,
  fiscalYear: number,
  ui: Ui,
): Omit<YearPage, 'otherYears' | 'pdf'> {
  const facts = itaFacts(portal, sealed, fiscalYear)
  const rows = itemsOf(portal.db, fiscalYear)
  const isAnnounced = rows.some(({ number }) => number !== '')
  const view = (row: ItemRow) => itemView(portal, ui, row, checkItem(row.item, facts), isAnnounced)
  return {
    ...{ fiscalYear, isAnnounced, items: rows.map(view) },
    address: `${portal.config.publicUrl}${ui.path(`/ita/${fiscalYear}`)}`,
    seenOn: formatDate(portal.now(), ui.lang),
  }
}

function itemView(
  { config }: Portal,
  ui: Ui,
  { item, number, note, fiscalYear }: ItemRow,
  { links, missing, updatedAt }: CheckedItem,
  isAnnounced: boolean,
): ItemView {
  const text = ({ text: words }: ItaLink) =>
    typeof words === 'object' ? words.title : ui.t(words, { fy: fiscalYear })
  const unnumbered = isAnnounced ? ui.t('ita.number.none') : ''
  return {
    ...{ item, note, isComplete: missing.length === 0 },
    number: number === '' ? unnumbered : ui.t('ita.number', { number }),
    name: ui.t(`ita.item.${item}`),
    wanted: ui.t(`ita.wanted.${item}`),
    status: statusOf(ui, item, missing),
    links: links.map((link) => ({
      ...{ text: text(link), isThai: typeof link.text === 'object', href: ui.path(link.path) },
      address: `${config.publicUrl}${ui.path(link.path)}`,
    })),
    updated: updatedAt && updatedText(ui, updatedAt),
  }
}

/** No office need say that it works on a survey: there is one, or there is none. */
function statusOf({ t }: Ui, item: ItaItem, missing: readonly string[]): string {
  if (missing.length === 0) return t('ita.complete')
  return item === 'satisfaction' ? t('ita.none') : t('ita.preparing')
}

function updatedText({ t, lang, now }: Ui, updatedAt: Date | 'live'): string {
  if (updatedAt === 'live') return t('ita.live', { date: formatDate(now, lang) })
  return t('ita.updated', { date: formatDate(updatedAt, lang) })
}
