import { monthsIn } from '#analysis/months.ts'
import { type Balance, balanceOf } from '#domain/balance.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf, monthOf } from '#domain/fiscal-year.ts'
import type { Kind } from '#domain/vocabulary.ts'
import { KINDS } from '#domain/vocabulary.ts'
import { surveysOf } from '#indicators/surveys.ts'
import type { Portal } from '#settings/portal.ts'
import type { DaysFigures, TimelinessFigures } from '#statistics/breakdowns.ts'
import { HEADLINE_KIND, type MonthTotal } from '#statistics/figures.ts'
import { breakdownsInOrder } from '#statistics/in-order.ts'
import {
  complaintGroups,
  findingName,
  groupName,
  kindName,
  outcomeName,
  valueName,
} from '#statistics/names.ts'
import { begunBy, daysOf, type Period } from '#statistics/period.ts'
import { readPlaces } from '#statistics/places.ts'
import { readMonthTotals } from '#statistics/store.ts'
import type { Survey } from '#statistics/surveys.ts'
import type { CorruptionProgress, CorruptionSource } from './corruption.ts'
import { categoryName, villageName } from './names.ts'
import { partIn } from './periods.ts'

export interface NamedBalance {
  name: string
  balance: Balance
}

export interface NamedCount {
  name: string
  count: number
}

/**
 * Everything a report tells in numbers, with the names that things had then: published, it is never counted or
 * worded again.
 */
export interface ReportFigures {
  period: Period
  /** The last day that is counted. */
  countedTo: CivilDate
  office: string
  /** Days in which the office is to solve or explain. */
  targetDays: number
  total: Balance
  /** Null for a month that had not begun. */
  months: { month: string; balance: Balance | null }[]
  groups: NamedBalance[]
  /** Complaints received, most first. */
  categories: NamedCount[]
  /**
   * Where complaints of a category were many. Only of whole fiscal years, and what /statistics/{fy}/places tells:
   * another cut through the same cases would let its masked numbers be worked out.
   */
  places: { category: string; village: string; count: number }[] | null
  channels: NamedBalance[]
  units: NamedBalance[]
  otherKinds: NamedBalance[]
  outcomes: NamedCount[]
  findings: NamedCount[]
  timeliness: TimelinessFigures
  days: DaysFigures
  /** Of the fiscal year that the report belongs to. */
  surveys: Survey[]
  /** Null for months that are neither a year nor a half: no figures of corruption are published of such. */
  corruption: (CorruptionProgress & { fiscalYear: number }) | null
}

/** A category is told to recur from so many complaints on: fewer are not named in public together with a place. */
export const RECURRING_FROM = 5

/** Counts the period as it stands now, from the running totals. It must have begun. */
export function countFigures(
  portal: Portal,
  corruption: CorruptionSource | undefined,
  period: Period,
): ReportFigures {
  const { db, settings } = portal
  const today = civilDateOf(portal.now())
  const begun = begunBy(period, today)
  const totals = readMonthTotals(db)
  const { lists, outcomes, findings, timeliness, days } = breakdownsInOrder(portal, period)
  const named = (list: 'channel' | 'unit'): NamedBalance[] =>
    lists[list].map(({ value, balance }) => ({ name: valueName(settings, list, value, 'th'), balance }))
  const ofKind = (kind: Kind) => totals.filter((total) => total.kind === kind)
  const headline = ofKind(HEADLINE_KIND)
  const part = partIn(period)
  const { to } = daysOf(period)
  return {
    period,
    countedTo: to < today ? to : today,
    office: portal.office().orgName,
    targetDays: settings.deadlines().targetDays,
    total: balanceOf(headline, begun),
    months: monthsIn(period).map((month) => ({
      month,
      balance: month > monthOf(today) ? null : balanceOf(headline, { from: month, to: month }),
    })),
    groups: groupsOf(portal, headline, begun),
    categories: lists.category
      .map(({ value, balance }) => ({ name: categoryName(settings, value), count: balance.received }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count),
    places: part?.part === 'year' ? placesOf(portal, part.fiscalYear) : null,
    channels: named('channel'),
    units: named('unit'),
    otherKinds: KINDS.filter((kind) => kind !== HEADLINE_KIND).map((kind) => ({
      name: kindName(kind, 'th'),
      balance: balanceOf(ofKind(kind), begun),
    })),
    outcomes: outcomes.map(({ value, count }) => ({ name: outcomeName(value, 'th'), count })),
    findings: findings.map(({ value, count }) => ({ name: findingName(value, 'th'), count })),
    ...{ timeliness, days },
    surveys: surveysOf(db, yearOf({ period })),
    corruption: part && corruptionOf(corruption, part),
  }
}

/** As on the pages of the statistics: every group that a complaint can belong to, and others that have some. */
function groupsOf({ settings }: Portal, totals: readonly MonthTotal[], period: Period): NamedBalance[] {
  const listed = complaintGroups(settings)
  const unlisted = [...new Set(totals.map(({ categoryGroup }) => categoryGroup))]
    .filter((group) => !listed.includes(group))
    .sort()
  return [...listed, ...unlisted]
    .map((group) => ({
      group,
      balance: balanceOf(
        totals.filter(({ categoryGroup }) => categoryGroup === group),
        period,
      ),
    }))
    .filter(
      ({ group, balance }) =>
        listed.includes(group) || balance.broughtForward + balance.received + balance.finished > 0,
    )
    .map(({ group, balance }) => ({ name: groupName(settings, group, 'th'), balance }))
}

function placesOf({ db, settings }: Portal, fiscalYear: number): ReportFigures['places'] {
  const { categories, villages, cells } = readPlaces(db, fiscalYear)
  return categories
    .flatMap((category, row) =>
      villages.map((village, column) => ({ category, village, count: cells[row]?.[column] })),
    )
    .flatMap(({ category, village, count }) =>
      village !== '0' && typeof count === 'number' && count >= RECURRING_FROM
        ? [{ category: categoryName(settings, category), village: villageName(settings, village), count }]
        : [],
    )
    .sort((a, b) => b.count - a.count)
}

function corruptionOf(
  source: CorruptionSource | undefined,
  { fiscalYear, part }: NonNullable<ReturnType<typeof partIn>>,
): ReportFigures['corruption'] {
  const none: CorruptionProgress = { balance: null, countedTo: null, missing: 'before' }
  return { fiscalYear, ...(source ? source(fiscalYear, part) : none) }
}

/** The fiscal year that a report belongs to. */
export const yearOf = ({ period }: Pick<ReportFigures, 'period'>): number => fiscalYearOf(`${period.from}-01`)
