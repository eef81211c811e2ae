import { formatNumber } from '#web/thai-format.ts'

/** A number on a ground that is darker the larger it is; the number itself is always there to be read. */
export interface HeatCell {
  count: number
  text: string
  /** 0 for nothing, else 1 to 4. */
  shade: number
}

const SHADES = 4
/** Where even the largest number is smaller, none of them is dark. */
const LEAST_DARK = 4

export function heatCell(count: number, largest: number): HeatCell {
  const shade = count === 0 ? 0 : Math.max(1, Math.ceil((count / Math.max(LEAST_DARK, largest)) * SHADES))
  return { count, text: count === 0 ? '–' : formatNumber(count), shade }
}
