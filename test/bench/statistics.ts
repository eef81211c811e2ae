import { requestsPerSecond, type Server, startBareServer } from './processes.ts'
import { percent, perSecond, type Result } from './results.ts'
import { median } from './timing.ts'

const FLOOR = 0.6
const ROUNDS = 12
const SECONDS = 1

/** Figures that are asked for over and over. */
const STATISTICS: readonly (readonly [string, string])[] = [
  ['Statistics page', '/statistics'],
  ['Statistics of a half-year', '/statistics/2569/h1'],
]
const INDICATORS: typeof STATISTICS = [['Indicators page', '/indicators']]

export const benchStatistics = (portal: Server): Promise<Result[]> => benchWarm(portal, STATISTICS)
export const benchIndicators = (portal: Server): Promise<Result[]> => benchWarm(portal, INDICATORS)

async function benchWarm(portal: Server, pages: typeof STATISTICS): Promise<Result[]> {
  const results: Result[] = []
  for (const [name, path] of pages) results.push(await benchPage(name, portal.url + path))
  return results
}

/** A warm page of the running portal and a bare Fastify route of the same size, in turns. */
async function benchPage(name: string, page: string): Promise<Result> {
  const body = await (await fetch(page, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer()
  const bare = await startBareServer(body.byteLength)
  await requestsPerSecond(page, 2)
  await requestsPerSecond(bare.url, 2)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await requestsPerSecond(page, SECONDS))
    theirs.push(await requestsPerSecond(bare.url, SECONDS))
  }
  await bare.stop()
  const ratio = median(ours.map((rate, round) => rate / (theirs[round] ?? Number.NaN)))
  return {
    what: `${name}, warm, ${Math.round(body.byteLength / 1024)} KB`,
    budget: `>= ${percent(FLOOR)} of a bare Fastify route`,
    measured: `${perSecond(median(ours))} (bare ${perSecond(median(theirs))})`,
    ratio: percent(ratio),
    met: ratio >= FLOOR,
  }
}
