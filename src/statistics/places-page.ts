import { fiscalYearRange } from '#domain/fiscal-year.ts'
import { LEAST_SHOWN } from '#domain/small-cells.ts'
import type { Settings } from '#settings/store.ts'
import { formatDate, formatDateTime, formatNumber } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { valueName, valueOrder } from './names.ts'
import type { Places } from './places.ts'
import { maskName } from './places-downloads.ts'

interface PlacesPage {
  fiscalYear: number
  period: string
  /** Null in a portal that never had a case. */
  updated: string | null
  otherYears: { fiscalYear: number; href: string }[]
  /** Said instead of a table. */
  notice: string | null
  villages: { short: string; name: string }[]
  /** Categories with a number that is shown, in the office's order. */
  rows: { name: string; cells: { text: string; isNumber: boolean }[] }[]
  rest: string | null
  least: number
  /** For paper: where the page stands, and of which day it is. */
  address: string
}

export const placesPage = page<PlacesPage>('statistics/places', [
  'fiscalYear',
  'period',
  'updated',
  'otherYears',
  'notice',
  'villages',
  'rows',
  'rest',
  'least',
  'address',
])

export interface PlacesSource {
  places: Places
  fiscalYear: number
  years: readonly number[]
  /** Milliseconds; 0 where nothing was ever counted. */
  changedAt: number
  settings: Settings
  publicUrl: string
}

export function placesPageData(source: PlacesSource, ui: Ui): PlacesPage {
  const { places, fiscalYear, years, changedAt, settings, publicUrl } = source
  const { lang, t } = ui
  const { from, to } = fiscalYearRange(fiscalYear)
  const pathOf = (year: number) => ui.path(`/statistics/${year}/places`)
  const inOrder = (list: 'category' | 'village', codes: readonly string[]) =>
    codes
      .map((code, index) => ({ code, index }))
      .sort((a, b) => valueOrder(settings, list, a.code) - valueOrder(settings, list, b.code))
  const villages = inOrder('village', places.villages)
  const rows = inOrder('category', places.categories)
    .map(({ code, index }) => ({
      code,
      cells: villages.map((village) => places.cells[index]?.[village.index]),
    }))
    .filter(({ cells }) => cells.some((cell) => typeof cell === 'number'))
  const rest = places.categories.length - rows.length
  return {
    fiscalYear,
    period: t('sx.period', { from: formatDate(from, lang), to: formatDate(to, lang) }),
    updated: changedAt > 0 ? formatDateTime(new Date(changedAt), lang) : null,
    otherYears: years
      .filter((year) => year !== fiscalYear)
      .map((year) => ({ fiscalYear: year, href: pathOf(year) })),
    notice: rows.length > 0 ? null : t(places.categories.length > 0 ? 'pl.none' : 'pl.empty'),
    villages: villages.map(({ code }) => villageHeading(settings, code, ui)),
    rows: rows.map(({ code, cells }) => ({
      name: valueName(settings, 'category', code, lang),
      cells: cells.map((cell = 'withheld') =>
        typeof cell === 'number'
          ? { text: formatNumber(cell), isNumber: true }
          : { text: maskName(cell, lang), isNumber: false },
      ),
    })),
    rest: rows.length > 0 && rest > 0 ? t('pl.rest', { n: rest }) : null,
    least: LEAST_SHOWN,
    address: t('sx.address', { url: publicUrl + pathOf(fiscalYear), date: formatDate(ui.now, lang) }),
  }
}

function villageHeading(settings: Settings, code: string, ui: Ui): PlacesPage['villages'][number] {
  const village = settings.village(Number(code))
  const name = valueName(settings, 'village', code, ui.lang)
  return { short: village ? ui.t('pl.village', { number: village.number }) : name, name }
}
