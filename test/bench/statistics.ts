import { requestsPerSecond, type Server, startBareServer } from './processes.ts'
import { percent, perSecond, type Result } from './results.ts'
import { median } from './timing.ts'

const FLOOR = 0.6
const ROUNDS = 12
const SECONDS = 1

/** The warm statistics page of the running portal and a bare Fastify route of the same size, in turns. */
export async function benchStatistics(portal: Server): Promise<Result> {
  const page = `${portal.url}/statistics`
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
    what: `Statistics page, warm, ${Math.round(body.byteLength / 1024)} KB`,
    budget: `>= ${percent(FLOOR)} of a bare Fastify route`,
    measured: `${perSecond(median(ours))} (bare ${perSecond(median(theirs))})`,
    ratio: percent(ratio),
    met: ratio >= FLOOR,
  }
}
