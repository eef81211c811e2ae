import type { FastifyBaseLogger } from 'fastify'
import { sweepLinks } from '#accounts/links.ts'
import { sweepSessions } from '#accounts/sessions.ts'
import { recordJobRun } from '#clock/clock-store.ts'
import { runRecalculations } from '#clock/recalculate.ts'
import { tick as tickClocks } from '#clock/tick.ts'
import { sweepDrafts } from '#complaints/draft-files.ts'
import { makeDraft } from '#complaints/draft-letter.ts'
import { mailHooks } from '#complaints/mail-outcome.ts'
import { sweepVisits } from '#complaints/tracking-session.ts'
import { civilDateOf, startOfDay } from '#domain/civil-date.ts'
import { deliverMail } from '#mail/deliver.ts'
import type { Portal } from '#settings/portal.ts'
import { recountJob } from '#statistics/recount.ts'
import { sweepAttempts } from '#web/throttle.ts'
import { runSealedJobs } from './sealed-wiring.ts'

export interface Jobs {
  /** No job begins any more; waits for those that are running. */
  stop(): Promise<void>
}

/** How much was done, by what; empty when there was nothing to do. */
export type Done = Record<string, number>

interface Job {
  /** Whether it is its turn, now and after it ran last (or the process started). */
  isDue(now: Date, lastRun: Date | undefined, started: Date): boolean
  run(portal: Portal, signal: AbortSignal, log: JobLog): Promise<Done>
}

export type JobLog = Pick<FastifyBaseLogger, 'error' | 'info'>

const MINUTE = 60_000
const TICK = 30_000

const every =
  (minutes: number): Job['isDue'] =>
  (now, lastRun) =>
    !lastRun || now.getTime() - lastRun.getTime() >= minutes * MINUTE

/**
 * Once a day, from two in the morning; where the machine is switched off at night, in the morning, but not
 * while people wait for the first page.
 */
const nightly: Job['isDue'] = (now, lastRun, started) => {
  const today = civilDateOf(now)
  const isNight = now.getTime() - startOfDay(today).getTime() >= 120 * MINUTE
  const settled = now.getTime() - started.getTime() >= 10 * MINUTE
  return isNight && settled && (!lastRun || civilDateOf(lastRun) < today)
}

/** The timetable. A job is derived from what is stored, so that running it twice does no harm. */
export const JOBS = {
  tick: { isDue: every(1), run: runTick },
  'deliver-mail': {
    isDue: every(0.5),
    run: async (portal, signal, log) => {
      const report = (mail: number, err: unknown) =>
        log.error({ job: 'deliver-mail', mail, err }, 'mail set aside')
      return { ...(await deliverMail(portal, { signal, hooks: mailHooks(portal), report })) }
    },
  },
  sweep: { isDue: every(60), run: sweep },
  confidential: {
    isDue: every(15),
    run: (portal, _signal, log): Promise<Done> => runSealedJobs(portal, log),
  },
  recount: {
    isDue: nightly,
    run: async (portal) => ({ differences: (await recountJob(portal)).differences.length }),
  },
} satisfies Record<string, Job>

export type JobName = keyof typeof JOBS

export const JOB_NAMES = Object.keys(JOBS) as JobName[]

/** Runs one job now, whatever its timetable says. */
export function runJob(portal: Portal, name: JobName, log: JobLog = SILENT): Promise<Done> {
  return JOBS[name].run(portal, new AbortController().signal, log)
}

const SILENT: JobLog = { error: () => undefined, info: () => undefined }

/**
 * Starts the timetable inside the process. A job never overlaps itself; one that fails is logged and comes
 * round again. `tick` is how often it looks at the clock, in milliseconds.
 */
export function startJobs(portal: Portal, log: JobLog, tick = TICK): Jobs {
  const started = portal.now()
  const lastRuns = new Map<JobName, Date>()
  const running = new Map<JobName, Promise<void>>()
  const stopping = new AbortController()

  const run = async (name: JobName) => {
    try {
      const done = await JOBS[name].run(portal, stopping.signal, log)
      if (Object.values(done).some((count) => count > 0)) log.info({ job: name, ...done }, 'job done')
    } catch (err) {
      log.error({ job: name, err }, 'job failed, will be tried again')
    } finally {
      running.delete(name)
    }
  }
  const look = () => {
    const now = portal.now()
    for (const name of JOB_NAMES) {
      if (running.has(name) || !JOBS[name].isDue(now, lastRuns.get(name), started)) continue
      lastRuns.set(name, now)
      running.set(name, run(name))
    }
  }
  const timer = setInterval(look, tick)
  // What fell due while the process was down is told at once.
  look()
  // The timetable alone keeps no process alive.
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await Promise.all(running.values())
    },
  }
}

/** Every clock whose time has come; the record that it was done is what `/readyz` goes by. */
async function runTick(portal: Portal, signal: AbortSignal, log: JobLog): Promise<Done> {
  const { db } = portal
  // A crash may have left a change of the calendar half done: nobody is judged by the dates of before.
  await runRecalculations(portal).catch((err) => log.error({ job: 'tick', err }, 'recalculation failed'))
  try {
    const done = await tickClocks(
      portal,
      {
        draft: (kind, clock, row, at) => makeDraft(portal, kind, clock, row, at),
        report: (clock, err) => log.error({ job: 'tick', clock, err }, 'clock set aside'),
      },
      signal,
    )
    recordJobRun(db, 'tick', { okAt: portal.now() })
    return { ...done }
  } catch (error) {
    recordJobRun(db, 'tick', { failedAt: portal.now(), error: String(error).slice(0, 500) })
    throw error
  }
}

/** Removes what has served its time: forms given up, sessions, visits, links and limits that have run out. */
async function sweep(portal: Portal): Promise<Done> {
  const dayAgo = new Date(portal.now().getTime() - 24 * 60 * MINUTE)
  let draftFiles = 0
  for (let removed = await sweepDrafts(portal); removed > 0; removed = await sweepDrafts(portal)) {
    draftFiles += removed
  }
  const incoming = await portal.files.sweepIncoming(dayAgo)
  sweepAttempts(portal)
  sweepSessions(portal)
  sweepVisits(portal)
  sweepLinks(portal)
  return { draftFiles, incoming }
}
