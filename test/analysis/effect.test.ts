import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectOf, readingOf } from '#analysis/effect.ts'
import { effectWords } from '#analysis/effect-words.ts'
import { instantOf } from '#domain/civil-date.ts'
import { fileCase } from '../statistics/office.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'

let office: TestFolder
let village: number
function complain(...days: string[]): void {
  for (const day of days) {
    const receivedAt = instantOf(day, 23, 30)
    fileCase(office.portal, { categoryCode: 'A2', villageId: village, receivedAt })
  }
}

const effect = (startsOn: string, today: string, villageId: number | null = village) =>
  effectOf(office.portal.db, { categoryCode: 'A2', villageId, startsOn }, today)

describe('the effect of a measure', () => {
  beforeEach(() => {
    office = openTestFolder(new Date('2027-12-01T03:00:00Z'))
    village = office.portal.settings.villages()[0]?.id ?? 0
  })
  afterEach(() => office.close())

  it('is not told before one full month has passed', () => {
    complain('2026-08-01')
    expect(effect('2026-10-15', '2026-10-15')).toEqual({ state: 'too_early', from: '2026-11' })
    expect(effect('2026-10-15', '2026-11-30')).toEqual({ state: 'too_early', from: '2026-11' })
    expect(effect('2026-10-15', '2026-12-01')).toMatchObject({ state: 'counted', months: 1 })
    // Begun on the first day of a month: this month is full already.
    expect(effect('2026-10-01', '2026-10-31')).toEqual({ state: 'too_early', from: '2026-10' })
    expect(effect('2026-10-01', '2026-11-01')).toMatchObject({ state: 'counted', months: 1 })
    expect(effect('2028-01-15', '2026-11-01')).toEqual({ state: 'too_early', from: '2028-02' })
  })

  it('compares as many full months before as after, without the month in which it began', () => {
    complain('2026-07-31', '2026-08-01', '2026-09-30')
    complain('2026-10-01', '2026-10-31')
    complain('2026-11-01', '2026-12-31', '2027-01-01')
    expect(effect('2026-10-15', '2027-01-20')).toEqual({
      ...{ state: 'counted', months: 2, reading: 'few' },
      before: { from: '2026-08', to: '2026-09', count: 2 },
      after: { from: '2026-11', to: '2026-12', count: 2 },
    })
    expect(effect('2026-10-01', '2026-12-20')).toMatchObject({
      before: { from: '2026-08', to: '2026-09', count: 2 },
      after: { from: '2026-10', to: '2026-11', count: 3 },
    })
  })

  it('goes back no further than the portal knows, and no further than a year', () => {
    complain('2026-09-15', '2026-11-15', '2027-02-15')
    expect(effect('2026-10-15', '2027-06-01')).toMatchObject({
      months: 1,
      before: { from: '2026-09', to: '2026-09', count: 1 },
      after: { from: '2026-11', to: '2026-11', count: 1 },
    })
    expect(effect('2026-09-15', '2027-06-01')).toEqual({ state: 'no_before' })
    complain('2024-01-15')
    expect(effect('2026-01-01', '2027-12-01')).toMatchObject({
      months: 12,
      before: { from: '2025-01', to: '2025-12' },
      after: { from: '2026-01', to: '2026-12' },
    })
  })

  it('counts the place it is for, and every place where it is for all', () => {
    complain('2026-09-15', '2026-11-15')
    const elsewhere = { categoryCode: 'A2', villageId: null, receivedAt: instantOf('2026-11-10', 9, 0) }
    fileCase(office.portal, elsewhere)
    fileCase(office.portal, { ...elsewhere, categoryCode: 'A1' })
    expect(effect('2026-10-15', '2026-12-01')).toMatchObject({ before: { count: 1 }, after: { count: 1 } })
    expect(effect('2026-10-15', '2026-12-01', null)).toMatchObject({ after: { count: 2 } })
  })
})

describe('what a difference says', () => {
  it.each([
    [0, 0, 'none'],
    [5, 0, 'few'],
    [1, 4, 'few'],
    [6, 0, 'clearly_less'],
    [0, 6, 'clearly_more'],
    [10, 10, 'same'],
    [10, 4, 'slightly_less'],
    [12, 3, 'clearly_less'],
    [3, 12, 'clearly_more'],
    [8, 9, 'slightly_more'],
  ] as const)('%i before and %i after: %s', (before, after, reading) => {
    expect(readingOf(before, after)).toBe(reading)
  })

  it('is told without praise where it may be chance, and with the season where it is not yet a year', () => {
    const window = (count: number) => ({ from: '2026-08', to: '2026-09', count })
    const words = (before: number, after: number, months: number) =>
      effectWords({
        ...{ state: 'counted', months, before: window(before), after: window(after) },
        reading: readingOf(before, after),
      }).text
    expect(words(3, 0, 2)).toContain('ยังสรุปผลของมาตรการไม่ได้')
    expect(words(10, 4, 2)).toMatch(/อาจเป็นเหตุบังเอิญ.*ฤดูกาล/)
    expect(words(20, 2, 2)).toBe('ลดลงชัดเจน (ยังไม่ครบปี ฤดูกาลอาจมีผล)')
    expect(words(20, 2, 12)).toBe('ลดลงชัดเจน')
  })
})
