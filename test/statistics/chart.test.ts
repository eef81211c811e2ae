import { describe, expect, it } from 'vitest'
import { type Drawn, pairChart } from '#statistics/chart.ts'

const month = (name: string, received: number, finished: number): Drawn => ({
  name,
  counts: { received, finished },
})

describe('the chart of the months', () => {
  it('draws the largest number longest and the others in proportion', () => {
    const chart = pairChart([month('2026-10', 10, 40), month('2026-11', 0, 20)])
    const widths = chart.rows.map(({ bars }) => bars.map(({ width }) => width))
    expect(widths).toEqual([
      [14.5, 58],
      [0, 29],
    ])
  })

  it('draws no bar for a month that has not begun', () => {
    const chart = pairChart([month('2026-10', 1, 1), { name: '2026-11', counts: null }])
    expect(chart.rows[1]?.bars).toEqual([])
  })

  it('keeps every row and bar inside its height, one below the other', () => {
    const chart = pairChart([
      month('2026-10', 3, 1),
      { name: '2026-11', counts: null },
      month('2026-12', 2, 2),
    ])
    const bars = chart.rows.flatMap((row) => row.bars)
    const edges = bars.flatMap((bar) => [bar.top, bar.top + bar.height])
    expect(edges).toEqual([...edges].sort((a, b) => a - b))
    expect(edges.at(-1)).toBeLessThan(chart.height)
  })

  it('of a year without cases has bars without length', () => {
    const chart = pairChart([month('2026-10', 0, 0)])
    expect(chart.rows[0]?.bars.map(({ width, label }) => [width, label])).toEqual([
      [0, '0'],
      [0, '0'],
    ])
  })

  it('prints thousands with a separator', () => {
    expect(pairChart([month('2026-10', 8333, 0)]).rows[0]?.bars[0]?.label).toBe('8,333')
  })
})
