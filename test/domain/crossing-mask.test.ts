import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskCrossing } from '#domain/crossing-mask.ts'
import { maskSmallCells, type Published } from '#domain/small-cells.ts'
import { attackCrossing, type PublicCrossing } from '../support/crossing-attack.ts'

const MIN = 5
const FIVE = { min: MIN }
const range = (length: number): number[] => Array.from({ length }, (_, index) => index)

const layer = (counts: number[][], receivedIn = '2027-1', finishedIn = '2027-1') => ({
  ...{ receivedIn, finishedIn, counts },
})
type FullLayer = ReturnType<typeof layer>

/** What is public of a crossing: the halves of the villages, the halves of each case, and what the table shows. */
function published(layers: readonly FullLayer[], cells: Published[][]): PublicCrossing {
  const [rows, columns] = [range(cells.length), range(cells[0]?.length ?? 0)]
  const at = (one: FullLayer, row: number, column: number) => one.counts[row]?.[column] ?? 0
  const isHidden = (row: number, column: number) => typeof cells[row]?.[column] !== 'number'
  const hiddenIn = (one: FullLayer, places: [number, number][]) =>
    places.filter(([row, column]) => isHidden(row, column)).reduce((sum, [r, c]) => sum + at(one, r, c), 0)
  const halves = (of: 'receivedIn' | 'finishedIn') =>
    [...new Set(layers.map((one) => one[of]))].flatMap((half) =>
      columns.map((column) => ({
        column,
        layers: range(layers.length).filter((index) => layers[index]?.[of] === half),
        count: layers
          .filter((one) => one[of] === half)
          .reduce(
            (sum, one) =>
              sum +
              hiddenIn(
                one,
                rows.map((row) => [row, column]),
              ),
            0,
          ),
      })),
    )
  return {
    cells,
    min: MIN,
    ofRow: rows.map((row) =>
      layers.map((one) =>
        hiddenIn(
          one,
          columns.map((column) => [row, column]),
        ),
      ),
    ),
    ofColumn: [...halves('receivedIn'), ...halves('finishedIn')],
  }
}

const nothing = (cells: Published[][]): Published[][] => cells.map((row) => row.map(() => 'withheld'))

const sum = (a: number[][], b: number[][]) =>
  a.map((line, row) => line.map((one, column) => one + (b[row]?.[column] ?? 0)))

/** Mostly few, sometimes many: small cells beside large ones. */
const count = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(3) },
  { weight: 6, arbitrary: fc.integer({ min: 4, max: 9 }) },
)
const office = fc
  .tuple(
    fc.integer({ min: 2, max: 4 }),
    fc.integer({ min: 2, max: 3 }),
    fc.subarray(['1|1', '1|2', '1|', '2|2', '2|'], { minLength: 1, maxLength: 3 }),
  )
  .chain(([rows, columns, halves]) => {
    const counts = fc.array(fc.array(count, { minLength: columns, maxLength: columns }), {
      ...{ minLength: rows, maxLength: rows },
    })
    return fc.tuple(
      ...halves.map((pair) =>
        counts.map((table) => {
          const [receivedIn = '', finishedIn = ''] = pair.split('|')
          return layer(table, receivedIn, finishedIn)
        }),
      ),
    )
  })

describe('a crossing beside exact totals of every half-year', () => {
  it('is shown whole where everything is large enough', () => {
    expect(
      maskCrossing(
        [
          layer([
            [5, 6],
            [7, 80],
          ]),
        ],
        FIVE,
      ),
    ).toEqual([
      [5, 6],
      [7, 80],
    ])
  })

  it('needs nothing more where small cells can swap a case', () => {
    expect(
      maskCrossing(
        [
          layer([
            [2, 3, 8],
            [1, 4, 9],
          ]),
        ],
        FIVE,
      ),
    ).toEqual([
      ['small', 'small', 8],
      ['small', 'small', 9],
    ])
  })

  it('withholds three more cells for one small one that is alone in its row and column', () => {
    const cells = maskCrossing(
      [
        layer([
          [2, 9, 8],
          [9, 9, 9],
          [7, 9, 30],
        ]),
      ],
      FIVE,
    ).flat()
    expect(cells.filter((cell) => cell === 'small')).toHaveLength(1)
    expect(cells.filter((cell) => cell === 'withheld')).toHaveLength(3)
  })

  it('withholds further where the small cells’ cases finished in other halves', () => {
    const early = layer([
      [2, 0, 9],
      [0, 0, 9],
      [8, 8, 9],
    ])
    const late = layer(
      [
        [0, 0, 0],
        [0, 3, 0],
        [8, 8, 9],
      ],
      '2027-1',
      '2027-2',
    )
    const alone = maskSmallCells(sum(early.counts, late.counts), { ...FIVE, exactTotals: true })
    expect(alone.cells.flat()).not.toContain('withheld')
    const cells = maskCrossing([early, late], FIVE)
    expect(cells.slice(0, 2).map((row) => row.slice(0, 2))).toEqual(Array(2).fill(['small', 'small']))
    expect(cells.flat()).toContain('withheld')
    expect(cells.flat()).toContain(18)
  })

  it('tells nothing of any cell where a small one has nobody to swap with', () => {
    expect(
      maskCrossing(
        [
          layer([
            [1, 0],
            [0, 0],
          ]),
          layer(
            [
              [0, 0],
              [0, 9],
            ],
            '2027-1',
            '2027-2',
          ),
        ],
        FIVE,
      ).flat(),
    ).toEqual(Array(4).fill('withheld'))
  })

  it('is not held up by what the villages’ own totals tell', () => {
    const first = layer(
      [
        [5, 0],
        [9, 0],
      ],
      '2027-1',
    )
    const second = layer(
      [
        [0, 0],
        [9, 9],
      ],
      '2027-2',
      '2027-2',
    )
    expect(maskCrossing([first, second], FIVE)).toEqual([
      [5, 'small'],
      [18, 9],
    ])
  })

  it('tells no small number to whoever has everything that is public', () => {
    let shown = 0
    fc.assert(
      fc.property(office, (layers) => {
        const cells = maskCrossing(layers, FIVE)
        shown += cells.flat().filter((cell) => typeof cell === 'number').length
        const told = attackCrossing(published(layers, cells))
        const anyway = told.size > 0 ? attackCrossing(published(layers, nothing(cells))) : told
        for (const [place, number] of told) {
          if (number < MIN) expect([...anyway.keys()], JSON.stringify(layers)).toContain(place)
        }
        for (const [row, line] of cells.entries()) {
          for (const [column, cell] of line.entries()) {
            const truth = layers.reduce((sum, one) => sum + (one.counts[row]?.[column] ?? 0), 0)
            if (typeof cell === 'number') expect(cell).toBe(truth)
            expect(cell === 'small' ? truth : MIN).toBeLessThan(MIN + Number(cell !== 'small'))
            if (typeof cell === 'number') expect(cell).toBeGreaterThanOrEqual(MIN)
          }
        }
      }),
      { numRuns: 300 },
    )
    expect(shown).toBeGreaterThan(300)
  })

  it('shows most of the large cells of a large office, quickly', () => {
    const random = (row: number, column: number, depth: number) => (row * 31 + column * 17 + depth * 7) % 11
    const layers = range(7).map((depth) =>
      layer(
        range(60).map((row) =>
          range(20).map((column) => Math.max(0, random(row, column, depth) - 6 - Math.floor(row / 20))),
        ),
        `${depth % 2}`,
        `${depth}`,
      ),
    )
    const started = performance.now()
    const cells = maskCrossing(layers, FIVE).flat()
    expect(performance.now() - started).toBeLessThan(500)
    const flat = layers.map((one) => one.counts.flat())
    const large = range(60 * 20).filter(
      (place) => flat.reduce((all, one) => all + (one[place] ?? 0), 0) >= MIN,
    )
    expect(cells.filter((cell) => typeof cell === 'number').length).toBeGreaterThan(large.length * 0.8)
  })
})
