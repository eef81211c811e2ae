import { formatNumber } from '#web/thai-format.ts'
import type { Balance, MonthFigures } from './figures.ts'

/**
 * A bar chart that is drawn with percentages across and pixels down, without a viewBox: it fills whatever
 * width it is given while its words keep the size of the page's text, on a phone as on a wide screen.
 */
export interface BarChart {
  height: number
  /** Where the first row begins. */
  top: number
  /** Where the bars begin, right of the months' names. */
  left: number
  rows: ChartRow[]
}

export interface ChartRow {
  month: string
  /** Middle of the row, where the month's name stands. */
  middle: number
  /** Top of the line that parts it from the row above. */
  top: number
  /** Empty for a month that has not begun. */
  bars: Bar[]
}

export interface Bar {
  series: 'received' | 'finished'
  value: number
  /** The value as printed. */
  label: string
  top: number
  /** Middle of the bar, where its number stands. */
  middle: number
  height: number
  /** Share of the chart's width in percent. */
  width: number
}

const LEGEND_HEIGHT = 44
const ROW_HEIGHT = 48
const EMPTY_ROW_HEIGHT = 34
const BAR_HEIGHT = 17
const GAP = 3
/** Leaves room for the month left of the longest bar and for its number right of it, 296 px in all. */
const LONGEST_PERCENT = 58
const LEFT = 76

/** Received and finished per month as pairs of lying bars, scaled to the largest of them. */
export function monthChart(months: readonly MonthFigures[]): BarChart {
  const largest = Math.max(
    1,
    ...months.flatMap(({ balance }) => (balance ? [balance.received, balance.finished] : [])),
  )
  let top = LEGEND_HEIGHT
  const rows = months.map(({ month, balance }) => {
    const height = balance ? ROW_HEIGHT : EMPTY_ROW_HEIGHT
    const row = { month, top, middle: top + height / 2, bars: balance ? pair(balance, top, largest) : [] }
    top += height
    return row
  })
  return { height: top, top: LEGEND_HEIGHT, left: LEFT, rows }
}

function pair(balance: Balance, top: number, largest: number): Bar[] {
  const first = top + (ROW_HEIGHT - 2 * BAR_HEIGHT - GAP) / 2
  return [
    bar('received', balance.received, first, largest),
    bar('finished', balance.finished, first + BAR_HEIGHT + GAP, largest),
  ]
}

function bar(series: Bar['series'], value: number, top: number, largest: number): Bar {
  return {
    series,
    value,
    label: formatNumber(value),
    top,
    middle: top + BAR_HEIGHT / 2,
    height: BAR_HEIGHT,
    width: Math.round((value / largest) * LONGEST_PERCENT * 100) / 100,
  }
}
