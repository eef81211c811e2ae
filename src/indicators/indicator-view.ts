import type { Settings } from '#settings/store.ts'
import type { Language } from '#web/languages.ts'
import type { Ui } from '#web/views.ts'
import type { Figure, Shown } from './count-figure.ts'
import type { Sources } from './counts.ts'
import { type Drawing, drawYears } from './drawing.ts'
import { type IndicatorFigures, type Part, type Result, sourcesOf, type YearLine } from './figures.ts'
import { rowsOf } from './indicator-rows.ts'
import {
  changeText,
  countText,
  indicatorTitle,
  outcomeText,
  partName,
  resultText,
  shownText,
  targetText,
} from './words.ts'

export interface IndicatorView {
  /** Of the heading, for links to it. */
  anchor: string
  title: string
  outcome: string
  result: Result
  resultText: string
  rows: { key: string; value: string }[]
  /** Empty where nothing is measured. */
  years: YearRow[]
  /** Names of the series where there are several, in the order of the drawing. */
  seriesNames: string[]
  drawing: Drawing | null
  /** Whether a number of the table is marked as entered from documents. */
  hasPapers: boolean
  parts: PartRow[]
}

interface YearRow {
  year: number
  /** Which series, where there are several. */
  name: string
  cells: Cell[]
  result: Result
  resultText: string
}

interface PartRow {
  name: string
  cells: Cell[]
}

/** A number under its heading, which a phone shows before it. */
interface Cell {
  label: string
  text: string
}

/** An indicator in the words and the language of the page, which is that of a year. */
export function indicatorView(
  one: IndicatorFigures,
  fiscalYear: number,
  settings: Settings,
  ui: Ui,
): IndicatorView {
  const { lang } = ui
  const { id, measure, years, parts } = one
  const shown = years.find((line) => line.fiscalYear === fiscalYear)
  const result = shown?.result ?? 'uncounted'
  const isListed = measure.kind !== 'uncounted' && !isEmpty(one)
  const isMarked = measure.kind !== 'typed'
  const label = (figure: Figure) => markedText(figure, isMarked, lang)
  const names = years.find(({ series }) => series.length > 1)?.series ?? []
  return {
    anchor: `i-${id.replace('.', '-')}`,
    title: indicatorTitle(id, lang),
    outcome: outcomeText(id, lang),
    result,
    resultText: resultText(result, lang),
    rows: shown ? rowsOf(one, shown, settings, ui) : [],
    years: isListed ? years.flatMap((line) => yearRows(one, line, ui)) : [],
    seriesNames: names.map(({ code }) => ui.t(`ix.series.${code}`)),
    drawing: drawYears(years, label) ?? null,
    hasPapers: isMarked && years.some((line) => sourcesOf(line).length > 0),
    parts: parts.map((part) => partRow(part, measure.kind === 'fewer', settings, ui)),
  }
}

/** A result that was never typed in, with the same target in every year: five lines would say nothing. */
const isEmpty = ({ measure, years }: IndicatorFigures): boolean =>
  measure.kind === 'typed' &&
  measure.result !== 'ita' &&
  years.every(({ series }) => series.every(({ now }) => now.shown === 'unknown'))

/** A count that is taken from documents, wholly or in part, is marked. */
function markedText(
  { shown, sources }: Pick<Figure, 'shown' | 'sources'>,
  isMarked: boolean,
  lang: Language,
): string {
  const isFromPapers = typeof shown === 'number' && sources.length > 0
  return `${shownText(shown, lang)}${isMarked && isFromPapers ? '\u00a0*' : ''}`
}

function yearRows({ measure }: IndicatorFigures, line: YearLine, ui: Ui): YearRow[] {
  const { t, lang } = ui
  const { fiscalYear: year, target, result } = line
  const isCounted = measure.kind !== 'typed'
  const text = (figure: Figure) => markedText(figure, isCounted, lang)
  const cells = (values: Record<'result' | 'base' | 'change', string>): YearRow['cells'] => [
    { label: t('ix.col.target'), text: targetText(target, measure, lang) },
    ...(isCounted && measure.kind !== 'zero' ? [{ label: t('ix.col.base'), text: values.base }] : []),
    { label: t('ix.col.result'), text: values.result },
    ...(isCounted && measure.kind !== 'zero' ? [{ label: t('ix.col.change'), text: values.change }] : []),
  ]
  if (line.series.length === 0) {
    const none = cells({ result: '–', base: '–', change: '–' })
    return [{ year, name: '', cells: none, result, resultText: resultText(result, lang) }]
  }
  return line.series.map((series) => {
    const own = line.series.length > 1 ? series.verdict : result
    return {
      year,
      name: line.series.length > 1 ? t(`ix.series.${series.code}`) : '',
      cells: cells({
        result: text(series.now),
        base: series.base ? text(series.base) : '–',
        change: changeText(series, lang),
      }),
      ...{ result: own, resultText: resultText(own, lang) },
    }
  })
}

function partRow(part: Part, hasBase: boolean, settings: Settings, ui: Ui): PartRow {
  const { t, lang } = ui
  const isConduct = part.kind === 'conduct'
  const text = (shown: Shown, sources: Sources) => markedText({ shown, sources }, true, lang)
  return {
    name: partName(part, settings, lang),
    cells: [
      { label: t('ix.parts.received'), text: text(part.now, part.sources.now) },
      { label: t('ix.parts.accepted'), text: isConduct ? '–' : countText(part.accepted) },
      { label: t('ix.parts.grounds'), text: isConduct ? '–' : countText(part.grounds) },
      ...(hasBase ? [{ label: t('ix.parts.base'), text: text(part.base, part.sources.base) }] : []),
    ],
  }
}
