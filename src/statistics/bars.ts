/** A part of a lying bar, in percent of the width there is. */
export interface Segment {
  from: number
  width: number
}

/** The values one behind the other, so that `whole` would fill the width. */
export function segments(values: readonly number[], whole: number): Segment[] {
  let passed = 0
  return values.map((value) => {
    const from = percentOf(passed, whole)
    passed += value
    return { from, width: percentOf(value, whole) }
  })
}

/** Leaves room for the number right of the longest bar. */
const LONGEST_PERCENT = 74

/** Bars below one another, and the line that they are measured by. */
export function barsWithLimit(values: readonly number[], limit: number): { widths: number[]; limit: number } {
  const longest = Math.max(limit, ...values)
  const scaled = (value: number) => percentOf(value * LONGEST_PERCENT, longest * 100)
  return { widths: values.map(scaled), limit: scaled(limit) }
}

const percentOf = (value: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((value / whole) * 10_000) / 100
