import type { CivilDate } from '#domain/civil-date.ts'
import { exactly, isYearOver, type Range } from '#domain/indicator-rules.ts'
import type { IndicatorId } from '#domain/indicators.ts'
import type { Conduct } from '#domain/sealed-status.ts'
import type { Published } from '#domain/small-cells.ts'
import { type Counts, conductsTogether, type GeneralCount, isConduct, type Sources } from './counts.ts'

/** A number as it is shown: `later` once the year is over, `unknown` to everybody. */
export type Shown = Published | 'later' | 'unknown'

export interface Figure {
  shown: Shown
  /** What anybody may know of it; null where that is nothing. */
  range: Range | null
  /** The general complaints until today, where the whole is shown later. */
  soFar: number | null
  sources: Sources
}

/** Whose count it is, and when it is looked at. */
export interface One {
  counts: Counts
  id: IndicatorId
  today: CivilDate
}

export const UNKNOWN: Figure = { shown: 'unknown', range: null, soFar: null, sources: [] }

/** What is counted in `year` by the set of categories of `setYear`. */
export function countOf(
  one: One,
  year: number,
  setYear: number,
  code: 'all' | 'service' | 'corruption',
): Figure {
  const set = one.counts.setOf(setYear, one.id)
  const conducts = code === 'service' ? [] : set.filter(isConduct)
  // Nothing is counted where there is nothing to count, which is not the same as zero.
  if (
    code === 'service' ? set.every(isConduct) : set.length === 0 || (code === 'corruption' && !conducts[0])
  ) {
    return UNKNOWN
  }
  const general = code === 'corruption' ? NOTHING : generalOf(one, year, setYear)
  if (!general) return UNKNOWN
  if (conducts.length === 0) return told(general.received, general.sources)
  if (isYearOver(year, one.today)) return withConducts(one, year, general, conducts)
  const isMixed = code === 'all' && set.length > conducts.length
  return later(isMixed || general.received > 0 ? general.received : null)
}

/** Corruption cases (คดี). The sealed channel's figures are told when their year is over, and not before. */
export function casesOf({ counts, today }: One, fiscalYear: number): Figure {
  if (!isYearOver(fiscalYear, today)) return later(null)
  const found = counts.cases(fiscalYear)
  return found ? told(found.count, found.sources) : UNKNOWN
}

/** The general complaints among what is counted. Undefined where those of a category are not known. */
export function generalOf({ counts, id }: One, year: number, setYear: number): GeneralCount | undefined {
  const set = counts.setOf(setYear, id)
  const { added, taken } = counts.decided(year, id, set)
  let sum = plus(plus(NOTHING, added, 1), taken, -1)
  for (const code of set.filter((one) => !isConduct(one))) {
    const found = counts.category(year, code)
    if (!found) return undefined
    sum = plus(sum, found, 1)
  }
  return sum
}

const NOTHING: GeneralCount = { received: 0, accepted: 0, grounds: 0, sources: [] }

const told = (count: number, sources: Sources): Figure => ({
  ...{ shown: count, range: exactly(count), soFar: null, sources },
})

const later = (soFar: number | null): Figure => ({ ...UNKNOWN, shown: 'later', soFar })

function withConducts(one: One, year: number, general: GeneralCount, conducts: Conduct[]): Figure {
  const { received } = general
  const list = one.counts.conducts(year)
  if (!list) return UNKNOWN
  const { told, range } = conductsTogether(list, conducts)
  const sum = typeof told === 'number' ? told + received : 'withheld'
  return {
    shown: received === 0 ? told : sum,
    range: { least: range.least + received, most: range.most + received },
    soFar: null,
    sources: [...general.sources, ...list.sources],
  }
}

function plus(sum: GeneralCount, one: GeneralCount, sign: 1 | -1): GeneralCount {
  const both = (a: number | null, b: number | null) => (a === null || b === null ? null : a + sign * b)
  return {
    received: sum.received + sign * one.received,
    accepted: both(sum.accepted, one.accepted),
    grounds: both(sum.grounds, one.grounds),
    sources: [...sum.sources, ...one.sources],
  }
}
