import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import type { Database } from '#platform/database.ts'
import { runningClock, updateClock } from './clock-store.ts'
import { type Act, nextFireAt, note, resumeFrom, settleClock } from './settle.ts'

/**
 * The office asked the complainant, and its policy lets the clock wait: until the answer, or until the day
 * asked for has passed, because a case that nobody answers must not rest for ever. A clock past its date, or
 * one whose delay was explained, runs on.
 */
export function pauseClock(db: Database, caseId: number, until: CivilDate, act: Act): void {
  const running = runningClock(db, caseId)
  if (!running?.policy.pausesOnAsk) return
  const clock = settleClock(db, running, act.at)
  const on = civilDateOf(act.at)
  if (clock.pausedUntil !== null || clock.promisedOn !== null || clock.breachedAt !== null) return
  note(db, clock, act, { type: 'paused', detail: { on, until } })
  const paused = { ...clock, pausedOn: on, pausedUntil: until }
  updateClock(db, clock.id, { pausedOn: on, pausedUntil: until, nextFireAt: nextFireAt(paused, act.at) })
}

/** The answer came, or the work goes on without it. */
export function resumeClock(db: Database, caseId: number, act: Act): void {
  const running = runningClock(db, caseId)
  if (!running || running.pausedUntil === null) return
  const clock = settleClock(db, running, act.at)
  if (clock.pausedUntil !== null) resumeFrom(db, clock, act.at, act)
}
