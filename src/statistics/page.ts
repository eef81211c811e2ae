import type { Settings } from '#settings/store.ts'
import { formatDate, formatDateTime, formatMonth, formatMonthShort, formatNumber } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { type BarChart, pairChart } from './chart.ts'
import {
  type DaysView,
  daysView,
  receivedTallies,
  type Tally,
  type TimelinessView,
  timelinessView,
} from './duties-view.ts'
import type { MonthFigures, YearFigures } from './figures.ts'
import { groupName, kindName } from './names.ts'
import { detailsPath, type Frame, frameOf, type PageSource } from './page-frame.ts'
import type { Part } from './period.ts'
import type { PublishedPart, PublishedYear } from './published.ts'
import { type SurveyLine, surveyLines } from './surveys.ts'
import {
  balanceRow,
  barRows,
  type PapersTable,
  papersTable,
  type Row,
  type ServiceTable,
  serviceTable,
} from './tables-view.ts'

interface StatisticsPage {
  frame: Frame
  countedTo: string
  /** Null in a portal that never had a case. */
  updated: string | null
  figures: { sign: string; label: string; meaning: string; value: string }[]
  chart: BarChart
  chartTitle: string
  chartText: string
  hasFutureMonths: boolean
  months: Row[]
  groups: Row[]
  total: Row
  timeNote: string
  timeliness: TimelinessView
  nothingDue: string
  days: DaysView
  daysLimit: number
  received: Tally[]
  details: string
  /** Empty on the page of a half-year, and where nobody asked. */
  surveys: SurveyLine[]
  otherKinds: Row[]
  /** Null on the page of a half-year. */
  service: ServiceTable | null
  papers: PapersTable | null
}

export const statisticsPage = page<StatisticsPage>('statistics/year', [
  ...(['frame', 'countedTo', 'updated', 'figures', 'chart', 'chartTitle', 'chartText'] as const),
  ...(['hasFutureMonths', 'months', 'groups', 'total', 'timeNote', 'timeliness', 'nothingDue'] as const),
  ...(['days', 'daysLimit', 'received', 'details', 'surveys', 'otherKinds', 'service', 'papers'] as const),
])

/** The figures in the words and the language of the page. */
export function statisticsPageData(
  source: PageSource,
  year: PublishedYear,
  { figures, breakdowns }: PublishedPart,
  ui: Ui,
): StatisticsPage {
  const { lang, t } = ui
  const { settings, changedAt } = source
  const { part } = figures
  const period = t(part === 'year' ? 'sx.this.year' : 'sx.this.half')
  const limit = settings.deadlines().targetDays
  return {
    frame: frameOf(source, year, { part }, ui),
    countedTo: formatDate(figures.countedTo, lang),
    updated: changedAt > 0 ? formatDateTime(new Date(changedAt), lang) : null,
    figures: headline(figures, ui),
    ...monthsData(figures, ui),
    ...groupsData(settings, figures, ui),
    timeNote: t('sx.time.note', { days: limit, period }),
    timeliness: timelinessView(breakdowns.timeliness, ui, period),
    nothingDue: t('sx.time.nothingDue', { period }),
    days: daysView(breakdowns.days, limit, ui, period),
    daysLimit: limit,
    received: receivedTallies(breakdowns, ui, period),
    details: ui.path(detailsPath(figures.fiscalYear, part)),
    surveys: part === 'year' ? surveyLines(year.surveys, ui) : [],
    otherKinds: figures.otherKinds.map(({ kind, balance }) => balanceRow(kindName(kind, lang), balance)),
    service: part === 'year' ? serviceTable(year.eService, ui) : null,
    papers: part === 'year' && year.papers ? papersTable(settings, year.papers, ui) : null,
  }
}

function headline({ year, part }: YearFigures, ui: Ui): StatisticsPage['figures'] {
  const { t } = ui
  const means = part === 'year' ? 'sx.means' : 'sx.meansHalf'
  return [
    { sign: '', label: t('sx.col.brought'), meaning: t(`${means}.brought`), value: year.broughtForward },
    { sign: '+', label: t('sx.col.received'), meaning: t(`${means}.received`), value: year.received },
    { sign: '=', label: t('sx.col.done'), meaning: t('sx.means.done'), value: year.finished },
    { sign: '+', label: t('sx.col.ongoing'), meaning: t('sx.means.ongoing'), value: year.inProgress },
  ].map((figure) => ({ ...figure, value: formatNumber(figure.value) }))
}

function monthsData(
  figures: YearFigures,
  ui: Ui,
): Pick<StatisticsPage, 'chart' | 'chartTitle' | 'chartText' | 'hasFutureMonths' | 'months'> {
  const nameOf = (month: string) => formatMonthShort(month, ui.lang)
  return {
    chart: pairChart(figures.months.map(({ month, balance }) => ({ name: nameOf(month), counts: balance }))),
    chartTitle: ui.t('sx.chart.title', { period: periodName(figures.fiscalYear, figures.part, ui) }),
    chartText: chartText(figures, ui),
    hasFutureMonths: figures.months.some(({ balance }) => balance === null),
    months: figures.months.map(({ month, balance }) => balanceRow(nameOf(month), balance)),
  }
}

/** 'ครึ่งปีแรก ปีงบประมาณ พ.ศ. 2570', or the year alone. */
function periodName(fiscalYear: number, part: Part, { t }: Ui): string {
  const year = t('sx.year', { fy: fiscalYear })
  return part === 'year' ? year : `${t(`sx.part.${part}`)} ${year}`
}

function groupsData(
  settings: Settings,
  figures: YearFigures,
  ui: Ui,
): Pick<StatisticsPage, 'groups' | 'total'> {
  const lines = figures.groups.map(({ group, balance }) => ({
    name: groupName(settings, group, ui.lang),
    balance,
  }))
  return { groups: barRows(lines), total: balanceRow(ui.t('sx.total'), figures.year) }
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
