import type { MaskOptions, Published } from './small-cells.ts'

/** The cases of a crossing that were received in one half-year and finished in another, or not yet. */
export interface Layer {
  /** The half of receipt. */
  receivedIn: string
  /** By row (category) and column (village). */
  counts: readonly (readonly number[])[]
}

/**
 * Masks a crossing of category and village that stands beside much more than its own totals. Public as well is,
 * exactly, what each village received and finished in each half-year, and of every single case its category and
 * the months of both; its village only where the cell is shown. Two cases of hidden cells with the same halves of
 * receipt and of end may therefore have each other's village without anything else that is public being
 * different. So a small number is safe when such a swap makes it another one, and leaves each of the four cells
 * hidden and within what is told of it: a small one stays small, a withheld one does not become small. Where there
 * is none, the fewest cells that make one are withheld, and where that cannot be, the whole table, of whose cells
 * nothing is told then, not even that they are small.
 *
 * Nothing hides that a category has no case in a village that received none in the same half: the exact totals tell
 * it, and it holds up nothing else. Zero is small. Longer exchanges than a swap are not looked for: where only such
 * a one would protect, too much is withheld rather than too little.
 */
export function maskCrossing(layers: readonly Layer[], { min }: MaskOptions): Published[][] {
  const counts = sumOfLayers(layers)
  const nothing = counts.map((row) => row.map((): Published => 'withheld'))
  const small = counts.flatMap((line, row) =>
    line.flatMap((count, column) =>
      count < min && !isToldByTotals(layers, row, column) ? [{ row, column }] : [],
    ),
  )
  const hidden: Table = { layers, counts, cells: nothing, least: 0, min }
  if (!small.every((place) => cheapestSwap(hidden, place))) return nothing
  const cells = counts.map((row) => row.map((count): Published => (count < min ? 'small' : count)))
  const table: Table = { layers, counts, cells, least: min, min }
  for (const place of small) {
    const swap = cheapestSwap(table, place)
    if (!swap) return nothing
    for (const { row, column } of swap.places) {
      if (cells[row]?.[column] !== 'small') cells[row]?.splice(column, 1, 'withheld')
    }
  }
  return cells
}

interface Table {
  layers: readonly Layer[]
  counts: readonly (readonly number[])[]
  cells: readonly (readonly Published[])[]
  /** What a withheld number is known to be at least. */
  least: number
  min: number
}

interface Place {
  row: number
  column: number
}

interface Swap {
  places: Place[]
  /** How many cells that are shown it takes away. */
  cost: number
}

/** The swap that changes the number at a place and takes the fewest cells away. */
function cheapestSwap(table: Table, { row, column }: Place): Swap | undefined {
  let best: Swap | undefined
  for (const { counts } of table.layers) {
    for (const change of [1, -1] as const) {
      if (costOf(table, counts, row, column, change) > 0) continue
      for (let other = 0; other < counts.length; other += 1) {
        const below = other === row ? Infinity : costOf(table, counts, other, column, -change)
        if (below >= (best?.cost ?? Infinity)) continue
        for (let beside = 0; beside < (counts[row]?.length ?? 0); beside += 1) {
          if (beside === column) continue
          const across = costOf(table, counts, row, beside, -change)
          const cost = below + across + costOf(table, counts, other, beside, change)
          if (cost >= (best?.cost ?? Infinity)) continue
          const places = [
            { row: other, column },
            { row, column: beside },
            { row: other, column: beside },
          ]
          if (cost === 0) return { places, cost }
          best = { places, cost }
        }
      }
    }
  }
  return best
}

/** What it costs that a cell has one case of the layer more or fewer; infinite where it would not fit what is told. */
function costOf(
  { counts, cells, least, min }: Table,
  layer: Layer['counts'],
  row: number,
  column: number,
  change: number,
): number {
  const cell = cells[row]?.[column]
  const after = (counts[row]?.[column] ?? 0) + change
  const isMissing = change < 0 && (layer[row]?.[column] ?? 0) === 0
  const isOutside = cell === 'small' ? after >= min : after < least
  if (isMissing || isOutside) return Infinity
  return typeof cell === 'number' ? 1 : 0
}

/** Whether the row has cases only of halves in which the column received nothing at all. */
function isToldByTotals(layers: readonly Layer[], row: number, column: number): boolean {
  const inRow = layers.filter(({ counts }) => counts[row]?.some((count) => count > 0))
  return !inRow.some(({ receivedIn }) =>
    layers.some(
      (layer) => layer.receivedIn === receivedIn && layer.counts.some((line) => (line[column] ?? 0) > 0),
    ),
  )
}

function sumOfLayers(layers: readonly Layer[]): number[][] {
  const [first, ...rest] = layers.map(({ counts }) => counts)
  return (first ?? []).map((line, row) =>
    line.map((count, column) => rest.reduce((sum, layer) => sum + (layer[row]?.[column] ?? 0), count)),
  )
}
