import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { monthsOf } from '#domain/fiscal-year.ts'
import { openPackedCases } from '#open-data/packed.ts'
import type { Portal } from '#settings/portal.ts'
import { ms, perSecond, type Result, times } from './results.ts'

const MOST_BLOCKED_MS = 50
const MOST_MEGABYTES = 64

/** A year's open data made anew, while the portal goes on. Beside it, the same rows read and nothing done with them. */
export async function benchOpenData(portal: Portal, size: number): Promise<Result[]> {
  const year = busiestYear(portal)
  const bare = readBare(portal, year)
  const before = process.memoryUsage().rss
  let most = before
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss)
  }, 5)
  const blocked = monitorEventLoopDelay({ resolution: 1 })
  blocked.enable()
  await pause(20)
  blocked.reset()
  const start = performance.now()
  const { gzip } = await openPackedCases(portal).get(year, 'csv')
  const spent = performance.now() - start
  await pause(20)
  blocked.disable()
  clearInterval(watch)
  const text = gunzipSync(gzip).toString()
  const rows = text.split('\r\n').length - 2
  if (rows !== bare.rows) throw new Error(`${bare.rows} cases were to be in the file, not ${rows}`)
  const of = `${year} with ${rows.toLocaleString('en-US')} of ${size.toLocaleString('en-US')} cases`
  const megabytes = (most - before) / 2 ** 20
  return [
    {
      what: `A year's CSV, ${of}`,
      budget: `never > ${MOST_BLOCKED_MS} ms at a time`,
      measured: `at most ${ms(blocked.max / 1e6)}, ${(spent / 1000).toFixed(1)} s, ${perSecond((1000 * rows) / spent)}`,
      ratio: `${times(spent / bare.ms)} bare reading`,
      met: blocked.max / 1e6 <= MOST_BLOCKED_MS,
    },
    {
      what: `Memory for that file, ${(text.length / 1e6).toFixed(1)} MB, ${(gzip.length / 1e6).toFixed(2)} MB packed`,
      budget: `< ${MOST_MEGABYTES} MB`,
      measured: `${megabytes.toFixed(0)} MB more`,
      ratio: '',
      met: megabytes < MOST_MEGABYTES,
    },
  ]
}

function busiestYear({ db }: Portal): number {
  const row = db.sqlite
    .prepare<[], { year: number }>(
      'select fiscal_year as year from cases group by fiscal_year order by count(*) desc limit 1',
    )
    .get()
  return row?.year ?? 2570
}

function readBare({ db }: Portal, year: number): { rows: number; ms: number } {
  const months = monthsOf(year)
  const start = performance.now()
  const { length } = db.sqlite
    .prepare(
      `select kind, category_group, category_code, received_on, channel, unit_id, village_id, status, finished_on,
         outcome, finding
       from cases where received_on between ? and ? and status not in ('merged', 'moved')`,
    )
    .all(`${months[0]}-01`, `${months[11]}-31`)
  return { rows: length, ms: performance.now() - start }
}
