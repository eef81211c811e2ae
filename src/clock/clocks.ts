import { actorColumns } from '#audit/record.ts'
import { type CivilDate, civilDateOf, instantOf } from '#domain/civil-date.ts'
import { type ClockFacts, type ClockPolicy, type Duty, firstFiringAt } from '#domain/clock-schedule.ts'
import { dueWorking, type Holidays, promisedDays } from '#domain/deadlines.ts'
import type { Database } from '#platform/database.ts'
import type { Settings } from '#settings/store.ts'
import {
  type CaseClock,
  holidaysIn,
  insertClock,
  recordClockEvent,
  runningClock,
  updateClock,
  writeCaseDates,
} from './clock-store.ts'
import { pausesOf } from './pauses-store.ts'
import { type Act, factsOf, note, settleClock } from './settle.ts'
import type { Verdict } from './tables.ts'

export interface NewClock {
  caseId: number
  duty: Duty
  round: number
  startedOn: CivilDate
  policy: ClockPolicy
  holidays: Holidays
  /** The day up to which the complainant counts as told; null where nobody has told anything yet. */
  toldOn?: CivilDate | null
}

type DeadlineSettings = Pick<Settings, 'deadlines'>

/** The policy of today for the duty to solve or explain, copied into each new clock. */
export function resolvePolicy(settings: DeadlineSettings, categoryDays: number | null): ClockPolicy {
  const { targetDays, countMode, rollForward, notices, progressDays, pausesOnAsk } = settings.deadlines()
  return {
    ...{ targetDays: promisedDays(targetDays, categoryDays), countMode, rollForward },
    ...{ notices, progressDays, pausesOnAsk },
  }
}

/** The policy of today for taking a case up: always in working days, and a matter of the complaint centre. */
export function acknowledgePolicy(settings: DeadlineSettings): ClockPolicy {
  const { ackDays, progressDays } = settings.deadlines()
  return {
    ...{ targetDays: ackDays, countMode: 'working', rollForward: false },
    notices: [
      { daysLeft: 0, to: ['centre'] },
      { daysLeft: -1, to: ['working_group'] },
    ],
    ...{ progressDays, pausesOnAsk: false },
  }
}

/** Starts a clock and returns its due date. Runs in the transaction of what causes it. */
export function startClock(db: Database, clock: NewClock, act: Act): CivilDate {
  const { caseId, duty, round, startedOn, policy, holidays, toldOn = null } = clock
  const { dueOn, skipped } = dueWorking(startedOn, policy, holidays)
  const facts: ClockFacts = {
    ...{ duty, dueOn, policy, promisedOn: null, toldOn, pausedUntil: null, breached: false },
  }
  const nextFireAt = firstFiringAt(facts)
  const id = insertClock(db, { caseId, duty, round, startedOn, dueOn, toldOn, policy, skipped, nextFireAt })
  recordClockEvent(db, {
    ...{ clockId: id, caseId, type: 'started', mark: 'started', dueAfter: dueOn, at: act.at },
    actorName: actorColumns(act.actor).actorName,
  })
  return dueOn
}

/** The case was taken up: it is with somebody. */
export function acknowledge(db: Database, caseId: number, act: Act): void {
  stopClock(db, caseId, 'acknowledge', 'done', act)
}

/**
 * Ends every running clock of the case: `done` the complainant is answered, `void` the duty goes on under
 * another number or was taken back. `on` is the day it ended, where that is not today.
 */
export function stopClocks(
  db: Database,
  caseId: number,
  outcome: 'done' | 'void',
  act: Act,
  on: CivilDate = civilDateOf(act.at),
): void {
  stopClock(db, caseId, 'acknowledge', outcome, act, on)
  stopClock(db, caseId, 'resolve', outcome, act, on)
}

function stopClock(
  db: Database,
  caseId: number,
  duty: Duty,
  outcome: 'done' | 'void',
  act: Act,
  on: CivilDate = civilDateOf(act.at),
): void {
  const running = runningClock(db, caseId, duty)
  if (!running) return
  // What ended on an earlier day, by a register of old, missed nothing that came after it.
  const until = on === civilDateOf(act.at) ? act.at : instantOf(on, 23, 59)
  const clock = settleClock(db, running, until, act.at)
  const verdict = verdictOf(clock, on, outcome)
  updateClock(db, clock.id, { stoppedOn: on, verdict, nextFireAt: null, pausedOn: null, pausedUntil: null })
  const type = verdict === 'explained' ? 'met' : verdict
  note(db, clock, act, { type, mark: 'stopped', detail: { on, verdict } })
}

/**
 * Makes the running clock end sooner, after a category that promises fewer days; never later, and never on a
 * day that is already over.
 */
export function advanceClock(
  db: Database,
  caseId: number,
  { dueOn, targetDays }: { dueOn: CivilDate; targetDays: number },
  reason: string,
  act: Act,
): void {
  const running = runningClock(db, caseId)
  if (!running) return
  const clock = settleClock(db, running, act.at)
  if (clock.breachedAt || clock.promisedOn || clock.pausedUntil || dueOn >= clock.dueOn) return
  note(db, clock, act, { type: 'recalculated', dueBefore: clock.dueOn, dueAfter: dueOn, detail: { reason } })
  const policy = { ...clock.policy, targetDays }
  const { skipped } = dueWorking(clock.startedOn, policy, holidaysIn(db), pausesOf(db, clock.id))
  const moved = { ...clock, dueOn, policy, skipped }
  // The thresholds that the nearer date has passed by are still to be told.
  updateClock(db, clock.id, { dueOn, policy, skipped, nextFireAt: firstFiringAt(factsOf(moved)) })
  writeCaseDates(db, caseId, { dueOn })
}

function verdictOf(clock: CaseClock, on: CivilDate, outcome: 'done' | 'void'): Verdict {
  // Nothing erases a breach: a merge or a withdrawal after the date is late as well.
  if (clock.breachedAt !== null) return 'late'
  if (outcome === 'void') return 'void'
  return on <= clock.dueOn ? 'met' : 'explained'
}
