import type { Figure } from './count-figure.ts'
import type { YearLine } from './figures.ts'

/**
 * The years of an indicator as lying bars, drawn as the chart of the statistics is: percentages across and pixels
 * down, so that it fills any width while its words keep their size.
 */
export interface Drawing {
  height: number
  left: number
  rows: DrawnYear[]
  /** In percent of the width; only where results are points or percent. */
  hasTargets: boolean
}

export interface DrawnYear {
  fiscalYear: number
  top: number
  middle: number
  bars: DrawnBar[]
}

export interface DrawnBar {
  /** Which of the series: the second one is drawn lighter. */
  series: number
  /** Null where no number is told: the words stand alone. */
  width: number | null
  target: number | null
  top: number
  middle: number
  height: number
  label: string
}

const LEFT = 52
const BAR_HEIGHT = 18
const GAP = 4
const PADDING = 8
/** Leaves room for the number, or a word in its place, right of the longest bar. */
const LONGEST_PERCENT = 55

/** `label` writes a figure beside its bar. Undefined where there is nothing to draw in any year. */
export function drawYears(
  years: readonly YearLine[],
  label: (figure: Figure) => string,
): Drawing | undefined {
  const figures = years.flatMap(({ series }) => series.map(({ now }) => now.shown))
  const numbers = figures.filter((shown) => typeof shown === 'number')
  if (numbers.length === 0) return undefined
  const targets = years.map(({ target }) => (target?.kind === 'least' ? target.value : null))
  const isScore = targets.some((target) => target !== null)
  const largest = isScore ? 100 : Math.max(1, ...numbers)
  const widthOf = (value: number) => Math.round((value / largest) * LONGEST_PERCENT * 100) / 100
  let top = 0
  const rows = years.map(({ fiscalYear, series }, index): DrawnYear => {
    const bars = Math.max(1, series.length)
    const height = 2 * PADDING + bars * BAR_HEIGHT + (bars - 1) * GAP
    const target = targets[index] ?? null
    const row = {
      ...{ fiscalYear, top, middle: top + height / 2 },
      bars: series.map(({ now }, place): DrawnBar => {
        const first = top + PADDING + place * (BAR_HEIGHT + GAP)
        return {
          series: place,
          width: typeof now.shown === 'number' ? widthOf(now.shown) : null,
          target: target === null ? null : widthOf(target),
          ...{ top: first, middle: first + BAR_HEIGHT / 2, height: BAR_HEIGHT },
          label: label(now),
        }
      }),
    }
    top += height
    return row
  })
  return { height: top, left: LEFT, rows, hasTargets: isScore }
}
