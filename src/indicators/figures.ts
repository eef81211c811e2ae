import type { CivilDate } from '#domain/civil-date.ts'
import { fiscalYearOf, fiscalYearRange } from '#domain/fiscal-year.ts'
import {
  changePercent,
  exactly,
  isCutBy,
  isFewer,
  isYearOver,
  isZero,
  judge,
  type Verdict,
  verdictOfAll,
} from '#domain/indicator-rules.ts'
import {
  INDICATORS,
  type Indicator,
  type IndicatorId,
  PLAN_YEARS,
  type PlanYear,
} from '#domain/indicators.ts'
import type { Conduct } from '#domain/sealed-status.ts'
import { casesOf, countOf, type Figure, generalOf, type One, type Shown, UNKNOWN } from './count-figure.ts'
import { type Counts, type GeneralCount, isConduct, type Opinions, type Sources } from './counts.ts'

export type SeriesCode = 'all' | 'service' | 'corruption' | 'cases' | 'typed'

/** What is judged: most indicators have one series, some are met only when two of them are. */
export interface Series {
  code: SeriesCode
  now: Figure
  base: Figure | null
  baseYear: number | null
  /** In percent, not rounded; null where there is none or it cannot be told. */
  change: number | null
  verdict: Verdict
}

export type Target =
  | { kind: 'zero' }
  | { kind: 'fewer' }
  | { kind: 'cut'; percent: number }
  | { kind: 'least'; value: number }

/** `coming`: the year has not begun; `no_target`, `uncounted`: nothing is judged. */
export type Result = Verdict | 'coming' | 'no_target' | 'uncounted'

export interface YearLine {
  fiscalYear: PlanYear
  target: Target | null
  series: Series[]
  result: Result
  /** The general complaints among those counted; null where it is not known, or none are. */
  general: GeneralCount | null
}

/** The documents behind a year's numbers, each once. */
export function sourcesOf({ series }: YearLine): string[] {
  return [...new Set(series.flatMap(({ now, base }) => [...now.sources, ...(base?.sources ?? [])]))]
}

/** One line of what an indicator adds up: a category, a kind of conduct, or single decisions. */
export interface Part {
  code: string
  kind: 'category' | 'conduct' | 'added' | 'taken'
  now: Shown
  accepted: number | null
  grounds: number | null
  base: Shown
  /** Documents that the numbers are taken from, wholly or in part. */
  sources: { now: Sources; base: Sources }
}

export interface IndicatorFigures {
  id: IndicatorId
  project: number | null
  measure: Indicator['measure']
  years: YearLine[]
  /** Of the year that is looked at. */
  parts: Part[]
  /** The same; null where none are told, or nobody counted them. */
  opinions: Opinions | null
}

export interface PlanFigures {
  fiscalYear: PlanYear
  countedTo: CivilDate
  isOver: boolean
  indicators: IndicatorFigures[]
}

/** The years of the plan that have begun, newest first; its first year before it began. */
export function yearsBegun(today: CivilDate): PlanYear[] {
  const begun = PLAN_YEARS.filter((year) => year <= fiscalYearOf(today)).reverse()
  return begun.length > 0 ? begun : [PLAN_YEARS[0]]
}

/**
 * The plan's indicators as the year's page shows them. A year is compared with its base year by its own set of
 * categories, so that like is compared with like although the office changed the set.
 */
export function planFigures(counts: Counts, fiscalYear: PlanYear, today: CivilDate): PlanFigures {
  const { to } = fiscalYearRange(fiscalYear)
  const indicators: readonly (Indicator & { id: IndicatorId })[] = INDICATORS
  return {
    fiscalYear,
    countedTo: to < today ? to : today,
    isOver: isYearOver(fiscalYear, today),
    indicators: indicators.map(({ id, project, measure }) => {
      const one = { counts, id, measure, today }
      return {
        ...{ id, project, measure },
        years: PLAN_YEARS.map((year) => yearLine(one, year)),
        parts: 'categories' in measure ? partsOf(one, fiscalYear) : [],
        opinions: ('opinions' in measure && counts.opinions(fiscalYear, measure.opinions ?? [])) || null,
      }
    }),
  }
}

interface Measured extends One {
  measure: Indicator['measure']
}

function yearLine(one: Measured, fiscalYear: PlanYear): YearLine {
  const { measure, today } = one
  const target = targetOf(measure, fiscalYear)
  const line = { fiscalYear, target, series: [], general: null }
  if (measure.kind === 'uncounted') return { ...line, result: 'uncounted' }
  if (fiscalYear > fiscalYearOf(today)) return { ...line, result: 'coming' }
  if (measure.kind === 'typed') return typedLine(one, fiscalYear, measure.result, line)
  const series = seriesOf(one, fiscalYear)
  const result = verdictOfAll(series.map(({ verdict }) => verdict))
  const isGeneral = 'categories' in measure && !one.counts.setOf(fiscalYear, one.id).every(isConduct)
  return {
    ...line,
    ...{ series, result },
    general: (isGeneral && generalOf(one, fiscalYear, fiscalYear)) || null,
  }
}

function targetOf(measure: Indicator['measure'], fiscalYear: PlanYear): Target | null {
  switch (measure.kind) {
    case 'zero':
    case 'fewer':
      return { kind: measure.kind }
    case 'cases':
      return { kind: 'cut', percent: measure.cut[fiscalYear] }
    case 'typed':
      return measure.least && { kind: 'least', value: measure.least[fiscalYear] }
    case 'uncounted':
      return null
  }
}

function typedLine(
  { counts, today }: Measured,
  fiscalYear: PlanYear,
  key: string,
  line: Omit<YearLine, 'result'>,
): YearLine {
  const input = counts.input(fiscalYear, key)
  const missing = isYearOver(fiscalYear, today) ? 'no_value' : 'open'
  const least = line.target?.kind === 'least' ? line.target.value : null
  const verdict: Verdict =
    input === undefined ? missing : least === null || input.value >= least ? 'met' : 'not_met'
  const now: Figure = input
    ? { shown: input.value, range: exactly(input.value), soFar: null, sources: [input.source] }
    : UNKNOWN
  return {
    ...line,
    series: [{ code: 'typed', now, base: null, baseYear: null, change: null, verdict }],
    result: input && least === null ? 'no_target' : verdict,
  }
}

function seriesOf(one: Measured, fiscalYear: PlanYear): Series[] {
  const { measure } = one
  switch (measure.kind) {
    case 'zero':
      return [countedSeries(one, fiscalYear, 'all', null)]
    case 'fewer': {
      const judged = measure.apart ? (['service', 'corruption'] as const) : (['all'] as const)
      const series = judged.map((code) => countedSeries(one, fiscalYear, code, fiscalYear - 1))
      return measure.cases ? [...series, casesSeries(one, fiscalYear, fiscalYear - 1, isFewer)] : series
    }
    case 'cases': {
      const baseYear = measure.base === 'previous' ? fiscalYear - 1 : measure.base
      const isMet = (count: number, base: number) => isCutBy(count, base, measure.cut[fiscalYear])
      return [casesSeries(one, fiscalYear, baseYear, isMet)]
    }
    default:
      return []
  }
}

type IsMet = (count: number, base: number) => boolean

function countedSeries(
  one: One,
  fiscalYear: PlanYear,
  code: 'all' | 'service' | 'corruption',
  baseYear: number | null,
): Series {
  const now = countOf(one, fiscalYear, fiscalYear, code)
  if (baseYear === null) return judged(one, fiscalYear, { code, now, base: null, baseYear }, isZero)
  const base = countOf(one, baseYear, fiscalYear, code)
  return judged(one, fiscalYear, { code, now, base, baseYear }, isFewer)
}

function casesSeries(one: Measured, fiscalYear: PlanYear, baseYear: number, isMet: IsMet): Series {
  const [now, base] = [casesOf(one, fiscalYear), casesOf(one, baseYear)]
  return judged(one, fiscalYear, { code: 'cases', now, base, baseYear }, isMet)
}

function judged(
  { today }: One,
  fiscalYear: PlanYear,
  series: Omit<Series, 'verdict' | 'change'>,
  isMet: IsMet,
): Series {
  const { now, base, baseYear } = series
  // Half a year is not compared with a whole one.
  if (!isYearOver(fiscalYear, today)) return { ...series, change: null, verdict: 'open' }
  const verdict = (): Verdict => {
    if (!now.range) return 'no_value'
    if (baseYear === null) return judge(isMet, now.range, exactly(0))
    return base?.range ? judge(isMet, now.range, base.range) : 'no_base'
  }
  const isTold = typeof now.shown === 'number' && typeof base?.shown === 'number'
  const change = isTold ? changePercent(Number(now.shown), Number(base?.shown)) : null
  return { ...series, change, verdict: verdict() }
}

function partsOf(one: Measured, fiscalYear: PlanYear): Part[] {
  const { counts, id, today, measure } = one
  const set = counts.setOf(fiscalYear, id)
  const baseYear = measure.kind === 'fewer' ? fiscalYear - 1 : null
  const general = (
    kind: Part['kind'],
    code: string,
    of: (year: number) => GeneralCount | undefined,
  ): Part => {
    const [now, base] = [of(fiscalYear), baseYear === null ? undefined : of(baseYear)]
    return {
      ...{ kind, code, now: now?.received ?? 'unknown' },
      ...{ accepted: now?.accepted ?? null, grounds: now?.grounds ?? null },
      base: base?.received ?? 'unknown',
      sources: { now: now?.sources ?? [], base: base?.sources ?? [] },
    }
  }
  const conduct = (code: Conduct): Part => {
    const of = (year: number): Shown =>
      isYearOver(year, today) ? (counts.conducts(year)?.told[code] ?? 'unknown') : 'later'
    const sources = (year: number | null): Sources =>
      year !== null && isYearOver(year, today) ? (counts.conducts(year)?.sources ?? []) : []
    return {
      ...{ kind: 'conduct', code, now: of(fiscalYear), accepted: null, grounds: null },
      base: baseYear === null ? 'unknown' : of(baseYear),
      sources: { now: [...new Set(sources(fiscalYear))], base: [...new Set(sources(baseYear))] },
    }
  }
  const decided = (kind: 'added' | 'taken') =>
    general(kind, kind, (year) => counts.decided(year, id, set)[kind])
  return [
    ...set.map((code) =>
      isConduct(code) ? conduct(code) : general('category', code, (year) => counts.category(year, code)),
    ),
    ...(['added', 'taken'] as const)
      .map(decided)
      .filter(({ now, base }) => now !== 0 || (base !== 0 && base !== 'unknown')),
  ]
}
