import { type Balance, balanceOf, type MonthCount } from '#domain/balance.ts'
import { addDays, type CivilDate } from '#domain/civil-date.ts'
import { fiscalYearOf, fiscalYearRange, monthOf, monthsOf } from '#domain/fiscal-year.ts'
import { CONDUCTS, type Conduct, SEALED_OUTCOMES, type SealedOutcome } from '#domain/sealed-status.ts'
import { LEAST_SHOWN, maskSmallCounts, type Published } from '#domain/small-cells.ts'
import type { EndingCount } from './figures-store.ts'

const HALVES = { H1: [0, 6], H2: [6, 12] } as const
const QUARTERS = { Q1: [0, 3], Q2: [3, 6], Q3: [6, 9], Q4: [9, 12] } as const
export type PeriodCode = 'year' | keyof typeof HALVES | keyof typeof QUARTERS

export interface PeriodFigures {
  code: PeriodCode
  from: CivilDate
  to: CivilDate
  /** The last day that is counted; null with the balance. */
  countedTo: CivilDate | null
  balance: Balance | null
  /** Why there is no balance: no month of it is over yet, or the channel was not open then. */
  missing: 'coming' | 'before' | null
}

/** How the reports finished in a year ended, masked; `total` is exact. */
export interface Endings {
  /** The year's last day. */
  asOf: CivilDate
  total: number
  outcomes: { code: SealedOutcome; count: Published }[]
  conducts: { code: Conduct; count: Published }[]
}

export interface CorruptionFigures {
  fiscalYear: number
  /** When the channel was opened; null while it is not. */
  openedOn: CivilDate | null
  year: PeriodFigures
  halves: PeriodFigures[]
  quarters: PeriodFigures[]
  /** Null until the year is over. */
  endings: Endings | null
}

/** What is known to the figures: the end of last month is as far as they see. */
export interface FiguresSource {
  /** Counted in months that are over, oldest first. */
  counts: readonly MonthCount[]
  openedOn: CivilDate | null
  today: CivilDate
}

/**
 * The public figures of a fiscal year (B.E.). A live counter would tell on which day somebody reported: so they
 * stand still from one end of a month to the next. `endings` are those counted within the year.
 */
export function corruptionFigures(
  source: FiguresSource,
  fiscalYear: number,
  endings: readonly EndingCount[],
): CorruptionFigures {
  const year = periodFigures(source, fiscalYear, 'year', [0, 12])
  const isOver = fiscalYear < fiscalYearOf(source.today)
  const parts = (periods: Partial<Record<PeriodCode, readonly [number, number]>>) =>
    Object.entries(periods).map(([code, span]) => periodFigures(source, fiscalYear, code as PeriodCode, span))
  return {
    fiscalYear,
    openedOn: source.openedOn,
    year,
    halves: parts(HALVES),
    quarters: parts(QUARTERS),
    endings: isOver && year.balance ? maskedEndings(endings, year.to) : null,
  }
}

/** The day up to which all figures are counted: the end of last month. */
export function lastCounted(today: CivilDate): CivilDate {
  return addDays(`${monthOf(today)}-01`, -1)
}

/** The day on which the figures change next. */
export function nextChange(today: CivilDate): CivilDate {
  const inNextMonth = addDays(`${monthOf(today)}-01`, 31)
  return `${monthOf(inNextMonth)}-01`
}

/** The fiscal years with figures, newest first: from the channel's opening to the present year. */
export function yearsCovered(source: FiguresSource): number[] {
  const current = fiscalYearOf(source.today)
  const oldest = Math.min(current, fiscalYearOf(firstDay(source) ?? source.today))
  return Array.from({ length: current - oldest + 1 }, (_, index) => current - index)
}

/** Where figures begin: with the opening, or with an older report that was entered later. */
function firstDay({ counts, openedOn }: FiguresSource): CivilDate | undefined {
  const oldest = counts.find(({ received, finished }) => received !== 0 || finished !== 0)
  const days = [openedOn, oldest ? `${oldest.month}-01` : null].filter((day) => day !== null)
  return days.sort()[0]
}

function periodFigures(
  source: FiguresSource,
  fiscalYear: number,
  code: PeriodCode,
  [start, end]: readonly [number, number],
): PeriodFigures {
  const months = monthsOf(fiscalYear).slice(start, end)
  const [first = '', last = ''] = [months.at(0), months.at(-1)]
  const from = `${first}-01`
  const to = end === 12 ? fiscalYearRange(fiscalYear).to : addDays(`${monthsOf(fiscalYear)[end]}-01`, -1)
  const begin = firstDay(source)
  const counted = lastCounted(source.today)
  const period = { code, from, to }
  if (begin === undefined || to < begin)
    return { ...period, countedTo: null, balance: null, missing: 'before' }
  if ((from > begin ? from : begin) > counted) {
    return { ...period, countedTo: null, balance: null, missing: 'coming' }
  }
  return {
    ...period,
    countedTo: to < counted ? to : counted,
    balance: balanceOf(source.counts, { from: first, to: last }),
    missing: null,
  }
}

/**
 * Of a year that is over, whether the channel was open in it. A report can be older: it is entered later, and was
 * not finished then.
 */
export function wasOpenIn(
  { openedOn, today }: Pick<FiguresSource, 'openedOn' | 'today'>,
  fiscalYear: number,
) {
  return openedOn !== null && fiscalYear >= fiscalYearOf(openedOn) && fiscalYear < fiscalYearOf(today)
}

/**
 * One edition only, of the whole year, each of the two lists for itself, and never changed: with halves, a
 * crossing or a later edition beside it, a masked number could be the difference of two shown ones.
 */
function maskedEndings(endings: readonly EndingCount[], asOf: CivilDate): Endings {
  const sumOf = (rows: readonly EndingCount[]) => rows.reduce((sum, { count }) => sum + count, 0)
  const mask = <Code>(codes: readonly Code[], of: (row: EndingCount) => Code) => {
    const counts = codes.map((code) => sumOf(endings.filter((row) => of(row) === code)))
    const masked = maskSmallCounts(counts, { min: LEAST_SHOWN })
    return codes.map((code, index) => ({ code, count: masked[index] ?? 'withheld' }))
  }
  return {
    asOf,
    total: sumOf(endings),
    outcomes: mask(SEALED_OUTCOMES, ({ outcome }) => outcome),
    conducts: mask(CONDUCTS, ({ conduct }) => conduct),
  }
}
