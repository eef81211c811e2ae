import { describe, expect, it } from 'vitest'
import { type MonthTotal, yearFigures, yearsCovered } from '#statistics/figures.ts'

const total = (
  month: string,
  received: number,
  finished: number,
  rest: Partial<MonthTotal> = {},
): MonthTotal => ({ month, kind: 'complaint', categoryGroup: 'A', received, finished, ...rest })

const HISTORY: MonthTotal[] = [
  total('2025-11', 5, 1),
  total('2026-08', 10, 4),
  total('2026-09', 3, 6),
  total('2026-10', 7, 2),
  total('2026-10', 1, 0, { categoryGroup: 'E' }),
  total('2026-10', 9, 9, { kind: 'request', categoryGroup: 'A' }),
  total('2026-11', 4, 10),
  total('2026-12', 100, 100),
]

describe('the figures of a fiscal year', () => {
  const figures = yearFigures(HISTORY, 2570, '2026-11-16', ['A', 'B'])

  it('bring forward what was not finished when the year began', () => {
    expect(figures.year).toEqual({ broughtForward: 7, received: 12, finished: 12, inProgress: 7 })
  })

  it('run from month to month, each beginning where the last one ended', () => {
    expect(figures.months[0]).toEqual({
      month: '2026-10',
      balance: { broughtForward: 7, received: 8, finished: 2, inProgress: 13 },
    })
    expect(figures.months[1]).toEqual({
      month: '2026-11',
      balance: { broughtForward: 13, received: 4, finished: 10, inProgress: 7 },
    })
  })

  it('know nothing of months that have not begun, and do not count them', () => {
    expect(figures.months).toHaveLength(12)
    expect(figures.months.slice(2).every(({ balance }) => balance === null)).toBe(true)
  })

  it('show a month without cases as zeros', () => {
    const quiet = yearFigures([], 2570, '2027-01-05', [])
    expect(quiet.months.map(({ balance }) => balance?.received)).toEqual([
      0,
      0,
      0,
      0,
      ...Array.from({ length: 8 }, () => undefined),
    ])
  })

  it('list the groups in the given order, empty ones too, and one that is not in the list after them', () => {
    expect(figures.groups.map(({ group }) => group)).toEqual(['A', 'B', 'E'])
    const received = figures.groups.reduce((sum, { balance }) => sum + balance.received, 0)
    expect(received).toBe(figures.year.received)
  })

  it('leave out an unlisted group that had nothing in the year', () => {
    const over = [total('2024-01', 2, 2, { categoryGroup: 'Z' })]
    expect(yearFigures(over, 2570, '2026-11-16', ['A']).groups.map(({ group }) => group)).toEqual(['A'])
  })

  it('never add another kind to the complaints', () => {
    expect(figures.otherKinds).toEqual([
      { kind: 'request', balance: { broughtForward: 0, received: 9, finished: 9, inProgress: 0 } },
      { kind: 'question', balance: { broughtForward: 0, received: 0, finished: 0, inProgress: 0 } },
      { kind: 'suggestion', balance: { broughtForward: 0, received: 0, finished: 0, inProgress: 0 } },
      { kind: 'praise', balance: { broughtForward: 0, received: 0, finished: 0, inProgress: 0 } },
    ])
  })

  it('of a year that is over count its twelve months and say its last day', () => {
    const past = yearFigures(HISTORY, 2569, '2026-11-16', ['A'])
    expect(past.countedTo).toBe('2026-09-30')
    expect(past.year).toEqual({ broughtForward: 0, received: 18, finished: 11, inProgress: 7 })
    expect(past.months.every(({ balance }) => balance !== null)).toBe(true)
  })
})

describe('the years that are covered', () => {
  it('run without a gap from the first case to the present year', () => {
    expect(yearsCovered([total('2024-12', 1, 1), total('2026-10', 1, 0)], '2026-11-16')).toEqual([
      2570, 2569, 2568,
    ])
  })

  it('are the present year alone in a new office', () => {
    expect(yearsCovered([], '2026-09-30')).toEqual([2569])
    expect(yearsCovered([], '2026-10-01')).toEqual([2570])
  })

  it('do not begin with a month whose cases were all moved elsewhere', () => {
    expect(yearsCovered([total('2020-01', 0, 0)], '2026-11-16')).toEqual([2570])
  })
})
