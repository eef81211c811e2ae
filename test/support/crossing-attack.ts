import type { Published } from '#domain/small-cells.ts'
import { type Known, type Sum, workedOut } from './working-out.ts'

/** Everything public of a crossing, after the cases of its shown cells were taken out. */
export interface PublicCrossing {
  cells: readonly (readonly Published[])[]
  min: number
  /** By row, how many cases without a shown place have each pair of halves: the rows of the open data. */
  ofRow: readonly (readonly number[])[]
  /** What a column received, or finished, in one half: cases of these pairs of halves together. */
  ofColumn: readonly { column: number; layers: readonly number[]; count: number }[]
}

/**
 * The hidden numbers that can only be one, by `row|column`: every way to give the cases places that agrees with all
 * that is public is a solution.
 */
export function attackCrossing({ cells, min, ofRow, ofColumn }: PublicCrossing): Map<string, number> {
  const known: Known[] = []
  const sums: Sum[] = []
  const place = (least: number, most: number) => known.push({ least, most }) - 1
  const layerCount = ofRow[0]?.length ?? 0
  const tellsCells = cells.flat().includes('small')
  const hidden = cells.flatMap((line, row) =>
    line.flatMap((cell, column) => (typeof cell === 'number' ? [] : [{ row, column, cell }])),
  )
  const parts = hidden.map(({ row }) =>
    Array.from({ length: layerCount }, (_, layer) => place(0, ofRow[row]?.[layer] ?? 0)),
  )
  const wholes = hidden.map(({ row, cell }, index) => {
    const most = (ofRow[row] ?? []).reduce((sum, count) => sum + count, 0)
    const whole = cell === 'small' ? place(0, Math.min(most, min - 1)) : place(tellsCells ? min : 0, most)
    sums.push({ parts: parts[index] ?? [], total: whole })
    return whole
  })
  const partsWhere = (is: (at: { row: number; column: number }) => boolean, layers: readonly number[]) =>
    hidden.flatMap((at, index) => (is(at) ? layers.map((layer) => parts[index]?.[layer] ?? -1) : []))
  for (const [row, counts] of ofRow.entries()) {
    for (const [layer, count] of counts.entries()) {
      sums.push({ parts: partsWhere((at) => at.row === row, [layer]), total: place(count, count) })
    }
  }
  for (const { column, layers, count } of ofColumn) {
    sums.push({ parts: partsWhere((at) => at.column === column, layers), total: place(count, count) })
  }
  const told = hidden.map(({ row, column }, index): [string, number | undefined] => [
    `${row}|${column}`,
    workedOut(known, sums, wholes[index] ?? -1),
  ])
  return new Map(told.filter((entry): entry is [string, number] => entry[1] !== undefined))
}
