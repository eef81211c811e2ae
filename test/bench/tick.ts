import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { resolvePolicy, startClock } from '#clock/clocks.ts'
import { CLOCKWORK } from '#clock/settle.ts'
import { addDays, type CivilDate, instantOf, startOfDay } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { runJob } from '../../src/jobs.ts'
import { BENCH_NOW, openOffice } from './office.ts'
import { ms, type Result, times } from './results.ts'

const FIRING = 5_000
const MOST_SECONDS = 3
const MOST_BLOCKED_MS = 50
const TODAY: CivilDate = '2026-11-16'
const YESTERDAY = addDays(TODAY, -1)

/** Days from today to the due date, and when the clock has waited since; one of each in turn. */
const DUE = [
  { days: 3, since: startOfDay(TODAY) },
  { days: 1, since: startOfDay(TODAY) },
  { days: 0, since: startOfDay(TODAY) },
  // A breach and the reminder of the day after.
  { days: -1, since: startOfDay(TODAY) },
  // The same, with the draft at noon before it.
  { days: -1, since: instantOf(YESTERDAY, 12, 0) },
]

/**
 * One tick as the timetable runs it, on a copy of the office in which thousands of reopened cases come near
 * their date on the same day. Beside it, the rows that it wrote, written by bare better-sqlite3.
 */
export async function benchTick(folder: string, scratch: string, size: number): Promise<Result[]> {
  const portal = openCopy(folder, join(scratch, 'tick'))
  const firing = makeDue(portal, Math.min(FIRING, size / 2))
  const before = rowsWritten(portal)
  const blocked = monitorEventLoopDelay({ resolution: 1 })
  blocked.enable()
  await pause(20)
  blocked.reset()
  const start = performance.now()
  const done = await runJob(portal, 'tick')
  const spent = performance.now() - start
  await pause(20)
  blocked.disable()
  if (done.fired !== firing) throw new Error(`${firing} clocks were to fire: ${JSON.stringify(done)}`)
  const rows = rowsWritten(portal) - before
  portal.db.close()
  const bare = await writeBare(join(scratch, `bare-tick-${process.pid}.sqlite`), rows)
  const longest = blocked.max / 1e6
  const of = `${firing.toLocaleString('en-US')} of ${size.toLocaleString('en-US')} cases`
  return [
    {
      what: `Clock tick, ${of} fire`,
      budget: `< ${MOST_SECONDS} s`,
      measured: `${seconds(spent)} (bare ${seconds(bare)} for the same ${rows.toLocaleString('en-US')} rows)`,
      ratio: times(spent / bare),
      met: spent < 1000 * MOST_SECONDS,
    },
    {
      what: `Event loop held up by that tick, ${of}`,
      budget: `never > ${MOST_BLOCKED_MS} ms`,
      measured: `at most ${ms(longest)}, p99 ${ms(blocked.percentile(99) / 1e6)}`,
      ratio: '',
      met: longest <= MOST_BLOCKED_MS,
    },
  ]
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`

function openCopy(folder: string, copy: string): Portal {
  mkdirSync(copy, { recursive: true })
  for (const name of ['portal.sqlite', 'keys'])
    cpSync(join(folder, name), join(copy, name), { recursive: true })
  const portal = openOffice(copy)
  portal.db.sqlite.exec("update staff set email = username || '@mueangmai.example'")
  return portal
}

/** The cases received last are open again, and due about now. Returns how many clocks will fire. */
function makeDue({ db, settings }: Portal, count: number): number {
  const cases = db.sqlite
    .prepare<[number], number>(
      `select case_id from case_clocks where duty = 'resolve' and verdict in ('met', 'late')
        order by id desc limit ?`,
    )
    .pluck()
    .all(count)
  const wait = db.sqlite.prepare(
    `update case_clocks set next_fire_at = ? where case_id = ? and duty = 'resolve' and round = 2`,
  )
  const policy = resolvePolicy(settings, null)
  const act = { at: BENCH_NOW, actor: CLOCKWORK }
  db.inTransaction(() => {
    cases.forEach((caseId, index) => {
      const { days, since } = DUE[index % DUE.length] ?? { days: 0, since: BENCH_NOW }
      const startedOn = addDays(TODAY, days - policy.targetDays)
      const clock = { caseId, duty: 'resolve', round: 2, startedOn, policy } as const
      startClock(db, { ...clock, holidays: settings.holidays() }, act)
      wait.run(since.getTime(), caseId)
    })
  })
  return cases.length
}

const WRITTEN = ['clock_events', 'notices', 'audit_lines', 'letters', 'outbox']

function rowsWritten({ db }: Portal): number {
  const counts = WRITTEN.map((table) =>
    db.sqlite.prepare<[], number>(`select max(rowid) from ${table}`).pluck().get(),
  )
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

/** So many rows as durably, in slices of the same length with the same pauses between them. */
async function writeBare(file: string, rows: number): Promise<number> {
  const sqlite = new Sqlite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.exec('create table a (id integer primary key, case_id integer, text text)')
  const insert = sqlite.prepare('insert into a (case_id, text) values (?, ?)')
  const text = 'ระบบติดตามกำหนด '.repeat(8)
  let written = 0
  const slice = sqlite.transaction(() => {
    for (const until = performance.now() + 10; written < rows && performance.now() < until; written += 1) {
      insert.run(written, text)
    }
  })
  const start = performance.now()
  while (written < rows) {
    slice.immediate()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const spent = performance.now() - start
  sqlite.close()
  return spent
}
