import { exactly, type Range, rangeOf, sumOfRanges } from '#domain/indicator-rules.ts'
import { CONDUCTS, type Conduct } from '#domain/sealed-status.ts'
import { LEAST_SHOWN, maskSmallCounts, type Published } from '#domain/small-cells.ts'
import type { Database } from '#platform/database.ts'
import type { CorruptionCounts } from './corruption-counts.ts'
import {
  type CategoryTotal,
  type Decision,
  type HistoryFigure,
  type Input,
  readCategoryTotals,
  readDecisions,
  readFirstYear,
  readHistory,
  readInputs,
  readOpinionTotals,
  readSets,
} from './store.ts'

/** The documents of before the portal that a number is taken from, wholly or in part; mostly none. */
export type Sources = readonly string[]

/** Complaints of one category, or those that single decisions add or take out. */
export interface GeneralCount {
  received: number
  /** Null where papers of before the portal do not tell. */
  accepted: number | null
  grounds: number | null
  sources: Sources
}

/** Corruption reports of a year that is over, masked exactly as the channel's own page masks them. */
export interface ConductCount {
  told: Record<Conduct, Published>
  /** Exact: the channel's own page tells it as well. */
  total: number
  sources: Sources
}

/** Everything that the indicators are worked out from. */
export interface Counts {
  /** The categories that an indicator counts in a year of the plan, kinds of conduct last. */
  setOf(fiscalYear: number, indicator: string): readonly string[]
  /** Undefined where nobody knows: before the portal, and not typed in either. */
  category(fiscalYear: number, code: string): GeneralCount | undefined
  /** Cases that are counted although, or not counted although, the set of categories says otherwise. */
  decided(fiscalYear: number, indicator: string, set: readonly string[]): Decided
  conducts(fiscalYear: number): ConductCount | undefined
  cases(fiscalYear: number): { count: number; sources: Sources } | undefined
  input(fiscalYear: number, key: string): Input | undefined
  /** Opinions of these categories and the villages they came from; undefined where nobody counted them. */
  opinions(fiscalYear: number, codes: readonly string[]): Opinions | undefined
}

export interface Opinions {
  count: number
  villages: number
}

export interface Decided {
  added: GeneralCount
  taken: GeneralCount
}

/** Typed where everything received in a year before the portal has been entered in it. */
export const REGISTER_COMPLETE = 'register'

export function readCounts(db: Database, corruption: CorruptionCounts | undefined): Counts {
  const totals = readCategoryTotals(db)
  const history = new Map(readHistory(db).map((row) => [keyOf(row.fiscalYear, row.categoryCode), row]))
  const inputs = new Map(readInputs(db).map((row) => [keyOf(row.fiscalYear, row.key), row]))
  const live = byCategory(totals)
  const decisions = readDecisions(db)
  const sets = readSets(db)
  const firstYear = readFirstYear(db) ?? Number.POSITIVE_INFINITY
  const input = (fiscalYear: number, key: string) => inputs.get(keyOf(fiscalYear, key))
  const isCounted = (fiscalYear: number) =>
    fiscalYear >= firstYear || input(fiscalYear, REGISTER_COMPLETE) !== undefined
  return {
    setOf: (fiscalYear, indicator) =>
      sets
        .filter((line) => line.fiscalYear === fiscalYear && line.indicator === indicator)
        .map(({ categoryCode }) => categoryCode)
        .sort((a, b) => Number(isConduct(a)) - Number(isConduct(b)) || (a < b ? -1 : 1)),
    category: (fiscalYear, code) => {
      const key = keyOf(fiscalYear, code)
      return generalCount(live.get(key), history.get(key), isCounted(fiscalYear))
    },
    decided: (fiscalYear, indicator, set) => {
      const own = decisions.filter((one) => one.fiscalYear === fiscalYear && one.indicator === indicator)
      const isInSet = ({ categoryCode }: Decision) => set.includes(categoryCode)
      return {
        added: countDecisions(own.filter((one) => one.counts && !isInSet(one))),
        taken: countDecisions(own.filter((one) => !one.counts && isInSet(one))),
      }
    },
    conducts: (fiscalYear) => {
      const counted = corruption?.conduct(fiscalYear)
      if (counted) return conductCount(counted, [])
      const typed = CONDUCTS.flatMap((conduct) => input(fiscalYear, conduct) ?? [])
      if (typed.length < CONDUCTS.length) return undefined
      const sources = typed.map(({ source }) => source)
      return conductCount(
        recordOf((_, index) => typed[index]?.value ?? 0),
        sources,
      )
    },
    cases: (fiscalYear) => {
      const counted = corruption?.cases(fiscalYear)
      if (counted !== undefined) return { count: counted, sources: [] }
      const typed = input(fiscalYear, 'cases')
      return typed && { count: typed.value, sources: [typed.source] }
    },
    input,
    opinions: (fiscalYear, codes) => (isCounted(fiscalYear) ? opinionsOf(db, fiscalYear, codes) : undefined),
  }
}

function opinionsOf(db: Database, fiscalYear: number, codes: readonly string[]): Opinions {
  const own = readOpinionTotals(db).filter(
    (row) => row.fiscalYear === fiscalYear && row.count > 0 && codes.includes(row.code),
  )
  return {
    count: own.reduce((sum, row) => sum + row.count, 0),
    villages: new Set(own.flatMap(({ village }) => (village === '0' ? [] : [village]))).size,
  }
}

export const isConduct = (code: string): code is Conduct => CONDUCTS.some((conduct) => conduct === code)

const keyOf = (fiscalYear: number, name: string): string => `${fiscalYear} ${name}`

type Live = Record<CategoryTotal['dimension'], number>

function byCategory(totals: readonly CategoryTotal[]): Map<string, Live> {
  const found = new Map<string, Live>()
  for (const { fiscalYear, dimension, code, count } of totals) {
    const key = keyOf(fiscalYear, code)
    const line = found.get(key) ?? { category: 0, accepted: 0, grounds: 0 }
    line[dimension] += count
    found.set(key, line)
  }
  return found
}

/** Cases in the portal and those that are only on paper, which a year in which it was opened can both have. */
function generalCount(
  live: Live | undefined,
  papers: HistoryFigure | undefined,
  isCounted: boolean,
): GeneralCount | undefined {
  const { category: received, accepted, grounds } = live ?? { category: 0, accepted: 0, grounds: 0 }
  if (!papers) return isCounted ? { received, accepted, grounds, sources: [] } : undefined
  return {
    received: received + papers.received,
    accepted: null,
    grounds: papers.grounds === null ? null : grounds + papers.grounds,
    sources: [papers.source],
  }
}

function countDecisions(decisions: readonly Decision[]): GeneralCount {
  return {
    received: decisions.length,
    accepted: decisions.filter(({ accepted }) => accepted).length,
    grounds: decisions.filter(({ grounds }) => grounds).length,
    sources: [],
  }
}

const recordOf = <T>(of: (conduct: Conduct, index: number) => T): Record<Conduct, T> =>
  Object.fromEntries(CONDUCTS.map((conduct, index) => [conduct, of(conduct, index)])) as Record<Conduct, T>

function conductCount(counts: Record<Conduct, number>, sources: Sources): ConductCount {
  const list = CONDUCTS.map((conduct) => counts[conduct])
  const told = maskSmallCounts(list, { min: LEAST_SHOWN })
  return {
    told: recordOf((_, index) => told[index] ?? 'withheld'),
    total: list.reduce((sum, count) => sum + count, 0),
    sources,
  }
}

/** Several kinds of conduct together, worked out from what is told of each and from the total of all. */
export function conductsTogether(
  { told, total }: ConductCount,
  conducts: readonly Conduct[],
): { told: Published; range: Range } {
  if (CONDUCTS.every((conduct) => conducts.includes(conduct))) return { told: total, range: exactly(total) }
  const each = conducts.map((conduct) => told[conduct])
  const { least, most } = sumOfRanges(each.map((one) => rangeOf(one, total)))
  const range = { least, most: Math.min(most, total) }
  const [only = 0, ...rest] = each
  if (rest.length === 0) return { told: only, range }
  return { told: each.some((one) => typeof one !== 'number') ? 'withheld' : least, range }
}
