import { type Balance, balanceOf, type MonthCount } from '#domain/balance.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { fiscalYearOf, monthOf, monthsOf } from '#domain/fiscal-year.ts'
import { KINDS, type Kind } from '#domain/vocabulary.ts'
import { begunBy, daysOf, type Part, periodOf } from './period.ts'

/** The kind the page is about. Kinds are never added together; the others get a table of their own. */
export const HEADLINE_KIND = 'complaint' satisfies Kind
export type OtherKind = Exclude<Kind, typeof HEADLINE_KIND>

/** Cases received and cases finished in one month (YYYY-MM), of one kind and category group. */
export interface MonthTotal extends MonthCount {
  kind: Kind
  categoryGroup: string
}

export type { Balance }

export interface MonthFigures {
  month: string
  /** Null for a month that has not begun: nothing is known about it, which is not the same as zero. */
  balance: Balance | null
}

export interface YearFigures {
  fiscalYear: number
  part: Part
  from: CivilDate
  to: CivilDate
  /** The day up to which is counted: today, or the last day when the period is over. */
  countedTo: CivilDate
  /** Of the whole period. */
  year: Balance
  months: MonthFigures[]
  groups: { group: string; balance: Balance }[]
  otherKinds: { kind: OtherKind; balance: Balance }[]
}

/**
 * The public figures of a fiscal year (B.E.) or of a half of it, which must have begun. `groups` are listed in their order even when empty; a group
 * that has cases without being listed follows them, so that the groups always add up to the year.
 */
export function yearFigures(
  totals: readonly MonthTotal[],
  fiscalYear: number,
  today: CivilDate,
  groups: readonly string[],
  part: Part = 'year',
): YearFigures {
  const whole = periodOf(fiscalYear, part)
  const { from, to } = daysOf(whole)
  const months = monthsOf(fiscalYear).filter((month) => month >= whole.from && month <= whole.to)
  const thisMonth = monthOf(today)
  const period = begunBy(whole, today)
  const headline = totals.filter((total) => total.kind === HEADLINE_KIND)
  return {
    fiscalYear,
    part,
    from,
    to,
    countedTo: to < today ? to : today,
    year: balanceOf(headline, period),
    months: months.map((month) => ({
      month,
      balance: month > thisMonth ? null : balanceOf(headline, { from: month, to: month }),
    })),
    groups: groupsOf(headline, groups, period),
    otherKinds: KINDS.filter((kind): kind is OtherKind => kind !== HEADLINE_KIND).map((kind) => ({
      kind,
      balance: balanceOf(
        totals.filter((total) => total.kind === kind),
        period,
      ),
    })),
  }
}

/** The fiscal years there are figures for, newest first: from the first case to the present year, without gaps. */
export function yearsCovered(totals: readonly MonthTotal[], today: CivilDate): number[] {
  const current = fiscalYearOf(today)
  const months = totals.filter((total) => total.received > 0 || total.finished > 0).map(({ month }) => month)
  const first = months.reduce((a, b) => (a < b ? a : b), monthOf(today))
  const oldest = Math.min(fiscalYearOf(`${first}-01`), current)
  return Array.from({ length: current - oldest + 1 }, (_, index) => current - index)
}

function groupsOf(
  totals: readonly MonthTotal[],
  listed: readonly string[],
  period: Readonly<{ from: string; to: string }>,
): YearFigures['groups'] {
  const unlisted = [...new Set(totals.map((total) => total.categoryGroup))]
    .filter((group) => !listed.includes(group))
    .sort()
  return [...listed, ...unlisted]
    .map((group) => ({ group, balance: balanceOf(ofGroup(totals, group), period) }))
    .filter(({ group, balance }) => listed.includes(group) || !isEmpty(balance))
}

function ofGroup(totals: readonly MonthTotal[], group: string): MonthTotal[] {
  return totals.filter((total) => total.categoryGroup === group)
}

function isEmpty(balance: Balance): boolean {
  return balance.broughtForward === 0 && balance.received === 0 && balance.finished === 0
}
