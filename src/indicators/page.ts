import { LEAST_SHOWN } from '#domain/small-cells.ts'
import type { Settings } from '#settings/store.ts'
import { formatDate, formatDateTime } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import type { PlanFigures } from './figures.ts'
import { type IndicatorView, indicatorView } from './indicator-view.ts'

interface IndicatorsPage {
  fiscalYear: number
  period: string
  otherYears: { fiscalYear: number; href: string }[]
  /** '' where the year is over. */
  soFar: string
  updated: string | null
  goals: IndicatorView[]
  projects: { number: number; indicators: IndicatorView[] }[]
  leastShown: number
  /** For paper: where the page stands, and of which day it is. */
  address: string
  csv: string
  json: string
}

export const indicatorsPage = page<IndicatorsPage>('indicators/year', [
  'fiscalYear',
  'period',
  'otherYears',
  'soFar',
  'updated',
  'goals',
  'projects',
  'leastShown',
  'address',
  'csv',
  'json',
])

export interface PageSource {
  figures: PlanFigures
  /** The years that have pages. */
  years: readonly number[]
  period: { from: string; to: string }
  changedAt: number
  settings: Settings
  publicUrl: string
}

/** The figures in the words and the language of the page. */
export function indicatorsPageData(source: PageSource, ui: Ui): IndicatorsPage {
  const { figures, years, period, changedAt, settings, publicUrl } = source
  const { fiscalYear, countedTo, isOver, indicators } = figures
  const { t, lang } = ui
  const path = (year: number) => ui.path(`/indicators/${year}`)
  const views = indicators.map((one) => ({ one, view: indicatorView(one, fiscalYear, settings, ui) }))
  const numbers = [...new Set(indicators.flatMap(({ project }) => project ?? []))]
  return {
    fiscalYear,
    period: t('sx.period', { from: formatDate(period.from, lang), to: formatDate(period.to, lang) }),
    otherYears: years
      .filter((year) => year !== fiscalYear)
      .map((year) => ({ fiscalYear: year, href: path(year) })),
    soFar: isOver ? '' : t('ix.sofar', { date: formatDate(countedTo, lang) }),
    updated: changedAt > 0 ? formatDateTime(new Date(changedAt), lang) : null,
    goals: views.filter(({ one }) => one.project === null).map(({ view }) => view),
    projects: numbers.map((number) => ({
      number,
      indicators: views.filter(({ one }) => one.project === number).map(({ view }) => view),
    })),
    leastShown: LEAST_SHOWN,
    address: t('sx.address', { url: publicUrl + path(fiscalYear), date: formatDate(ui.now, lang) }),
    csv: `${path(fiscalYear)}.csv`,
    json: `${path(fiscalYear)}.json`,
  }
}
