import type { Range } from './indicator-rules.ts'

/** The smallest number of corruption reports of one kind of conduct that is told; zero is told as well. */
export const LEAST_TOLD = 5

/** A number as it is told: `small` is one from 1 to 4, `withheld` any. */
export type Told = number | 'small' | 'withheld'

/**
 * The year's corruption reports by kind of conduct as they may be told beside their exact total. Small numbers
 * are masked. Where they could still be worked out (there is only one of them, or they are all 1, or all 4), the
 * whole list is withheld.
 *
 * Whoever knows this rule learns no more by it. What is told fixes which numbers are small and what they add up
 * to, and all numbers from 1 to 4 with that sum would be told alike: each of them can be at least two numbers.
 * A list that is withheld could have its numbers in any other order.
 *
 * It holds for everything that is worked out from this list alone, sums and verdicts too. It would not hold beside
 * a second list of the same year that was counted on another day.
 */
export function toldCounts(counts: readonly number[]): Told[] {
  const small = counts.filter(isSmall)
  const sum = small.reduce((total, count) => total + count, 0)
  const isOpen = small.length > 1 && sum > small.length && sum < small.length * (LEAST_TOLD - 1)
  if (small.length > 0 && !isOpen) return counts.map(() => 'withheld')
  return counts.map((count) => (isSmall(count) ? 'small' : count))
}

const isSmall = (count: number): boolean => count > 0 && count < LEAST_TOLD

/** What a number that is told can be, of a list with this total. */
export function rangeOf(told: Told, total: number): Range {
  if (told === 'small') return { least: 1, most: LEAST_TOLD - 1 }
  return told === 'withheld' ? { least: 0, most: total } : { least: told, most: told }
}
