import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changePercent,
  isCutBy,
  isFewer,
  isYearOver,
  isZero,
  judge,
  type Range,
  rangeOf,
  verdictOfAll,
} from '#domain/indicator-rules.ts'
import { COUNTED_INDICATORS, INDICATORS, PLAN_YEARS } from '#domain/indicators.ts'
import { LEAST_SHOWN, maskSmallCounts } from '#domain/small-cells.ts'
import { DEFAULT_CATEGORIES } from '#settings/defaults.ts'

const measureOf = (id: string) => INDICATORS.find((indicator) => indicator.id === id)?.measure

describe('the table of the plan', () => {
  it('has the two goals and all 22 projects, each outcome once', () => {
    expect(INDICATORS.filter(({ project }) => project === null).map(({ id }) => id)).toEqual(['g1', 'g2'])
    const projects = new Set(INDICATORS.map(({ project }) => project))
    expect([...projects].filter((project) => project !== null)).toEqual(
      Array.from({ length: 22 }, (_, index) => index + 1),
    )
    expect(new Set(INDICATORS.map(({ id }) => id)).size).toBe(INDICATORS.length)
    for (const { id, project } of INDICATORS) {
      if (project !== null) expect(id.split('.')[0]).toBe(String(project))
    }
  })

  it('has the targets of each year', () => {
    expect(measureOf('g1')).toMatchObject({ base: 2565, cut: { 2566: 10, 2568: 30, 2570: 50 } })
    expect(measureOf('g2')).toMatchObject({ result: 'ita', least: { 2566: 65, 2567: 70, 2570: 85 } })
    for (const id of ['6', '15']) expect(measureOf(id)).toMatchObject({ least: { 2566: 85, 2570: 85 } })
    for (const id of ['20.3', '21.3']) {
      expect(measureOf(id)).toMatchObject({ base: 'previous', cut: { 2566: 5, 2570: 5 } })
    }
    for (const id of ['3', '4.1', '14.1', '17.1', '19', '21.1']) {
      expect(measureOf(id)).toMatchObject({ kind: 'typed', least: { 2566: 80, 2570: 80 } })
    }
    expect(PLAN_YEARS).toEqual([2566, 2567, 2568, 2569, 2570])
  })

  it('counts categories of complaints that exist, or kinds of conduct, and each only once', () => {
    const complaints = DEFAULT_CATEGORIES.filter(({ kind, group }) => kind === 'complaint' && group !== null)
    const known = new Set([...complaints.map(({ code }) => code), 'K1', 'K2', 'K3', 'K4', 'K5', 'K6'])
    for (const { id, measure } of COUNTED_INDICATORS) {
      const codes = measure.categories.filter((code) => !/^K[789]$/.test(code))
      expect(
        codes.filter((code) => !known.has(code)),
        id,
      ).toEqual([])
      expect(new Set(measure.categories).size, id).toBe(measure.categories.length)
    }
    const feeds = Object.fromEntries(COUNTED_INDICATORS.map(({ id, measure }) => [id, measure.categories]))
    expect(feeds).toMatchObject({
      5: ['K1'],
      7: ['H1', 'K5'],
      10: ['PR1', 'K2', 'K6'],
      13: ['S1'],
      '14.2': ['S1'],
    })
    const service = complaints.filter(({ group }) => group === 'S').map(({ code }) => code)
    for (const id of ['16', '17.2']) expect(feeds[id]?.filter((code) => code[0] === 'S')).toEqual(service)
    for (const id of ['16', '17.2', '22'])
      expect(feeds[id]?.filter((code) => code[0] === 'K')).toHaveLength(9)
  })
})

const count = fc.integer({ min: 0, max: 60 })

describe('the change against the base year', () => {
  it('is counted in percent of the base and not rounded', () => {
    expect(changePercent(5, 10)).toBe(-50)
    expect(changePercent(2, 3)).toBeCloseTo(-33.333333, 5)
    expect(changePercent(3, 2)).toBe(50)
  })

  it('does not exist where the base is zero, and then only zero is good enough', () => {
    for (const cut of [5, 10, 50]) {
      expect(changePercent(0, 0)).toBeNull()
      expect([isCutBy(0, 0, cut), isCutBy(1, 0, cut)]).toEqual([true, false])
    }
    expect([isFewer(0, 0), isFewer(1, 0)]).toEqual([true, false])
  })

  it('decides by the exact share what is met', () => {
    fc.assert(
      fc.property(count, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 99 }), (n, base, cut) => {
        // Share by share, with fractions as whole numbers.
        expect(isCutBy(n, base, cut)).toBe(BigInt(base - n) * 100n >= BigInt(cut) * BigInt(base))
        expect(isFewer(n, base)).toBe((changePercent(n, base) ?? 0) < 0)
      }),
    )
  })

  it('never calls the same number fewer, but after none', () => {
    fc.assert(fc.property(count, (n) => isFewer(n, n) === (n === 0)))
    // 4.9 % is not 5 %, although it is printed as such where nothing stands behind the point.
    expect(isCutBy(951, 1000, 5)).toBe(false)
    expect(isCutBy(950, 1000, 5)).toBe(true)
  })
})

const range = fc
  .tuple(count, fc.integer({ min: 0, max: 8 }))
  .map(([least, more]) => ({ least, most: least + more }))
const numbersIn = ({ least, most }: Range) =>
  Array.from({ length: most - least + 1 }, (_, index) => least + index)

describe('a verdict on counts that are not fully told', () => {
  it.each([
    ['zero', isZero],
    ['fewer', isFewer],
    ['fewer by 10 %', (n: number, base: number) => isCutBy(n, base, 10)],
  ] as const)('says of %s what holds for every number that they can be, and else nothing', (_name, isMet) => {
    fc.assert(
      fc.property(range, range, (now, base) => {
        const possible = new Set(numbersIn(now).flatMap((n) => numbersIn(base).map((b) => isMet(n, b))))
        const [only] = possible
        const expected = possible.size > 1 ? 'hidden' : only ? 'met' : 'not_met'
        expect(judge(isMet, now, base)).toBe(expected)
      }),
    )
  })

  it('is met only when every part is, and one part that failed decides', () => {
    expect(verdictOfAll(['met', 'met'])).toBe('met')
    expect(verdictOfAll(['met', 'not_met'])).toBe('not_met')
    expect(verdictOfAll(['hidden', 'not_met'])).toBe('not_met')
    expect(verdictOfAll(['met', 'hidden'])).toBe('hidden')
    expect(verdictOfAll(['met', 'no_base'])).toBe('no_base')
    expect(verdictOfAll(['no_base', 'no_value'])).toBe('no_value')
  })

  it('comes when the year is over, in Bangkok', () => {
    expect(isYearOver(2569, '2026-09-30')).toBe(false)
    expect(isYearOver(2569, '2026-10-01')).toBe(true)
  })
})

describe('a masked list', () => {
  it('leaves every number within the range that is given out for it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 }), (counts) => {
        const total = counts.reduce((sum, n) => sum + n, 0)
        maskSmallCounts(counts, { min: LEAST_SHOWN }).forEach((told, index) => {
          const { least, most } = rangeOf(told, total)
          expect(least).toBeLessThanOrEqual(counts[index] ?? 0)
          expect(most).toBeGreaterThanOrEqual(counts[index] ?? 0)
        })
      }),
    )
  })

  it('says of a small number that it can be none, and no more than there are', () => {
    expect(rangeOf('small', 3)).toEqual({ least: 0, most: 3 })
    expect(rangeOf('small', 30)).toEqual({ least: 0, most: 4 })
    expect(rangeOf('withheld', 30)).toEqual({ least: 0, most: 30 })
    expect(rangeOf(7, 30)).toEqual({ least: 7, most: 7 })
  })
})
