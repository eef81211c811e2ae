import { type Actor, actorColumns, recordChange } from '#audit/record.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { type ClockFacts, type Firing, firingsBetween, nextFiringAt } from '#domain/clock-schedule.ts'
import { dueWorking } from '#domain/deadlines.ts'
import type { Database } from '#platform/database.ts'
import { type CaseClock, holidaysIn, recordClockEvent, updateClock, writeCaseDates } from './clock-store.ts'
import { pausesOf } from './pauses-store.ts'
import type { ClockEventType } from './tables.ts'

/** The portal's own hand, where nobody did it. */
export const CLOCKWORK: Actor = { kind: 'system', name: 'ระบบติดตามกำหนด' }

/** Who does something to a clock, and when it is. */
export interface Act {
  at: Date
  actor: Actor
}

interface Noted {
  type: ClockEventType
  mark?: string
  dueBefore?: CivilDate
  dueAfter?: CivilDate
  detail?: Record<string, unknown>
}

/**
 * The clock's event and, unless it is only a reminder passed over, its line in the audit trail. False where
 * its mark was written before: what happens once is not written twice.
 */
export function note(db: Database, clock: Pick<CaseClock, 'id' | 'caseId'>, act: Act, noted: Noted): boolean {
  const { type, mark = null, dueBefore = null, dueAfter = null, detail = null } = noted
  const { actorName } = actorColumns(act.actor)
  const common = { clockId: clock.id, caseId: clock.caseId, at: act.at, actorName }
  if (!recordClockEvent(db, { ...common, type, mark, dueBefore, dueAfter, detail })) return false
  if (type === 'superseded') return true
  recordChange(db, {
    ...{ at: act.at, actor: act.actor, action: `clock.${type}`, subject: `case:${clock.caseId}` },
    before: dueBefore && { dueOn: dueBefore },
    after: { clock: clock.id, ...(mark && { mark }), ...(dueAfter && { dueOn: dueAfter }), ...detail },
  })
  return true
}

export function factsOf(clock: CaseClock): ClockFacts {
  const { duty, dueOn, promisedOn, toldOn, pausedUntil, policy } = clock
  return { duty, dueOn, promisedOn, toldOn, pausedUntil, policy, breached: clock.breachedAt !== null }
}

/** When the clock, as it now stands, wants to be looked at after an instant at which all was settled. */
export function nextFireAt(clock: CaseClock, settledAt: Date): Date | null {
  return nextFiringAt(factsOf(clock), new Date(settledAt.getTime() + 1))
}

/**
 * Goes through everything that was to happen to the clock until an instant, in order: breaches and the ends
 * of pauses are written down, whatever else there is goes to `remind`. The result is the clock as it stands
 * afterwards; where it stands is written by the caller.
 */
export function catchUp(
  db: Database,
  clock: CaseClock,
  until: Date,
  at: Date,
  remind: (firing: Firing, clock: CaseClock) => void,
): CaseClock {
  let current = clock
  while (current.nextFireAt !== null && current.nextFireAt <= until) {
    const firings = firingsBetween(factsOf(current), current.nextFireAt, until)
    if (firings[0]?.kind === 'resume') {
      current = resumeFrom(db, current, firings[0].at, { at, actor: CLOCKWORK })
      continue
    }
    for (const firing of firings) {
      if (firing.kind !== 'breach') remind(firing, current)
      else current = breach(db, current, firing.at, at)
    }
    current = { ...current, nextFireAt: nextFireAt(current, until) }
  }
  return current
}

/**
 * Writes down what lies behind the clock without telling anybody. Done before a clock is stopped or its dates
 * move: whenever the tick last ran, nothing that happened is lost.
 */
export function settleClock(db: Database, clock: CaseClock, until: Date, at = until): CaseClock {
  const settled = catchUp(db, clock, until, at, ({ mark, kind }, current) => {
    note(db, current, { at, actor: CLOCKWORK }, { type: 'superseded', mark, detail: { kind } })
  })
  const { breachedAt, nextFireAt } = settled
  if (settled !== clock) updateClock(db, clock.id, { breachedAt, nextFireAt })
  return settled
}

/** A date passed without a result and without an explanation. Told once, and for ever. */
function breach(db: Database, clock: CaseClock, missedAt: Date, at: Date): CaseClock {
  const detail = { missedAt: missedAt.toISOString() }
  note(db, clock, { at, actor: CLOCKWORK }, { type: 'breached', mark: 'breach', detail })
  return { ...clock, breachedAt: missedAt }
}

/** Goes on with the days that were left when the clock was stopped: those in between are not counted. */
export function resumeFrom(db: Database, clock: CaseClock, resumedAt: Date, act: Act): CaseClock {
  const on = civilDateOf(resumedAt)
  const count = { ...countAfterPause(db, clock, on), pausedOn: null, pausedUntil: null }
  const { dueOn } = count
  note(db, clock, act, { type: 'resumed', dueBefore: clock.dueOn, dueAfter: dueOn, detail: { on } })
  const resumed = { ...clock, ...count }
  // Everything from the resumption on is still to come, also where that lies in the past.
  const next = nextFireAt(resumed, new Date(resumedAt.getTime() - 1))
  updateClock(db, clock.id, { ...count, nextFireAt: next })
  writeCaseDates(db, clock.caseId, { dueOn })
  return { ...resumed, nextFireAt: next }
}

function countAfterPause(
  db: Database,
  clock: CaseClock,
  on: CivilDate,
): Pick<CaseClock, 'dueOn' | 'skipped'> {
  const { startedOn, policy, pausedOn, dueOn, skipped } = clock
  if (pausedOn === null) return { dueOn, skipped }
  const pauses = [...pausesOf(db, clock.id), { after: pausedOn, through: on }]
  const working = dueWorking(startedOn, policy, holidaysIn(db), pauses)
  // Waiting makes nothing due sooner.
  return { dueOn: working.dueOn > dueOn ? working.dueOn : dueOn, skipped: working.skipped }
}
