import { formatDate, formatNumber } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import { type BarChart, pairChart } from './chart.ts'
import { onTimeShare } from './duties-view.ts'
import type { Balance } from './figures.ts'
import type { PageSource } from './page-frame.ts'
import type { PublishedYear } from './published.ts'
import { balanceRow, type Row } from './tables-view.ts'

/** A year side by side with the others: as it was counted, or as papers of before the portal have it. */
export interface YearLine {
  fiscalYear: number
  /** The papers; null for what was counted here. */
  sources: readonly string[] | null
  received: number
  finished: number
  share: number | null
  median: number | null
  /** Null for papers, which do not tell what was brought forward. */
  balance: Balance | null
}

/** Oldest first; a year that was counted and has papers as well has two lines. */
export function yearLines(years: readonly PublishedYear[]): YearLine[] {
  return [...years].reverse().flatMap(({ fiscalYear, parts: { year }, papers }): YearLine[] => [
    ...(papers
      ? [
          {
            ...{ fiscalYear, sources: papers.sources, share: null, median: null, balance: null },
            ...{ received: papers.received, finished: papers.finished },
          },
        ]
      : []),
    ...(year
      ? [
          {
            ...{ fiscalYear, sources: null },
            ...{ received: year.figures.year.received, finished: year.figures.year.finished },
            share: onTimeShare(year.breakdowns.timeliness),
            median: year.breakdowns.days.median,
            balance: year.figures.year,
          },
        ]
      : []),
  ])
}

interface YearsPage {
  lines: { fiscalYear: number; href: string; mark: string | null; note: string | null; cells: string[] }[]
  /** Of the years that were counted: what one leaves over, the next begins with. */
  balances: Row[]
  chart: BarChart
  address: string
}

export const yearsPage = page<YearsPage>('statistics/years', ['lines', 'balances', 'chart', 'address'])

/** Room for the words that mark a year of papers, and less for the bars. */
const ROOM = { left: 96, longest: 50 }

export function yearsPageData(
  { years, today, publicUrl }: PageSource,
  lines: readonly YearLine[],
  ui: Ui,
): YearsPage {
  const { lang, t } = ui
  const date = formatDate(today, lang)
  const known = (value: number | null) => (value === null ? '–' : formatNumber(value))
  const isSoFar = (line: YearLine) => line.sources === null && line.fiscalYear === years[0]
  return {
    lines: lines.map((line) => ({
      fiscalYear: line.fiscalYear,
      href: ui.path(`/statistics/${line.fiscalYear}`),
      mark: line.sources && t('sx.papers.mark'),
      note: isSoFar(line)
        ? t('sx.years.soFar', { date })
        : line.sources && t('sx.papers.source', { source: line.sources.join(' · ') }),
      cells: [line.received, line.finished, line.share, line.median].map(known),
    })),
    balances: lines.flatMap(({ fiscalYear, balance }) =>
      balance ? [balanceRow(String(fiscalYear), balance)] : [],
    ),
    chart: pairChart(
      lines.map((line) => ({
        name: String(line.fiscalYear),
        note: line.sources ? t('sx.papers.mark') : undefined,
        counts: line,
      })),
      ROOM,
    ),
    address: t('sx.address', { url: `${publicUrl}${ui.path('/statistics/years')}`, date }),
  }
}
