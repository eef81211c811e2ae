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
export function findRecurring(
  db: Database,
  period: Period,
  { least, sees = () => true }: RecurringOptions,
): Recurring[] {
  const months = monthsIn(period)
  const days = daysOf(period)
  const repeats = readRepeats(db, days.from, days.to)
  const found: Recurring[] = []
  for (const [place, counts] of receivedByPlace(db, months)) {
    const count = [...counts.values()].reduce((sum, n) => sum + n, 0)
    const { categoryCode, villageId } = place
    if (villageId === 0 || count < least || !sees(categoryCode)) continue
    const again = repeats.find((one) => one.categoryCode === categoryCode && one.villageId === villageId)
    found.push({
      ...{ categoryCode, villageId, count },
      months: months.map((month) => ({ month, count: counts.get(month) ?? 0 })),
      ...{ merged: again?.merged ?? 0, reopened: again?.reopened ?? 0 },
    })
  }
  return found.sort(
    (a, b) => b.count - a.count || a.villageId - b.villageId || a.categoryCode.localeCompare(b.categoryCode),
  )
}

/** Category and village; 0 where none was told. */
export interface Place {
  categoryCode: string
  villageId: number
}

/** Complaints per month of every category and village that has any in these months. */
export function receivedByPlace(db: Database, months: readonly string[]): Map<Place, Map<string, number>> {
  const places = new Map<string, { place: Place; counts: Map<string, number> }>()
  for (const { month, value, count } of readReceived(db, 'category_village', months)) {
    const [categoryCode = '', village = ''] = value.split('|')
    const key = `${categoryCode}|${village}`
    const entry = places.get(key) ?? {
      place: { categoryCode, villageId: Number(village) },
      counts: new Map(),
    }
    entry.counts.set(month, (entry.counts.get(month) ?? 0) + count)
    places.set(key, entry)
  }
  return new Map([...places.values()].map(({ place, counts }) => [place, counts]))
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
