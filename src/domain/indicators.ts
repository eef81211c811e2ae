import { CONDUCTS } from './sealed-status.ts'

/** The years of the plan (พ.ศ. 2566 – 2570). */
export const PLAN_YEARS = [2566, 2567, 2568, 2569, 2570] as const
export type PlanYear = (typeof PLAN_YEARS)[number]

/** The year that goal 1 is counted from. */
export const BASE_YEAR = 2565

export const isPlanYear = (year: number): year is PlanYear => PLAN_YEARS.some((known) => known === year)

type Each = Record<PlanYear, number>

const each = (value: number): Each => ({ 2566: value, 2567: value, 2568: value, 2569: value, 2570: value })

/** Results that another body or a survey gives and somebody types in. */
export const TYPED_RESULTS = ['ita', 'sv1', 'sv3', 'sv4', 'sv14', 'sv19', 'sv21'] as const
export type TypedResult = (typeof TYPED_RESULTS)[number]

/** How the outcome of a goal or project is measured (requirements A11). */
export type Measure =
  /** Complaints of the categories: there is to be none. */
  | { kind: 'zero'; categories: readonly string[] }
  /** Complaints of the categories: fewer than the year before. */
  | {
      kind: 'fewer'
      categories: readonly string[]
      /** Whether service and corruption are judged each for itself; both are to become fewer. */
      apart?: true
      /** Whether corruption cases (คดี) are to become fewer as well. */
      cases?: true
    }
  /** Corruption cases (คดี), which are not complaints: fewer by at least so many percent. */
  | { kind: 'cases'; base: 'previous' | typeof BASE_YEAR; cut: Each }
  /** Typed in, with at least so many points or percent; null where the plan names no target. */
  | { kind: 'typed'; result: TypedResult; least: Each | null }
  /** Nothing that this portal counts or anybody types in; opinions of these categories are told beside it. */
  | { kind: 'uncounted'; opinions?: readonly string[] }

export type CountedMeasure = Extract<Measure, { categories: readonly string[] }>

export interface Indicator {
  /** `g1`, `g2` for the plan's goals; else the project's number, with that of its outcome where it has several. */
  id: string
  /** Null for a goal. */
  project: number | null
  measure: Measure
}

/** Everything about service and the conduct of staff. */
const SERVICE = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S9'] as const

const uncounted: Measure = { kind: 'uncounted' }
const survey = (result: TypedResult): Measure => ({ kind: 'typed', result, least: each(80) })
const fewer = (...categories: string[]): Measure => ({ kind: 'fewer', categories })

/**
 * The outcomes of the plan's two goals and 22 projects, with the categories that they count to begin with. The
 * administrator's table of a year says which ones they do count.
 */
export const INDICATORS = [
  {
    id: 'g1',
    project: null,
    measure: {
      kind: 'cases',
      base: BASE_YEAR,
      cut: { 2566: 10, 2567: 20, 2568: 30, 2569: 40, 2570: 50 },
    },
  },
  {
    id: 'g2',
    project: null,
    measure: {
      kind: 'typed',
      result: 'ita',
      least: { 2566: 65, 2567: 70, 2568: 75, 2569: 80, 2570: 85 },
    },
  },
  { id: '1', project: 1, measure: { kind: 'typed', result: 'sv1', least: null } },
  { id: '2', project: 2, measure: { kind: 'typed', result: 'sv1', least: null } },
  { id: '3', project: 3, measure: survey('sv3') },
  { id: '4.1', project: 4, measure: survey('sv4') },
  { id: '4.2', project: 4, measure: { kind: 'uncounted', opinions: ['OP1', 'OP2'] } },
  { id: '5', project: 5, measure: { kind: 'zero', categories: ['K1'] } },
  { id: '6', project: 6, measure: { kind: 'typed', result: 'ita', least: each(85) } },
  { id: '7', project: 7, measure: fewer('H1', 'K5') },
  // Reports of K5 carry no mark of what they were about: those on salary steps are counted in project 7.
  { id: '8', project: 8, measure: fewer('H2') },
  { id: '9', project: 9, measure: uncounted },
  { id: '10', project: 10, measure: fewer('PR1', 'K2', 'K6') },
  { id: '11', project: 11, measure: fewer('K3') },
  { id: '12', project: 12, measure: fewer('K4') },
  { id: '13', project: 13, measure: fewer('S1') },
  { id: '14.1', project: 14, measure: survey('sv14') },
  { id: '14.2', project: 14, measure: fewer('S1') },
  { id: '15', project: 15, measure: { kind: 'typed', result: 'ita', least: each(85) } },
  { id: '16', project: 16, measure: fewer(...SERVICE, ...CONDUCTS) },
  { id: '17.1', project: 17, measure: survey('sv14') },
  {
    id: '17.2',
    project: 17,
    measure: { kind: 'fewer', categories: [...SERVICE, ...CONDUCTS], apart: true },
  },
  { id: '18', project: 18, measure: { kind: 'uncounted', opinions: ['OP2'] } },
  { id: '19', project: 19, measure: survey('sv19') },
  { id: '20.1', project: 20, measure: uncounted },
  { id: '20.2', project: 20, measure: uncounted },
  { id: '20.3', project: 20, measure: { kind: 'cases', base: 'previous', cut: each(5) } },
  { id: '21.1', project: 21, measure: survey('sv21') },
  { id: '21.2', project: 21, measure: uncounted },
  { id: '21.3', project: 21, measure: { kind: 'cases', base: 'previous', cut: each(5) } },
  { id: '22', project: 22, measure: { kind: 'fewer', categories: CONDUCTS, cases: true } },
] as const satisfies readonly Indicator[]

export type IndicatorId = (typeof INDICATORS)[number]['id']

/** An indicator that counts categories, and so has a line in the administrator's table. */
export interface CountedIndicator extends Indicator {
  id: IndicatorId
  measure: CountedMeasure
}

const ALL: readonly (Indicator & { id: IndicatorId })[] = INDICATORS

export const COUNTED_INDICATORS: readonly CountedIndicator[] = ALL.filter(
  (indicator): indicator is CountedIndicator => 'categories' in indicator.measure,
)
