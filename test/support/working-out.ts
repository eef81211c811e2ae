/*
 * An attack on published tables, by somebody who has nothing but what is shown: every number is known to lie
 * in a range, and parts add up to totals.
 */

/** What is known of a number: it is one of these, both included. */
export interface Known {
  least: number
  most: number
}

/** A claim of the table, by places in the list of all its numbers. */
export interface Sum {
  parts: number[]
  total: number
}

/** The number at a place when only one is possible; undefined when several are. */
export function workedOut(known: readonly Known[], sums: readonly Sum[], place: number): number | undefined {
  const value = solve(known, sums)?.[place]
  const own = known[place]
  if (value === undefined || !own) throw new Error('the table contradicts itself')
  const others = [
    { least: own.least, most: value - 1 },
    { least: value + 1, most: own.most },
  ]
  return others.some((other) => solve(known.with(place, other), sums)) ? undefined : value
}

/** Any numbers that agree with all that is known: every choice is tried until one does. */
function solve(known: readonly Known[], sums: readonly Sum[]): number[] | undefined {
  const found = narrowed(known, sums)
  const open = found ? narrowest(found) : -1
  const range = found?.[open]
  if (!found || !range) return found?.map(({ least }) => least)
  for (let value = range.least; value <= range.most; value += 1) {
    const solution = solve(found.with(open, { least: value, most: value }), sums)
    if (solution) return solution
  }
  return undefined
}

/** The place with the fewest values left to try; -1 where every number is known. */
function narrowest(known: readonly Known[]): number {
  let best = -1
  for (const [place, { least, most }] of known.entries()) {
    const chosen = known[best]
    if (least < most && (!chosen || most - least < chosen.most - chosen.least)) best = place
  }
  return best
}

/** Narrows the ranges by every sum until nothing changes; undefined where they contradict each other. */
function narrowed(known: readonly Known[], sums: readonly Sum[]): Known[] | undefined {
  const found = known.map((one) => ({ ...one }))
  const at = (place: number) => found[place] as Known
  let isChanged = true
  const narrow = (place: number, least: number, most: number) => {
    const one = at(place)
    if (least > one.least || most < one.most) isChanged = true
    one.least = Math.max(one.least, least)
    one.most = Math.min(one.most, most)
  }
  while (isChanged) {
    isChanged = false
    for (const { parts, total } of sums) {
      const least = parts.reduce((sum, part) => sum + at(part).least, 0)
      const most = parts.reduce((sum, part) => sum + at(part).most, 0)
      const whole = { ...at(total) }
      narrow(total, least, most)
      for (const part of parts) {
        const own = { ...at(part) }
        narrow(part, whole.least - (most - own.most), whole.most - (least - own.least))
      }
      if ([total, ...parts].some((place) => at(place).least > at(place).most)) return undefined
    }
  }
  return found
}
