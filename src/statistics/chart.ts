import { formatNumber } from '#web/thai-format.ts'

/**
 * A bar chart that is drawn with percentages across and pixels down, without a viewBox: it fills whatever
 * width it is given while its words keep the size of the page's text, on a phone as on a wide screen.
 */
export interface BarChart {
  height: number
  /** Where the first row begins. */
  top: number
  /** Where the bars begin, right of the rows' names. */
  left: number
  rows: ChartRow[]
}

export interface ChartRow {
  name: string
  /** Stands below the name, such as that the figures come from papers; the bars are then drawn dashed. */
  note: string | null
  /** Middle of the row, where the name stands. */
  middle: number
  /** Top of the line that parts it from the row above. */
  top: number
  /** Empty for a month that has not begun. */
  bars: Bar[]
}

/** What is drawn of a month or a year; null where nothing is known. */
export interface Drawn {
  name: string
  note?: string | undefined
  counts: { received: number; finished: number } | null
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
/** Leaves room for the name left of the longest bar and for its number right of it, 296 px in all. */
const LONGEST_PERCENT = 58
const LEFT = 76

/** Received and finished as pairs of lying bars, scaled to the largest of them. */
export function pairChart(
  drawn: readonly Drawn[],
  { left = LEFT, longest = LONGEST_PERCENT } = {},
): BarChart {
  const largest = Math.max(
    1,
    ...drawn.flatMap(({ counts }) => (counts ? [counts.received, counts.finished] : [])),
  )
  let top = LEGEND_HEIGHT
  const rows = drawn.map(({ name, note = null, counts }) => {
    const height = counts ? ROW_HEIGHT : EMPTY_ROW_HEIGHT
    const row = {
      name,
      note,
      top,
      middle: top + height / 2,
      bars: counts ? pair(counts, top, longest / largest) : [],
    }
    top += height
    return row
  })
  return { height: top, top: LEGEND_HEIGHT, left, rows }
}

function pair(counts: { received: number; finished: number }, top: number, scale: number): Bar[] {
  const first = top + (ROW_HEIGHT - 2 * BAR_HEIGHT - GAP) / 2
  return [
    bar('received', counts.received, first, scale),
    bar('finished', counts.finished, first + BAR_HEIGHT + GAP, scale),
  ]
}

function bar(series: Bar['series'], value: number, top: number, scale: number): Bar {
  return {
    series,
    value,
    label: formatNumber(value),
    top,
    middle: top + BAR_HEIGHT / 2,
    height: BAR_HEIGHT,
    width: Math.round(value * scale * 100) / 100,
  }
}
