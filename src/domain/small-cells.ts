import { type Grid, isOpen, type Mask, openUp, type Place } from './mask-loops.ts'

/**
 * The smallest number of corruption reports of one kind that is told. One for all pages: lists that are masked
 * otherwise on one page than on another tell together what each hides.
 */
export const LEAST_SHOWN = 5

/**
 * What is published of a number: itself, that it is below the threshold, or nothing, where it was taken away to
 * protect another one.
 */
export type Published = number | 'small' | 'withheld'

export interface MaskOptions {
  /** The smallest number that may be shown; zero is below it as well. */
  min: number
}

/**
 * Masks a list that is published beside its exact total, such as the reports of a year by outcome. Either the
 * small numbers alone are masked, or all of it is withheld: when a single small number would be the difference
 * to the total, or when the small ones are all zero or all as large as a small one can be.
 *
 * Safe also against whoever knows this rule and tries it on every list with that total. Which numbers are
 * masked is decided by what is shown and by the sum of the rest, so the masked ones can be any numbers with
 * that sum; and where all is withheld, the same numbers in any other order would have been withheld as well.
 * Two lists of the same things may stand side by side; what crosses them needs `maskSmallCells`.
 *
 * A list of one number is its total, and where the total is zero there is nobody to protect.
 */
export function maskSmallCounts(counts: readonly number[], { min }: MaskOptions): Published[] {
  const small = counts.filter((count) => count < min)
  const sum = sumOf(small)
  if (small.length === 0 || sumOf(counts) === 0) return [...counts]
  const isSafe = small.length > 1 && sum > 0 && sum < small.length * (min - 1)
  return counts.map((count) => (!isSafe ? 'withheld' : count < min ? 'small' : count))
}

export interface CrossingOptions extends MaskOptions {
  /**
   * True where the totals of rows and columns are public anyway, for example on another page: they are shown
   * whatever they are. What they alone tell (a row whose total is zero) no masking of cells can hide.
   */
  exactTotals?: boolean
}

/** A crossing as it may be published. The grand total is always exact. */
export interface MaskedCrossing {
  cells: Published[][]
  rowTotals: Published[]
  columnTotals: Published[]
  total: number
}

/**
 * Masks a table that crosses two dimensions and is published with the totals of its rows and columns. Small
 * cells and small totals are masked; where the sums would tell one of them, further ones are withheld, until
 * each small one can have at least two values by all that is shown. Where that cannot be, the cells are all
 * withheld, and in the end the totals too.
 *
 * A period with its parts is a dimension of such a table (the halves as columns, the year as their total),
 * never a table of its own: masked apart, one would tell what the other hides. For the same reason figures are
 * not masked anew after a correction while the first ones are known.
 *
 * The promise is that no sums and words on the page tell a hidden number. Whoever replays this procedure on
 * all tables that are possible may be left with fewer of them: unlike that of a list, the choice of what to
 * withhold looks at more than is shown in the end.
 */
export function maskSmallCells(
  cells: readonly (readonly number[])[],
  { min, exactTotals = false }: CrossingOptions,
): MaskedCrossing {
  const counts = withTotals(cells)
  const bySize = (count: number): Mask => (count < min ? 'small' : 'shown')
  const unknown = (): Mask => 'unknown'
  const totals = exactTotals ? (): Mask => 'fixed' : bySize
  const nothing = gridOf(counts, min, unknown, exactTotals ? totals : unknown)
  const small = placesOf(counts).filter(({ row, column }) => (counts[row]?.[column] ?? 0) < min)
  // What exact totals tell by themselves cannot be protected, and shall not hold up the rest.
  const toProtect = small.filter((place) => isOpen(nothing, place))
  const tries = [gridOf(counts, min, bySize, totals), gridOf(counts, min, unknown, totals)]
  return published(tries.find((grid) => toProtect.every((place) => openUp(grid, place))) ?? nothing)
}

/** The table with its totals as a last row and a last column. */
function withTotals(cells: readonly (readonly number[])[]): number[][] {
  const rows = cells.map((row) => [...row, sumOf(row)])
  const columns = rows[0]?.map((_, column) => sumOf(rows.map((row) => row[column] ?? 0)))
  return [...rows, columns ?? [0]]
}

function gridOf(
  counts: readonly (readonly number[])[],
  min: number,
  cellMask: (count: number) => Mask,
  totalMask: (count: number) => Mask,
): Grid {
  const last = counts.length - 1
  const masks = counts.map((line, row) =>
    line.map((count, column): Mask => {
      const isLast = column === line.length - 1
      if (row === last && isLast) return 'fixed'
      return row === last || isLast ? totalMask(count) : cellMask(count)
    }),
  )
  return { counts, masks, min }
}

function placesOf(counts: readonly (readonly number[])[]): Place[] {
  return counts.flatMap((line, row) => line.map((_, column) => ({ row, column })))
}

function published({ counts, masks }: Grid): MaskedCrossing {
  const shown = counts.map((line, row) =>
    line.map((count, column): Published => {
      const mask = masks[row]?.[column]
      if (mask === 'small') return 'small'
      return mask === 'shown' || mask === 'fixed' ? count : 'withheld'
    }),
  )
  const inside = shown.slice(0, -1)
  return {
    cells: inside.map((line) => line.slice(0, -1)),
    rowTotals: inside.map((line) => line.at(-1) ?? 0),
    columnTotals: shown.at(-1)?.slice(0, -1) ?? [],
    total: counts.at(-1)?.at(-1) ?? 0,
  }
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)
