/** How a number of a table is published, and so what anybody knows of it. */
export type Mask =
  /** Shown, and known whatever we do. */
  | 'fixed'
  | 'shown'
  /** Known to be below the threshold. */
  | 'small'
  /** Known not to be below it: only such are withheld for the sake of another. */
  | 'withheld'
  /** Nothing is known. */
  | 'unknown'

/** A table whose last row and last column are the totals. */
export interface Grid {
  counts: readonly (readonly number[])[]
  masks: Mask[][]
  min: number
}

export interface Place {
  row: number
  column: number
}

/** Whether the number could be another one by everything that is published. */
export function isOpen(grid: Grid, place: Place): boolean {
  return cheapestLoop(grid, place)?.withhold.length === 0
}

/** Withholds as few further numbers as leave this one open. False where no withholding would. */
export function openUp(grid: Grid, place: Place): boolean {
  const loop = cheapestLoop(grid, place)
  for (const { row, column } of loop?.withhold ?? []) grid.masks[row]?.splice(column, 1, 'withheld')
  return loop !== undefined
}

/** A loop of numbers, with those of them that are shown now. */
interface Loop {
  withhold: Place[]
  cost: number
}

/**
 * A number can be another one exactly when a loop leads through it, from row to column to row, along which
 * numbers can be raised and lowered by one in turn: then every sum stays as it is. (The sums of a table are
 * those of a network, and between any two flows of a network lie such loops and nothing else.)
 */
function cheapestLoop(grid: Grid, place: Place): Loop | undefined {
  const rows = grid.counts.length
  const [row, column] = [place.row, rows + place.column]
  const ways = [
    stepCost(grid, place, 1) === 0 && cheapestWay(grid, column, row, place),
    stepCost(grid, place, -1) === 0 && cheapestWay(grid, row, column, place),
  ]
  return ways.filter((way) => way !== undefined && way !== false).sort((a, b) => a.cost - b.cost)[0]
}

/** Dijkstra's way over the lines of the table: its rows, numbered from 0, and then its columns. */
function cheapestWay(grid: Grid, from: number, to: number, without: Place): Loop | undefined {
  const rows = grid.counts.length
  const lines = rows + (grid.counts[0]?.length ?? 0)
  const waiting = new Map<number, Loop>([[from, { withhold: [], cost: 0 }]])
  const done = new Set<number>()
  for (;;) {
    const [next] = [...waiting].sort((a, b) => a[1].cost - b[1].cost)
    if (!next) return undefined
    const [line, way] = next
    if (line === to) return way
    waiting.delete(line)
    done.add(line)
    const isRow = line < rows
    for (let other = isRow ? rows : 0; other < (isRow ? lines : rows); other += 1) {
      const place = isRow ? { row: line, column: other - rows } : { row: other, column: line - rows }
      if (done.has(other) || (place.row === without.row && place.column === without.column)) continue
      const step = stepCost(grid, place, isRow ? 1 : -1)
      const cost = way.cost + step
      if (cost >= (waiting.get(other)?.cost ?? Number.POSITIVE_INFINITY)) continue
      waiting.set(other, { withhold: step > 0 ? [...way.withhold, place] : way.withhold, cost })
    }
  }
}

/** Withholding a total takes more away than withholding any number of cells. */
const COST_OF_TOTAL = 10_000

/**
 * What it costs to turn at a number: from its row to its column by raising it, back by lowering it. A total
 * stands on the other side of the sums, so it goes the other way. Nothing where the number is masked and has
 * room; impossible where it has none.
 */
function stepCost({ counts, masks, min }: Grid, { row, column }: Place, turn: 1 | -1): number {
  const isTotal = (row === counts.length - 1) !== (column === (counts[row]?.length ?? 0) - 1)
  const mask = masks[row]?.[column] ?? 'fixed'
  const changed = (counts[row]?.[column] ?? 0) + (isTotal ? -turn : turn)
  const least = mask === 'shown' || mask === 'withheld' ? min : 0
  const isTooLarge = mask === 'small' && changed >= min
  if (mask === 'fixed' || changed < least || isTooLarge) return Number.POSITIVE_INFINITY
  if (mask !== 'shown') return 0
  return isTotal ? COST_OF_TOTAL : 1
}
