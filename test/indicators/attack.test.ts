import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf } from '#domain/civil-date.ts'
import { COUNTED_INDICATORS } from '#domain/indicators.ts'
import { CONDUCTS, type Conduct } from '#domain/sealed-status.ts'
import { countOutcome } from '#sealed/figures-store.ts'
import { sealedOf } from '#sealed/open.ts'
import { openTestChannel } from '../sealed/channel.ts'
import { type CorruptionJson, countEnded } from '../sealed/published.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { type Known, type Sum, workedOut } from '../support/working-out.ts'
import { complain } from './plan.ts'
import type { JsonFigures } from './read-page.ts'

/** The year that is attacked with its base year, both over. */
const YEARS = [2569, 2570] as const
const MOST = 1000

let office: TestPortal
beforeAll(async () => {
  office = await startTestPortal({ now: instantOf('2025-10-02', 9, 0) })
  await openTestChannel(office)
  const general = { '2026-01-10': ['H1', 'H1', 'S1', 'S1', 'PR1'], '2027-01-10': ['S1', 'S3', 'H2'] }
  for (const [on, codes] of Object.entries(general))
    for (const code of codes) complain(office.portal, code, on)
})
afterAll(() => office.close())

type List = readonly number[]

/** Ends as many reports of each kind of conduct, K1 to K9, in each of the two years. */
function live(lists: readonly [List, List]): void {
  sealedOf(office.portal).db.sqlite.exec('delete from outcome_counts; delete from month_counts')
  YEARS.forEach((year, index) => {
    office.clock.set(instantOf(`${year - 543}-02-10`, 9, 0))
    for (const [place, conduct] of CONDUCTS.entries())
      countEnded(office, lists[index]?.[place] ?? 0, conduct, 'no_ground')
  })
  office.clock.set(instantOf('2027-10-02', 9, 0))
  office.portal.settings.changed()
}

const jsonOf = async <T>(path: string): Promise<T> => (await office.agent.get(path).expect(200)).body

/** Everything that is public of the two years. */
interface Seen {
  indicators: JsonFigures
  corruption: CorruptionJson[]
}

async function look(): Promise<Seen> {
  return {
    indicators: await jsonOf('/indicators/2570.json'),
    corruption: await Promise.all(
      YEARS.map((year) => jsonOf<CorruptionJson>(`/statistics/${year}/corruption.json`)),
    ),
  }
}

/** What the attacker writes down: numbers with what is known of them, and how they add up. */
class Notes {
  readonly known: Known[] = []
  readonly sums: Sum[] = []

  number(least: number, most: number): number {
    return this.known.push({ least, most }) - 1
  }

  add(parts: number[], total: number): void {
    this.sums.push({ parts, total })
  }

  narrow(place: number, { least, most }: Known): void {
    const own = this.known[place]
    if (own) this.known[place] = { least: Math.max(own.least, least), most: Math.min(own.most, most) }
  }

  sumOf(parts: number[]): number {
    const total = this.number(0, MOST)
    this.add(parts, total)
    return total
  }

  isLess(smaller: number, larger: number, by: number): void {
    this.add([smaller, this.number(by, MOST)], larger)
  }
}

const rangeIn = (value: number | null, masked: string | null, total: number): Known => {
  if (value !== null) return { least: value, most: value }
  return { least: 0, most: masked === 'fewer_than_5' ? Math.min(4, total) : total }
}

/** Nine places per year, K1 to K9, with all that both pages tell of them. */
function notesOf({ indicators, corruption }: Seen): { notes: Notes; places: number[][] } {
  const notes = new Notes()
  const places = corruption.map(({ finishedBy }) => {
    const total = finishedBy?.total ?? 0
    const list = finishedBy?.conducts.map(({ count, masked }) => {
      const { least, most } = rangeIn(count, masked, total)
      return notes.number(least, most)
    })
    notes.add(list ?? [], notes.number(total, total))
    return list ?? []
  })
  const totals = corruption.map(({ finishedBy }) => finishedBy?.total ?? 0)
  for (const { id } of COUNTED_INDICATORS) {
    const one = indicators.indicators.find((found) => found.id === id)
    const line = one?.years.find(({ fiscalYear }) => fiscalYear === 2570)
    const parts = one?.parts ?? []
    const sumsOfYear = (year: 0 | 1, withGeneral: boolean, withConducts: boolean) => {
      const counted = parts.flatMap((part) => {
        const [value, masked] = year === 1 ? [part.received, part.masked] : [part.base, part.baseMasked]
        if (part.kind === 'conduct') {
          const place = places[year]?.[CONDUCTS.indexOf(part.code as Conduct)] ?? 0
          // Project 5 has no base year.
          if (masked !== 'unknown') notes.narrow(place, rangeIn(value, masked, totals[year] ?? 0))
          return withConducts ? [place] : []
        }
        return withGeneral && value !== null ? [notes.number(value, value)] : []
      })
      return notes.sumOf(counted)
    }
    for (const { code, value, base, verdict } of line?.series ?? []) {
      if (code === 'cases') continue
      const [now, before] = [1, 0].map((year) =>
        sumsOfYear(year as 0 | 1, code !== 'corruption', code !== 'service'),
      ) as [number, number]
      if (value !== null) notes.narrow(now, { least: value, most: value })
      if (base?.value != null) notes.narrow(before, { least: base.value, most: base.value })
      if (base === null) {
        if (verdict === 'met') notes.narrow(now, { least: 0, most: 0 })
        if (verdict === 'not_met') notes.narrow(now, { least: 1, most: MOST })
      } else if (verdict === 'met' && value !== 0) notes.isLess(now, before, 1)
      else if (verdict === 'not_met') notes.isLess(before, now, 0)
    }
  }
  return { notes, places }
}

/** @returns how many masked numbers were attacked */
async function attack(lists: readonly [List, List]): Promise<number> {
  live(lists)
  const seen = await look()
  const { notes, places } = notesOf(seen)
  let attacked = 0
  for (const [index, { finishedBy }] of seen.corruption.entries()) {
    for (const [place, { count, masked }] of (finishedBy?.conducts ?? []).entries()) {
      if (masked === null) {
        expect(count).toBe(lists[index]?.[place])
        continue
      }
      attacked += 1
      expect(workedOut(notes.known, notes.sums, places[index]?.[place] ?? 0)).toBeUndefined()
    }
  }
  return attacked
}

describe('whoever has the indicators and the page of corruption reports', () => {
  const count = fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 2, arbitrary: fc.integer({ min: 5, max: 9 }) },
  )
  const list = fc.array(count, { minLength: 9, maxLength: 9 })

  it('works out no masked number, with all sums, changes and verdicts', async () => {
    let attacked = 0
    const property = fc.asyncProperty(fc.tuple(list, list), async (lists) => {
      attacked += await attack(lists)
    })
    await fc.assert(property, {
      numRuns: 25,
      examples: [
        [
          [
            [3, 0, 0, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0, 0, 0],
          ],
        ],
        [
          [
            [0, 0, 0, 0, 1, 0, 0, 0, 0],
            [2, 0, 5, 0, 3, 0, 0, 0, 0],
          ],
        ],
        [
          [
            [6, 7, 8, 9, 5, 5, 5, 5, 3],
            [6, 7, 8, 9, 5, 5, 5, 5, 0],
          ],
        ],
      ],
    })
    expect(attacked).toBeGreaterThan(100)
  }, 120_000)

  it('finds the very same list on both, year by year', async () => {
    live([
      [6, 0, 2, 0, 0, 1, 0, 0, 0],
      [0, 9, 0, 0, 0, 0, 0, 0, 5],
    ])
    const { indicators, corruption } = await look()
    const parts = indicators.indicators.find(({ id }) => id === '22')?.parts ?? []
    const [base, now] = corruption.map(({ finishedBy }) =>
      finishedBy?.conducts.map(({ code, count, masked }) => [code, count, masked]),
    )
    expect(parts.map(({ code, received, masked }) => [code, received, masked])).toEqual(now)
    expect(parts.map((part) => [part.code, part.base, part.baseMasked])).toEqual(base)
  })

  it('learns that there was no bribe only where there was no report at all', async () => {
    const verdict = async (list: List) => {
      live([list, list])
      const { indicators } = await look()
      return indicators.indicators.find(({ id }) => id === '5')?.years.find((one) => one.fiscalYear === 2570)
        ?.result
    }
    expect(await verdict([0, 0, 0, 0, 0, 0, 0, 0, 0])).toBe('met')
    expect(await verdict([0, 6, 0, 0, 0, 0, 0, 0, 0])).toBe('hidden')
    expect(await verdict([0, 3, 0, 0, 0, 0, 0, 0, 0])).toBe('hidden')
    expect(await verdict([2, 6, 0, 0, 0, 0, 0, 0, 0])).toBe('hidden')
    expect(await verdict([5, 3, 2, 0, 0, 0, 0, 0, 0])).toBe('not_met')
  })

  it('sees nothing move when a report of the year is opened again', async () => {
    live([
      [6, 0, 2, 0, 0, 1, 0, 0, 0],
      [0, 9, 3, 0, 0, 1, 0, 0, 5],
    ])
    const before = await look()
    const counted = { fiscalYear: 2570, half: 1, conduct: 'K2', outcome: 'no_ground', isCase: false } as const
    const { db, today } = sealedOf(office.portal)
    countOutcome(db, counted, -1, today())
    office.portal.settings.changed()
    expect(await look()).toEqual(before)
  })
})
