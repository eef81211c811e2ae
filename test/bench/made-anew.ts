import { ms, type Result, times } from './results.ts'
import { Times } from './timing.ts'
import type { OpenOffice } from './visitor.ts'

const WARM_UP = 5
const ROUNDS = 40

const PAGES: readonly (readonly [string, string])[] = [
  ['Statistics page', '/statistics'],
  ['Statistics of a year', '/statistics/2569'],
  ['Indicators page', '/indicators'],
]

/**
 * Pages of figures after a figure has changed, when nothing of them is kept. Made of running totals, they may cost
 * more in a portal with more months behind it, but not in one with more cases: both offices are asked in turns, and
 * the large one may take as many times as long as it has months.
 */
export async function benchMadeAnew(small: OpenOffice, large: OpenOffice): Promise<Result[]> {
  const results: Result[] = []
  const months = monthsOf(large) / monthsOf(small)
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
      budget: `p50 <= ${times(months)}, as the months`,
      measured: `p50 ${ms(inLarge)} (small ${ms(inSmall)})`,
      ratio: times(inLarge / inSmall),
      met: inLarge / inSmall <= months,
    })
  }
  return results
}

const monthsOf = ({ portal }: OpenOffice): number =>
  Number(portal.db.sqlite.prepare('select count(distinct month) from figure_totals').pluck().get())
