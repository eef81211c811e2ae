import type { Balance } from '#domain/balance.ts'
import { addDays, type CivilDate } from '#domain/civil-date.ts'
import { LEAST_SHOWN, type Published } from '#domain/small-cells.ts'
import { formatDate, formatNumber } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { type CorruptionFigures, nextChange, type PeriodFigures } from './figures.ts'
import { conductName, noteOf, outcomeName, periodName, publishedText } from './statistics-words.ts'

interface StatisticsPage {
  fiscalYear: number
  period: string
  otherYears: { fiscalYear: number; href: string }[]
  /** '' where the notice says it. */
  opened: string
  /** Said before any number, or instead of them; '' where the numbers say it all. */
  notice: string
  /** Empty where nothing is known of the year, as are the tables. */
  figures: { sign: string; label: string; meaning: string; value: string }[]
  asOf: string
  periods: { id: string; title: string; rows: Row[] }[]
  endings: { id: string; title: string; rows: Row[] }[]
  /** Of the endings: as of when they were counted, or why there are none. */
  endingsNote: string
  leastShown: number
  url: string
  csv: string
  json: string
}

/** A table's line: its name, a word about it, and what stands in its cells. */
interface Row {
  name: string
  note: string
  cells: string[]
  isTotal: boolean
}

export const corruptionPage = page<StatisticsPage>('sealed/statistics', [
  'fiscalYear',
  'period',
  'otherYears',
  'opened',
  'notice',
  'figures',
  'asOf',
  'periods',
  'endings',
  'endingsNote',
  'leastShown',
  'url',
  'csv',
  'json',
])

export interface PageSource {
  figures: CorruptionFigures
  years: readonly number[]
  today: CivilDate
  publicUrl: string
}

/** The figures in the words and the language of the page. */
export function corruptionPageData({ figures, years, today, publicUrl }: PageSource, ui: Ui): StatisticsPage {
  const { fiscalYear, openedOn, year, halves, quarters } = figures
  const { t, lang } = ui
  const path = (fy: number) => ui.path(`/statistics/${fy}/corruption`)
  const isKnown = year.balance !== null
  const table = (id: 'byHalf' | 'byQuarter', periods: readonly PeriodFigures[]) => ({
    id,
    title: t(`cf.${id}`),
    rows: [...periods.map((one) => periodRow(one, ui)), { ...periodRow(year, ui), isTotal: true }],
  })
  return {
    fiscalYear,
    period: t('sx.period', { from: formatDate(year.from, lang), to: formatDate(year.to, lang) }),
    otherYears: years.filter((fy) => fy !== fiscalYear).map((fy) => ({ fiscalYear: fy, href: path(fy) })),
    opened: openedOn && year.missing !== 'before' ? t('cf.opened', { date: formatDate(openedOn, lang) }) : '',
    notice: noticeOf(figures, today, ui),
    figures: year.balance ? headline(year.balance, ui) : [],
    asOf: year.countedTo ? t('cf.asOf', { date: formatDate(year.countedTo, lang) }) : '',
    periods: isKnown ? [table('byHalf', halves), table('byQuarter', quarters)] : [],
    endings: endingTables(figures, ui),
    endingsNote: endingsNote(figures, ui),
    leastShown: LEAST_SHOWN,
    url: publicUrl + path(fiscalYear),
    csv: `${path(fiscalYear)}.csv`,
    json: `${path(fiscalYear)}.json`,
  }
}

function noticeOf({ fiscalYear, openedOn, year }: CorruptionFigures, today: CivilDate, ui: Ui): string {
  const { t, lang } = ui
  if (year.missing === 'coming') return t('cf.coming.year', { date: formatDate(nextChange(today), lang) })
  if (year.missing === 'before') {
    if (!openedOn) return t('cf.closed')
    return t('cf.before.year', { date: formatDate(openedOn, lang), fy: fiscalYear })
  }
  if (!year.balance || !year.countedTo || noteOf(year, lang) !== t('cf.none')) return ''
  return t('cf.none.year', { fy: fiscalYear, date: formatDate(year.countedTo, lang) })
}

function headline(balance: Balance, { t }: Ui): StatisticsPage['figures'] {
  const { broughtForward, received, finished, inProgress } = balance
  return [
    { sign: '', label: t('sx.col.brought'), meaning: t('sx.means.brought'), value: broughtForward },
    { sign: '+', label: t('sx.col.received'), meaning: t('sx.means.received'), value: received },
    { sign: '=', label: t('sx.col.done'), meaning: t('cf.means.done'), value: finished },
    { sign: '+', label: t('sx.col.ongoing'), meaning: t('sx.means.ongoing'), value: inProgress },
  ].map((figure) => ({ ...figure, value: formatNumber(figure.value) }))
}

function periodRow(one: PeriodFigures, { lang }: Ui): Row {
  const row = { name: periodName(one, lang), note: noteOf(one, lang), isTotal: false }
  if (!one.balance) return { ...row, cells: ['–', '–', '–', '–'] }
  const { broughtForward, received, finished, inProgress } = one.balance
  return { ...row, cells: [broughtForward, received, finished, inProgress].map(formatNumber) }
}

function endingTables({ endings }: CorruptionFigures, { t, lang }: Ui): StatisticsPage['endings'] {
  if (!endings || endings.total === 0) return []
  const row = (name: string, count: Published): Row => ({
    ...{ name, note: '', cells: [publishedText(count, lang)], isTotal: false },
  })
  const total = { ...row(t('sx.total'), endings.total), isTotal: true }
  const { outcomes, conducts } = endings
  return [
    {
      ...{ id: 'outcomes', title: t('cf.outcomes') },
      rows: [...outcomes.map(({ code, count }) => row(outcomeName(code, lang), count)), total],
    },
    {
      ...{ id: 'conducts', title: t('cf.conducts') },
      rows: [...conducts.map(({ code, count }) => row(conductName(code, lang), count)), total],
    },
  ]
}

function endingsNote({ year, endings }: CorruptionFigures, { t, lang }: Ui): string {
  if (!endings) return t('cf.ended.coming', { date: formatDate(addDays(year.to, 1), lang) })
  if (endings.total === 0) return t('cf.ended.none')
  return t('cf.ended.asOf', { date: formatDate(endings.asOf, lang) })
}
