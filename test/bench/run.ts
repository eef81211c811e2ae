import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { restClocks } from './clock-writer.ts'
import { benchFirstView, PUBLIC_PAGES } from './first-view.ts'
import { benchMadeAnew } from './made-anew.ts'
import { buildOffice, officeFolder, openOffice } from './office.ts'
import { benchOpenData } from './open-data.ts'
import { benchPages } from './pages.ts'
import { startBuiltPortal } from './processes.ts'
import { printResults, type Result } from './results.ts'
import { benchSearch } from './search.ts'
import { benchStartup } from './startup.ts'
import { benchIndicators, benchStatistics } from './statistics.ts'
import { benchSubmission } from './submission.ts'
import { benchTick } from './tick.ts'
import { openOfficePages } from './visitor.ts'

const HELP = `npm run bench -- [--cases N] [--small N] [--keep FOLDER] [--only PART,PART]
  --cases N      cases of the large office (default 1000000: builds for some minutes, 6 GB of disk, and as much again for a copy)
  --small N      cases of the small office it is compared with (default 1000)
  --keep FOLDER  builds the offices there once and uses them again the next time
  --only PARTS   of start, statistics, indicators, first-view, tick, anew, open-data, pages, search, submission`

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    small: { type: 'string', default: '1000' },
    keep: { type: 'string' },
    only: {
      type: 'string',
      default: 'start,statistics,indicators,first-view,tick,anew,open-data,pages,search,submission',
    },
    help: { type: 'boolean', default: false },
  },
})
const parts = new Set(values.only.split(','))
const sizes = { small: Number(values.small), large: Number(values.cases) }
if (values.help || !Object.values(sizes).every((size) => Number.isSafeInteger(size) && size >= 100)) {
  console.log(HELP)
  process.exit(values.help ? 0 : 1)
}

const kept = values.keep ? resolve(values.keep) : undefined
if (kept) mkdirSync(kept, { recursive: true })
const scratch = mkdtempSync(join(kept ?? tmpdir(), 'siang-bench-'))
const root = kept ?? scratch
try {
  await haveOffice(sizes.small)
  await haveOffice(sizes.large)
  const results = await measure()
  const { model = 'unknown processor' } = cpus()[0] ?? {}
  console.log(
    `\n${new Date().toISOString().slice(0, 10)}, node ${process.version}, ${cpus().length} x ${model}\n`,
  )
  printResults(results)
  process.exitCode = results.every(({ met }) => met) ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

async function haveOffice(size: number): Promise<void> {
  const folder = officeFolder(root, size)
  if (existsSync(join(folder, 'built'))) {
    const portal = openOffice(folder)
    restClocks(portal)
    portal.db.close()
    return
  }
  rmSync(folder, { recursive: true, force: true })
  const start = performance.now()
  await buildOffice(folder, size, (done) => {
    say(`building ${size.toLocaleString('en-US')} cases: ${Math.floor((100 * done) / size)} %`)
  })
  const megabytes = statSync(join(folder, 'portal.sqlite')).size / 1e6
  say(`built ${size.toLocaleString('en-US')} cases in ${seconds(start)} s, ${megabytes.toFixed(0)} MB\n`)
}

async function measure(): Promise<Result[]> {
  const results: Result[] = []
  const part = async (name: string, work: () => Promise<Result | Result[]>) => {
    if (!parts.has(name)) return
    const start = performance.now()
    say(`${name} ...`)
    results.push(...[await work()].flat())
    say(`${name}: ${seconds(start)} s\n`)
  }
  const largeFolder = officeFolder(root, sizes.large)
  await part('start', () => benchStartup(largeFolder, sizes.large, PUBLIC_PAGES))
  const server = await startBuiltPortal(largeFolder)
  await part('statistics', () => benchStatistics(server))
  await part('indicators', () => benchIndicators(server))
  await part('first-view', () => benchFirstView(server))
  await server.stop()
  await part('tick', () => benchTick(largeFolder, scratch, sizes.large))
  // Filing adds cases, which a small office would feel the next time.
  const smallFolder = join(scratch, 'small')
  cpSync(officeFolder(root, sizes.small), smallFolder, { recursive: true })
  const small = await openOfficePages(smallFolder, sizes.small)
  const large = await openOfficePages(largeFolder, sizes.large)
  await part('anew', () => benchMadeAnew(small, large))
  await part('open-data', () => benchOpenData(large.portal, large.size))
  await part('pages', () => benchPages(small, large))
  await part('search', () => benchSearch(large))
  for (const office of [small, large]) {
    await part('submission', () => benchSubmission(office.portal, scratch, office.size))
  }
  await small.close()
  await large.close()
  return results
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0)
}

function say(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : text.endsWith('\n') ? text : '')
}
