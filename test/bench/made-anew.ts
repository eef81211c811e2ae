import { ms, type Result, times } from './results.ts'
import { Times } from './timing.ts'
import type { OpenOffice } from './visitor.ts'

const MOST_RATIO = 1.5
const WARM_UP = 5
const ROUNDS = 40

const PAGES: readonly (readonly [string, string])[] = [
  ['Statistics page', '/statistics'],
  ['Statistics of a year', '/statistics/2569'],
  ['Indicators page', '/indicators'],
]

/**
 * Pages of figures after a figure has changed, when nothing of them is kept. Made of running totals, they may cost
 * more in a portal with more years behind it, but not in one with more cases: both offices are asked in turns, and
 * the large one has five times as many months.
 */
export async function benchMadeAnew(small: OpenOffice, large: OpenOffice): Promise<Result[]> {
  const results: Result[] = []
  for (const [name, path] of PAGES) {
    const sides = [small, large].map((office) => ({ office, spent: new Times() }))
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      for (const { office, spent } of sides) {
        office.portal.db.sqlite.exec('update figures_version set version = version + 1')
        const time = await office.read(path, '')
        if (round >= 0) spent.add(time)
      }
    }
    const [inSmall = Number.NaN, inLarge = Number.NaN] = sides.map(({ spent }) => spent.percentile(0.5))
    results.push({
      what: `${name}, made anew`,
      budget: `p50 <= ${MOST_RATIO} x`,
      measured: `p50 ${ms(inLarge)} (small ${ms(inSmall)})`,
      ratio: times(inLarge / inSmall),
      met: inLarge / inSmall <= MOST_RATIO,
    })
  }
  return results
}
