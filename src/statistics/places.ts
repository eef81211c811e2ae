import { type Layer, maskCrossing } from '#domain/crossing-mask.ts'
import { LEAST_SHOWN, type Published } from '#domain/small-cells.ts'
import { type PlaceCount, readPlaceCounts } from './places-store.ts'
import type { SqliteHandle } from './store.ts'

/** Complaints received in a fiscal year by category and village, as far as they may be told. */
export interface Places {
  /** Codes, of categories that have any. */
  categories: string[]
  /** Ids, of villages that have any; '0' for none given. */
  villages: string[]
  /** By category and village. */
  cells: Published[][]
}

/** Reads the running totals of the year alone. Whoever publishes a case's village asks `isShown` of the same year. */
export function readPlaces(db: SqliteHandle, fiscalYear: number): Places {
  const counts = readPlaceCounts(db, fiscalYear)
  const categories = [...new Set(counts.map(({ categoryCode }) => categoryCode))].sort()
  const villages = [...new Set(counts.map(({ village }) => village))].sort((a, b) => Number(a) - Number(b))
  const cells = maskCrossing(layersOf(counts, categories, villages), { min: LEAST_SHOWN })
  return { categories, villages, cells }
}

/** Whether the number of complaints of that category in that village is public. */
export function isShown({ categories, villages, cells }: Places, category: string, village: string): boolean {
  return typeof cells[categories.indexOf(category)]?.[villages.indexOf(village)] === 'number'
}

function layersOf(
  counts: readonly PlaceCount[],
  categories: readonly string[],
  villages: readonly string[],
): Layer[] {
  const [rowOf, columnOf] = [indexOf(categories), indexOf(villages)]
  const layers = new Map<string, { receivedIn: string; counts: number[][] }>()
  for (const { receivedIn, categoryCode, village, finishedIn, count } of counts) {
    const key = `${receivedIn}|${finishedIn}`
    const layer = layers.get(key) ?? { receivedIn, counts: categories.map(() => villages.map(() => 0)) }
    layers.set(key, layer)
    const [row, column] = [layer.counts[rowOf.get(categoryCode) ?? -1], columnOf.get(village) ?? -1]
    if (row) row[column] = (row[column] ?? 0) + count
  }
  return [...layers.values()]
}

const indexOf = (values: readonly string[]): Map<string, number> =>
  new Map(values.map((value, index) => [value, index]))
