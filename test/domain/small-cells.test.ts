import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CrossingOptions,
  type MaskedCrossing,
  maskSmallCells,
  maskSmallCounts,
  type Published,
} from '#domain/small-cells.ts'
import { type Known, type Sum, workedOut } from '../support/working-out.ts'

const MIN = 5
const FIVE = { min: MIN }

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)
const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)

/** All lists of `length` counts with that total. */
function listsOf(length: number, total: number): number[][] {
  if (length === 1) return [[total]]
  return range(total + 1).flatMap((first) =>
    listsOf(length - 1, total - first).map((rest) => [first, ...rest]),
  )
}

describe('a list with its total', () => {
  it.each<[string, number[], Published[]]>([
    ['shows what is large enough', [5, 12, 7], [5, 12, 7]],
    ['masks the small ones where several share the rest', [3, 12, 2, 0], ['small', 12, 'small', 'small']],
    ['is withheld where one small number is the rest', [3, 12, 7], ['withheld', 'withheld', 'withheld']],
    ['is withheld where the small ones can only be zero', [0, 12, 0], ['withheld', 'withheld', 'withheld']],
    ['is withheld where they are as large as can be', [4, 12, 4], ['withheld', 'withheld', 'withheld']],
    ['hides which number the only report is', [0, 1, 0], ['small', 'small', 'small']],
    ['shows the zeros of nothing', [0, 0, 0], [0, 0, 0]],
    ['is empty where nothing is listed', [], []],
  ])('%s', (_rule, counts, expected) => {
    expect(maskSmallCounts(counts, FIVE)).toEqual(expected)
  })

  it.each([
    [2, 40],
    [3, 34],
    [4, 26],
    [7, 12],
  ])('of %i tells no small number to whoever tries all lists with a total of up to %i', (length, most) => {
    for (let total = 1; total <= most; total += 1) {
      const published = new Map<string, number[][]>()
      for (const list of listsOf(length, total)) {
        const shown = JSON.stringify(maskSmallCounts(list, FIVE))
        const same = published.get(shown)
        if (same) same.push(list)
        else published.set(shown, [list])
      }
      for (const [text, possible] of published) {
        const shown: Published[] = JSON.parse(text)
        for (const [index, cell] of shown.entries()) {
          if (typeof cell === 'number') expect(cell).toBeGreaterThanOrEqual(MIN)
          else expect(new Set(possible.map((list) => list[index])).size, text).toBeGreaterThan(1)
        }
      }
    }
  })
})

/** The numbers of a table in one list, with the total at the end of each row and of each column. */
function inOneList(table: MaskedCrossing): Published[] {
  return [...table.cells, table.columnTotals].flatMap((line, row) => [
    ...line,
    table.rowTotals[row] ?? table.total,
  ])
}

function truthOf(cells: readonly (readonly number[])[]): number[] {
  const lines = cells.map((row) => [...row, sumOf(row)])
  const columns = range((cells[0]?.length ?? 0) + 1)
  return [...lines.flat(), ...columns.map((column) => sumOf(lines.map((line) => line[column] ?? 0)))]
}

function sumsOf({ cells, columnTotals }: MaskedCrossing): Sum[] {
  const [rows, columns] = [cells.length, columnTotals.length]
  const at = (row: number, column: number) => row * (columns + 1) + column
  const acrossRows = range(rows + 1).map((row) => ({
    parts: range(columns).map((column) => at(row, column)),
    total: at(row, columns),
  }))
  const downColumns = range(columns + 1).map((column) => ({
    parts: range(rows).map((row) => at(row, column)),
    total: at(rows, column),
  }))
  return [...acrossRows, ...downColumns]
}

/** The table as it is read by somebody who knows that only large numbers are withheld to protect small ones. */
function knownFrom(table: MaskedCrossing): Known[] {
  const columns = table.columnTotals.length
  const totals = [...table.rowTotals, ...table.columnTotals]
  const tellsCells = table.cells.flat().includes('small')
  const tellsTotals = tellsCells || totals.some((total) => total !== 'withheld')
  return inOneList(table).map((cell, index) => {
    if (typeof cell === 'number') return { least: cell, most: cell }
    if (cell === 'small') return { least: 0, most: Math.min(MIN - 1, table.total) }
    const isTotal = index % (columns + 1) === columns || index >= table.cells.length * (columns + 1)
    const isLarge = isTotal ? tellsTotals : tellsCells
    return { least: isLarge ? MIN : 0, most: table.total }
  })
}

/** Numbers that can be worked out of the table, by their place in one list. */
function toldBy(table: MaskedCrossing): Map<number, number> {
  const [known, sums] = [knownFrom(table), sumsOf(table)]
  const told = inOneList(table).map((cell, index): [number, number | undefined] => [
    index,
    typeof cell === 'number' ? cell : workedOut(known, sums, index),
  ])
  return new Map(told.filter((entry): entry is [number, number] => entry[1] !== undefined))
}

/** The table without any of its cells. */
function onlyTotals(table: MaskedCrossing, exactTotals: boolean): MaskedCrossing {
  const hide = (line: readonly Published[]) => line.map(() => 'withheld' as const)
  const totals = exactTotals
    ? {}
    : { rowTotals: hide(table.rowTotals), columnTotals: hide(table.columnTotals) }
  return { ...table, cells: table.cells.map(hide), ...totals }
}

/** Mostly small numbers, as in an office with few reports; many near the threshold, a few far above it. */
const count = fc.oneof(
  { weight: 4, arbitrary: fc.nat(4) },
  { weight: 3, arbitrary: fc.integer({ min: 3, max: 7 }) },
  { weight: 1, arbitrary: fc.nat(60) },
)
const size = fc.integer({ min: 1, max: 4 })
const crossing = fc.tuple(size, size).chain(([rows, columns]) => {
  const row = fc.array(count, { minLength: columns, maxLength: columns })
  return fc.array(row, { minLength: rows, maxLength: rows })
})

describe('a crossing with its totals', () => {
  it('is shown whole where everything is large enough', () => {
    expect(
      maskSmallCells(
        [
          [5, 6],
          [7, 80],
        ],
        FIVE,
      ),
    ).toEqual({
      cells: [
        [5, 6],
        [7, 80],
      ],
      rowTotals: [11, 87],
      columnTotals: [12, 86],
      total: 98,
    })
  })

  it('withholds three more where a small cell alone would be the rest of its row and of its column', () => {
    const { cells, rowTotals, columnTotals, total } = maskSmallCells(
      [
        [2, 9, 8],
        [9, 9, 9],
        [7, 9, 30],
      ],
      FIVE,
    )
    expect(cells.flat().filter((cell) => cell === 'small')).toHaveLength(1)
    expect(cells.flat().filter((cell) => cell === 'withheld')).toHaveLength(3)
    expect([rowTotals, columnTotals, total]).toEqual([[19, 27, 46], [18, 27, 47], 92])
  })

  it('withholds nothing more where the small cells hide each other', () => {
    const { cells } = maskSmallCells(
      [
        [2, 3, 8],
        [1, 4, 9],
      ],
      FIVE,
    )
    expect(cells).toEqual([
      ['small', 'small', 8],
      ['small', 'small', 9],
    ])
  })

  it('shows totals that are known anyway, and no cell below the threshold', () => {
    const table = maskSmallCells(
      [
        [1, 2, 0],
        [2, 1, 0],
      ],
      { ...FIVE, exactTotals: true },
    )
    expect(table.rowTotals).toEqual([3, 3])
    expect(table.columnTotals).toEqual([3, 3, 0])
    expect(table.cells.flat()).toEqual(Array(6).fill('small'))
  })

  it('tells no small number by all the sums and words of the page', () => {
    fc.assert(
      fc.property(crossing, fc.boolean(), (cells, exactTotals) => {
        const options: CrossingOptions = { ...FIVE, exactTotals }
        const table = maskSmallCells(cells, options)
        const truth = truthOf(cells)
        const toldAnyway = toldBy(onlyTotals(table, exactTotals))
        for (const [place, number] of toldBy(table)) {
          expect(number).toBe(truth[place])
          if (number < MIN) expect([...toldAnyway.keys()]).toContain(place)
        }
        for (const [place, cell] of inOneList(table).entries()) {
          if (cell === 'small') expect(truth[place]).toBeLessThan(MIN)
        }
        if (!exactTotals) expect(table.rowTotals.filter((total) => Number(total) < MIN)).toEqual([])
        expect(table.cells.flat().filter((cell) => Number(cell) < MIN)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  it('withholds all cells only where it must: of twenty by twenty, most of the large ones stay', () => {
    const cells = range(20).map((row) => range(20).map((column) => (row * 7 + column * 3) % 23))
    const table = maskSmallCells(cells, FIVE)
    const large = cells.flat().filter((cell) => cell >= MIN).length
    expect(table.cells.flat().filter((cell) => typeof cell === 'number').length).toBeGreaterThan(large * 0.9)
  })
})
