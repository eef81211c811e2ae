import { fiscalYearRange } from '#domain/fiscal-year.ts'
import { LEAST_SHOWN } from '#domain/small-cells.ts'
import type { Settings } from '#settings/store.ts'
import { csvText } from '#web/csv.ts'
import { type Language, t } from '#web/languages.ts'
import type { Figure, Shown } from './count-figure.ts'
import {
  type IndicatorFigures,
  type Part,
  type PlanFigures,
  type Series,
  sourcesOf,
  type YearLine,
} from './figures.ts'
import {
  codeName,
  indicatorTitle,
  measureText,
  outcomeText,
  partName,
  resultText,
  shownText,
  targetText,
} from './words.ts'

type Cell = string | number | null | undefined

/** The figures of the page as one flat table. Percentages are not rounded; what is not told is a word. */
export function indicatorsCsv(
  { fiscalYear, indicators }: PlanFigures,
  settings: Settings,
  lang: Language,
): string {
  return csvText(
    headings(lang),
    indicators.flatMap((one) => [
      ...one.years.flatMap((line) => yearLines(one, line, lang)),
      ...one.parts.map((part) => partLine(one, fiscalYear, part, settings, lang)),
    ]),
  )
}

function headings(lang: Language): string[] {
  return [
    ...[t(lang, 'ix.csv.table'), t(lang, 'ix.csv.indicator'), t(lang, 'ix.csv.code')],
    ...[t(lang, 'sx.csv.year'), t(lang, 'ix.csv.series'), t(lang, 'ix.csv.targetValue')],
    ...[t(lang, 'ix.csv.baseYear'), t(lang, 'ix.csv.base'), t(lang, 'ix.csv.value')],
    ...[t(lang, 'ix.parts.accepted'), t(lang, 'ix.parts.grounds'), t(lang, 'ix.csv.change')],
    ...[t(lang, 'ix.col.verdict'), t(lang, 'ix.row.source')],
  ]
}

function yearLines({ id, measure }: IndicatorFigures, line: YearLine, lang: Language): Cell[][] {
  const { fiscalYear, target, series, result, general } = line
  const start = [
    t(lang, 'ix.csv.years'),
    `${indicatorTitle(id, lang)} ${outcomeText(id, lang)}`,
    id,
    fiscalYear,
  ]
  const targetCell = targetText(target, measure, lang)
  if (series.length === 0) {
    return [[...start, '', targetCell, ...Array(6).fill(null), resultText(result, lang), null]]
  }
  return series.map(({ code, now, base, baseYear, change, verdict }): Cell[] => [
    ...[...start, t(lang, `ix.series.${code}`), targetCell],
    ...[baseYear, base && shownCell(base.shown, lang), shownCell(now.shown, lang)],
    ...(code === 'all' || code === 'service' ? [general?.accepted, general?.grounds] : [null, null]),
    ...[change, resultText(series.length > 1 ? verdict : result, lang)],
    sourcesOf(line).join('; '),
  ])
}

function partLine(
  { id }: IndicatorFigures,
  fiscalYear: number,
  part: Part,
  settings: Settings,
  lang: Language,
): Cell[] {
  return [
    ...[t(lang, 'ix.csv.parts'), `${indicatorTitle(id, lang)} ${outcomeText(id, lang)}`, id, fiscalYear],
    ...[partName(part, settings, lang), null, null, shownCell(part.base, lang), shownCell(part.now, lang)],
    ...[part.accepted, part.grounds, null, null],
    [...new Set([...part.sources.now, ...part.sources.base])].join('; '),
  ]
}

const shownCell = (shown: Shown, lang: Language): Cell =>
  typeof shown === 'number' ? shown : shownText(shown, lang)

/**
 * The same figures for programs. The field names are a contract: fields may be added, none is renamed. A number that
 * is not told is null, with `masked` saying why.
 */
export function indicatorsJson(
  figures: PlanFigures,
  changedAt: number,
  settings: Settings,
  lang: Language,
): string {
  const { fiscalYear, countedTo, isOver, indicators } = figures
  return JSON.stringify({
    fiscalYear,
    ...fiscalYearRange(fiscalYear),
    ...{ countedTo, isOver },
    lastUpdated: changedAt > 0 ? new Date(changedAt).toISOString() : null,
    leastShown: LEAST_SHOWN,
    indicators: indicators.map((one) => indicatorInJson(one, settings, lang)),
    definitions: {
      received: t(lang, 'ix.rule.unit'),
      acceptedAndGrounds: t(lang, 'ix.rule.three'),
      year: t(lang, 'ix.rule.year'),
      change: t(lang, 'ix.rule.zero'),
      categories: t(lang, 'ix.rule.set'),
      sources: t(lang, 'ix.rule.papers'),
      corruption: t(lang, 'ix.rule.corruption', { n: LEAST_SHOWN }),
      caution: t(lang, 'ix.rule.caution'),
    },
  })
}

function indicatorInJson(one: IndicatorFigures, settings: Settings, lang: Language): object {
  const { id, project, measure, years, parts, opinions } = one
  return {
    ...{ id, project, measure: measure.kind },
    ...{ outcome: outcomeText(id, 'th'), outcomeEn: outcomeText(id, 'en') },
    how: measureText(id, measure, lang),
    opinions,
    years: years.map(({ fiscalYear, target, series, general, result }) => ({
      ...{ fiscalYear, target, result },
      accepted: general?.accepted ?? null,
      grounds: general?.grounds ?? null,
      series: series.map(seriesInJson),
    })),
    parts: parts.map(({ kind, code, now, accepted, grounds, base, sources }) => ({
      ...{ kind, code, name: nameOf(kind, code, settings, 'th'), nameEn: nameOf(kind, code, settings, 'en') },
      ...{ received: numberIn(now), masked: maskIn(now), accepted, grounds },
      ...{ base: numberIn(base), baseMasked: maskIn(base) },
      ...{ sources: sources.now, baseSources: sources.base },
    })),
  }
}

const nameOf = (kind: Part['kind'], code: string, settings: Settings, lang: Language): string =>
  kind === 'added' || kind === 'taken' ? t(lang, `ix.parts.${kind}`) : codeName(code, settings, lang)

function seriesInJson({ code, now, base, baseYear, change, verdict }: Series): object {
  return {
    ...{ code, ...figureInJson(now), soFar: now.soFar },
    ...{ baseYear, base: base && figureInJson(base), change, verdict },
  }
}

const figureInJson = ({ shown, sources }: Figure): object => ({
  ...{ value: numberIn(shown), masked: maskIn(shown), sources: [...new Set(sources)] },
})

const numberIn = (shown: Shown): number | null => (typeof shown === 'number' ? shown : null)

function maskIn(shown: Shown): string | null {
  if (typeof shown === 'number') return null
  return shown === 'small' ? `fewer_than_${LEAST_SHOWN}` : shown
}
