import { startBuiltPortal } from './processes.ts'
import { ms, type Result } from './results.ts'
import { median } from './timing.ts'

const STARTS = 5
const MOST_MEGABYTES = 200

/** Starts the built portal on an existing folder, and looks at its memory after it has served every public page. */
export async function benchStartup(
  dataDir: string,
  size: number,
  pages: readonly string[],
): Promise<Result[]> {
  const starts: number[] = []
  const resident: number[] = []
  for (let round = 0; round < STARTS; round += 1) {
    const server = await startBuiltPortal(dataDir)
    starts.push(server.startedInMs)
    for (let n = 0; n < 20; n += 1) {
      await Promise.all(pages.map(async (page) => (await fetch(server.url + page)).arrayBuffer()))
    }
    resident.push(server.residentMegabytes() ?? Number.NaN)
    await server.stop()
  }
  const memory = median(resident)
  const cases = `${size.toLocaleString('en-US')} cases`
  return [
    {
      what: `Start to first answer, ${cases}`,
      budget: '< 1 s',
      measured: ms(median(starts)),
      ratio: '',
      met: median(starts) < 1000,
    },
    {
      what: `Resident memory after ${20 * pages.length} pages, ${cases}`,
      budget: `< ${MOST_MEGABYTES} MB`,
      measured: Number.isNaN(memory) ? 'not told by this system' : `${memory.toFixed(0)} MB`,
      ratio: '',
      met: !(memory >= MOST_MEGABYTES),
    },
  ]
}
