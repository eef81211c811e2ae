import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, instantOf } from '#domain/civil-date.ts'
import { fiscalYearOf, fiscalYearRange, halfOf } from '#domain/fiscal-year.ts'
import type { Published } from '#domain/small-cells.ts'
import { attackCrossing, type PublicCrossing } from '../support/crossing-attack.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { fileCase, setStatus } from './office.ts'

/** One random year each; the two after it are empty, so that nothing else blurs what finished in them. */
const YEARS = [2549, 2552, 2555, 2558, 2561, 2564]
const CATEGORIES = ['A2', 'E1', 'S2']
const MIN = 5

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal()
})
afterAll(() => office.close())

/** Of one cell: how many, received in which half of the year, and in which half they finished. */
const cell = fc
  .oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 4, arbitrary: fc.integer({ min: 5, max: 12 }) })
  .chain((count) =>
    fc.array(fc.record({ day: fc.constantFrom(10, 200), after: fc.constantFrom(0, 0, 0, 170, null) }), {
      ...{ minLength: count, maxLength: count },
    }),
  )
const year = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 })

function live(fiscalYear: number, table: NonNullable<ReturnType<typeof sample>>): void {
  const { from } = fiscalYearRange(fiscalYear)
  office.portal.db.inTransaction(() => {
    for (const [row, line] of table.entries()) {
      for (const [column, cases] of line.entries()) {
        for (const { day, after } of cases) {
          const on = addDays(from, day)
          const { id } = fileCase(office.portal, {
            ...{ categoryCode: CATEGORIES[row] ?? 'A2', receivedAt: instantOf(on, 12, 0) },
            villageId: column === 0 ? null : column,
          })
          if (after !== null) setStatus(office.portal, id, 'closed', addDays(on, after))
        }
      }
    }
  })
}

const sample = (seed: number) => fc.sample(year, { seed, numRuns: 1 })[0]

type Line = Record<string, string | number | boolean | null>
interface Part {
  balance: unknown
  villages: { code: string; received: number; finished: number }[]
}

const get = async (path: string) => (await office.agent.get(path).expect(200)).body
const halfIn = (month: string): string => `${fiscalYearOf(`${month}-01`)}-${halfOf(`${month}-01`)}`

/** The halves of receipt and of the end. */
function layerOf(row: Line): string {
  const finished = row.finished_month === null ? '' : halfIn(String(row.finished_month))
  return `${halfIn(String(row.received_month))}|${finished}`
}

/** All that anybody can download about a year, taken together; or as if no cell and no case's village were told. */
async function publicAbout(fiscalYear: number, tellsCells: boolean): Promise<PublicCrossing> {
  const places = await get(`/statistics/${fiscalYear}/places.json`)
  const { rows }: { rows: Line[] } = await get(`/open-data/cases-${fiscalYear}.json`)
  const villages: string[] = places.villages.map(({ code }: { code: string }) => code)
  const categories: string[] = places.categories.map(({ code }: { code: string }) => code)
  const cells: Published[][] = places.categories.map(
    (line: { villages: { received: number | null; mask: string }[] }) =>
      line.villages.map(({ received, mask }) =>
        tellsCells ? (received ?? (mask === 'withheld' ? mask : 'small')) : 'withheld',
      ),
  )
  const layers = [...new Set(rows.map(layerOf))]
  const hidden = rows.filter((row) => !tellsCells || row.village_withheld === true)
  const ofColumn: PublicCrossing['ofColumn'][number][] = []
  for (const one of [fiscalYear, fiscalYear + 1, fiscalYear + 2]) {
    const { parts }: { parts: Record<string, Part> } = await get(`/statistics/${one}.json`)
    for (const half of ['1', '2']) {
      const told = parts[`h${half}`]?.villages ?? []
      for (const [column, code] of villages.entries()) {
        const line = told.find((village) => village.code === code)
        for (const [index, of] of (['received', 'finished'] as const).entries()) {
          const isOwn = (layer: string) => layer.split('|')[index] === `${one}-${half}`
          const shown = rows.filter((row) => tellsCells && row.village === code && isOwn(layerOf(row)))
          const own = layers.flatMap((layer, at) => (isOwn(layer) ? [at] : []))
          ofColumn.push({ column, layers: own, count: (line?.[of] ?? 0) - shown.length })
        }
      }
    }
  }
  const ofRow = categories.map((code) =>
    layers.map((key) => hidden.filter((row) => row.category === code && layerOf(row) === key).length),
  )
  return { cells, min: MIN, ofRow, ofColumn }
}

describe('whoever has all public pages and files', () => {
  it('finds no small number of a category in a village, but what the totals tell by themselves', async () => {
    let shown = 0
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        for (const [index, fiscalYear] of YEARS.entries()) live(fiscalYear, sample(seed + index) ?? [])
        office.clock.addMinutes(1)
        for (const fiscalYear of YEARS) {
          const told = await publicAbout(fiscalYear, true)
          shown += told.cells.flat().filter((one) => typeof one === 'number').length
          const found = [...attackCrossing(told)].filter(([, number]) => number < MIN)
          if (found.length === 0) continue
          const anyway = attackCrossing(await publicAbout(fiscalYear, false))
          for (const [place] of found) expect([...anyway.keys()], `${fiscalYear}`).toContain(place)
        }
      }),
      { numRuns: 1, endOnFailure: true },
    )
    expect(shown).toBeGreaterThan(0)
  })
})
