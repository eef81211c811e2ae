import type { Settings } from '#settings/store.ts'
import { formatDate, formatDateTime, formatMonth, formatMonthShort, formatNumber } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { type BarChart, monthChart } from './chart.ts'
import type { Balance, MonthFigures, YearFigures } from './figures.ts'
import { groupName, kindName } from './names.ts'

interface StatisticsPage {
  fiscalYear: number
  period: string
  otherYears: { fiscalYear: number; href: string }[]
  countedTo: string
  /** Null in a portal that never had a case. */
  updated: string | null
  figures: { sign: string; label: string; meaning: string; value: string }[]
  chart: BarChart
  chartTitle: string
  chartText: string
  monthNames: Record<string, string>
  hasFutureMonths: boolean
  months: Row[]
  groups: Row[]
  total: Row
  otherKinds: Row[]
  csv: string
  json: string
}

/** A table's line: its heading and the four figures as printed. */
interface Row {
  name: string
  cells: string[]
}

export const statisticsPage = page<StatisticsPage>('statistics/year', [
  'fiscalYear',
  'period',
  'otherYears',
  'countedTo',
  'updated',
  'figures',
  'chart',
  'chartTitle',
  'chartText',
  'monthNames',
  'hasFutureMonths',
  'months',
  'groups',
  'total',
  'otherKinds',
  'csv',
  'json',
])

export interface PageSource {
  figures: YearFigures
  years: readonly number[]
  /** Milliseconds; 0 where nothing was ever counted. */
  changedAt: number
  settings: Settings
}

/** The figures in the words and the language of the page. */
export function statisticsPageData(
  { figures, years, changedAt, settings }: PageSource,
  ui: Ui,
): StatisticsPage {
  const { lang } = ui
  const address = ui.path(`/statistics/${figures.fiscalYear}`)
  return {
    fiscalYear: figures.fiscalYear,
    period: ui.t('sx.period', { from: formatDate(figures.from, lang), to: formatDate(figures.to, lang) }),
    otherYears: years
      .filter((year) => year !== figures.fiscalYear)
      .map((year) => ({ fiscalYear: year, href: ui.path(`/statistics/${year}`) })),
    countedTo: formatDate(figures.countedTo, lang),
    updated: changedAt > 0 ? formatDateTime(new Date(changedAt), lang) : null,
    figures: headline(figures.year, ui),
    chart: monthChart(figures.months),
    chartTitle: ui.t('sx.chart.title', { fy: figures.fiscalYear }),
    chartText: chartText(figures, ui),
    monthNames: Object.fromEntries(figures.months.map(({ month }) => [month, formatMonthShort(month, lang)])),
    hasFutureMonths: figures.months.some(({ balance }) => balance === null),
    months: figures.months.map(({ month, balance }) => row(formatMonthShort(month, lang), balance)),
    groups: figures.groups.map(({ group, balance }) => row(groupName(settings, group, lang), balance)),
    total: row(ui.t('sx.total'), figures.year),
    otherKinds: figures.otherKinds.map(({ kind, balance }) => row(kindName(kind, lang), balance)),
    csv: `${address}.csv`,
    json: `${address}.json`,
  }
}

function headline(year: Balance, ui: Ui): StatisticsPage['figures'] {
  const { t } = ui
  return [
    { sign: '', label: t('sx.col.brought'), meaning: t('sx.means.brought'), value: year.broughtForward },
    { sign: '+', label: t('sx.col.received'), meaning: t('sx.means.received'), value: year.received },
    { sign: '=', label: t('sx.col.done'), meaning: t('sx.means.done'), value: year.finished },
    { sign: '+', label: t('sx.col.ongoing'), meaning: t('sx.means.ongoing'), value: year.inProgress },
  ].map((figure) => ({ ...figure, value: formatNumber(figure.value) }))
}

/** The chart told in a sentence, for those who hear it. */
function chartText(figures: YearFigures, ui: Ui): string {
  const finished = formatNumber(figures.year.finished)
  const busiest = figures.months.reduce<MonthFigures | undefined>(
    (most, month) => ((month.balance?.received ?? 0) > (most?.balance?.received ?? 0) ? month : most),
    undefined,
  )
  if (!busiest) return ui.t('sx.chart.descEmpty', { finished })
  return ui.t('sx.chart.desc', {
    received: formatNumber(figures.year.received),
    finished,
    month: formatMonth(busiest.month, ui.lang),
    most: formatNumber(busiest.balance?.received ?? 0),
  })
}

function row(name: string, balance: Balance | null): Row {
  if (!balance) return { name, cells: ['–', '–', '–', '–'] }
  const { broughtForward, received, finished, inProgress } = balance
  return { name, cells: [broughtForward, received, finished, inProgress].map(formatNumber) }
}
