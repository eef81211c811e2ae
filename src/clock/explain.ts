import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import type { Database } from '#platform/database.ts'
import { findClock, runningClock, updateClock, writeCaseDates } from './clock-store.ts'
import { type Act, nextFireAt, note, resumeFrom, settleClock } from './settle.ts'

/**
 * The explanation has reached the complainant on `told`: only now does the date move that was promised. The
 * plan's own date stays, and so does a breach that came before.
 */
export function explainClock(
  db: Database,
  clockId: number,
  newDate: CivilDate,
  told: CivilDate,
  act: Act,
): void {
  const found = findClock(db, clockId)
  if (!found || found.verdict !== null) return
  const settled = settleClock(db, found, act.at)
  // Whoever explains does not wait for an answer any more.
  const clock = settled.pausedUntil === null ? settled : resumeFrom(db, settled, act.at, act)
  note(db, clock, act, { type: 'explained', detail: { on: told } })
  // A date that was over when it reached the complainant promises nothing.
  if (newDate < civilDateOf(act.at)) return
  note(db, clock, act, { type: 'extended', dueBefore: targetOf(clock), dueAfter: newDate })
  const dates = { promisedOn: newDate, explainedOn: clock.explainedOn ?? told, toldOn: told }
  updateClock(db, clock.id, { ...dates, nextFireAt: nextFireAt({ ...clock, ...dates }, act.at) })
  writeCaseDates(db, clock.caseId, { promisedOn: newDate })
}

/** The complainant was told in writing how the case stands: the next progress notice is counted from here. */
export function tellProgress(db: Database, caseId: number, on: CivilDate, act: Act): void {
  const running = runningClock(db, caseId)
  if (!running) return
  const clock = settleClock(db, running, act.at)
  if (clock.toldOn !== null && clock.toldOn >= on) return
  note(db, clock, act, { type: 'told', detail: { on } })
  updateClock(db, clock.id, { toldOn: on, nextFireAt: nextFireAt({ ...clock, toldOn: on }, act.at) })
}
