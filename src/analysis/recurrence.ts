import { queuePage } from '#complaints/queue-store.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'
import { daysOf, type Period } from '#statistics/period.ts'
import { monthsIn } from './months.ts'
import { lessonsOf, readReceived, readRepeats } from './recurrence-store.ts'

/** From so many complaints of one category in one village within the period on, a problem counts as recurring. */
export const RECURS_FROM = 3

/** A problem that comes back: complaints of one category from one village. */
export interface Recurring {
  categoryCode: string
  villageId: number
  /** Complaints received in the period; cases merged into others are not among them. */
  count: number
  /** Every month of the period, in order. */
  months: { month: string; count: number }[]
  /** Besides `count`: told again by others while it was known. */
  merged: number
  /** Of `count`: opened again because the problem was still there. */
  reopened: number
}

export interface RecurringOptions {
  /** So many complaints at least. */
  least: number
  /** The categories to look at; all of them where nothing is said. */
  sees?: (categoryCode: string) => boolean
}

/**
 * Same category, same village, at least so many complaints received within the period; most first. Read from the
 * running totals. Complaints without a village have no place in which they could recur.
 */
export function findRecurring(db: Database, period: Period, options: RecurringOptions): Recurring[] {
  return recurringIn(db, receivedByPlace(db, monthsIn(period)), period, options)
}

/** The same, where the places of these months, or of more of them, have been read already. */
export function recurringIn(
  db: Database,
  places: readonly PlaceCounts[],
  period: Period,
  { least, sees = () => true }: RecurringOptions,
): Recurring[] {
  const months = monthsIn(period)
  const days = daysOf(period)
  const repeats = new Map(readRepeats(db, days.from, days.to).map((one) => [keyOf(one), one]))
  const found: Recurring[] = []
  for (const place of places) {
    const { categoryCode, villageId } = place
    const count = countIn(place, months)
    if (villageId === 0 || count < least || !sees(categoryCode)) continue
    const again = repeats.get(keyOf(place))
    found.push({
      ...{ categoryCode, villageId, count },
      months: months.map((month) => ({ month, count: place.counts.get(month) ?? 0 })),
      ...{ merged: again?.merged ?? 0, reopened: again?.reopened ?? 0 },
    })
  }
  return found.sort(
    (a, b) => b.count - a.count || a.villageId - b.villageId || (a.categoryCode < b.categoryCode ? -1 : 1),
  )
}

/** A category in a village; 0 where none was told. */
export interface Place {
  categoryCode: string
  villageId: number
}

/** Complaints per month; months without any are left out. */
export interface PlaceCounts extends Place {
  counts: ReadonlyMap<string, number>
}

export const countIn = ({ counts }: PlaceCounts, months: readonly string[]): number =>
  months.reduce((sum, month) => sum + (counts.get(month) ?? 0), 0)

const keyOf = ({ categoryCode, villageId }: Place): string => `${categoryCode}|${villageId}`

/** Every category and village that has complaints in these months. */
export function receivedByPlace(db: Database, months: readonly string[]): PlaceCounts[] {
  const places = new Map<string, Place & { counts: Map<string, number> }>()
  for (const { month, value, count } of readReceived(db, 'category_village', months)) {
    const [categoryCode = '', village = ''] = value.split('|')
    const place = { categoryCode, villageId: Number(village) }
    const key = keyOf(place)
    const { counts } = places.get(key) ?? { counts: new Map<string, number>() }
    counts.set(month, (counts.get(month) ?? 0) + count)
    places.set(key, { ...place, counts })
  }
  return [...places.values()]
}

/** Complaints of a category per month, in one village or (null) everywhere; months without any are left out. */
export function complaintsByMonth(
  db: Database,
  { categoryCode, villageId }: { categoryCode: string; villageId: number | null },
  months: readonly string[],
): Map<string, number> {
  const value = villageId === null ? categoryCode : `${categoryCode}|${villageId}|`
  // Behind the second stroke stands the half of the year in which the cases finished.
  const range = { first: value, last: villageId === null ? value : `${value}~` }
  const dimension = villageId === null ? 'category' : 'category_village'
  const counts = new Map<string, number>()
  for (const { month, count } of readReceived(db, dimension, months, range)) {
    counts.set(month, (counts.get(month) ?? 0) + count)
  }
  return counts
}

/** What the office wrote down when it concluded a case. */
export interface Lesson {
  id: number
  fiscalYear: number
  seq: number
  villageId: number | null
  resolvedOn: CivilDate | null
  cause: string | null
  prevention: string | null
}

export interface CausesOptions {
  categories: readonly string[]
  /** So many cases of each category at most. */
  each: number
  /** In one village only. */
  village?: number
  today: CivilDate
}

/**
 * Causes and preventions of concluded cases that were received in the period, by category, newest first, as far as
 * the viewer may see them. Looked for among the latest cases that were concluded; categories without any are left out.
 */
export function readCauses(
  db: Database,
  viewer: Viewer,
  period: Period,
  { categories, each, village, today }: CausesOptions,
): { categoryCode: string; lessons: Lesson[] }[] {
  // The list's own finder: it walks an index through what the viewer may see.
  const context = { viewer, today, nearDays: 0 }
  const filters = { ...daysOf(period), ...(village !== undefined && { village }) }
  return categories
    .map((categoryCode) => {
      const ids = (['closed', 'resolved'] as const).flatMap((status) =>
        queuePage(db, context, 'all', { ...filters, category: categoryCode, status }, {}, each).rows.map(
          ({ id }) => id,
        ),
      )
      return { categoryCode, lessons: lessonsOf(db, ids).slice(0, each) }
    })
    .filter(({ lessons }) => lessons.length > 0)
}
