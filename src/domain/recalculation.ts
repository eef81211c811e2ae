import type { CivilDate } from './civil-date.ts'
import { type DeadlinePolicy, dueWorking, type Holidays, type Pause, type SkippedDay } from './deadlines.ts'

/** A clock that has not been stopped, as far as its date goes. */
export interface RunningClock {
  startedOn: CivilDate
  dueOn: CivilDate
  promisedOn: CivilDate | null
  /** The last day of a pause; null while the clock runs. */
  pausedUntil: CivilDate | null
  breached: boolean
  policy: DeadlinePolicy
  /** Pauses that are over. */
  pauses: readonly Pause[]
}

export interface Recount {
  dueOn: CivilDate
  policy: DeadlinePolicy
  skipped: SkippedDay[]
}

/**
 * Where a clock stands under the office's policy and holidays of today; null where it stays as it is.
 *
 * What was missed, what is over and what a citizen was told in a letter never moves. Holidays and the way of
 * counting move a date either way, but not before today: nobody could keep a date that is over. The days
 * promised only ever become fewer, so that no category and no setting of days makes a citizen wait longer. A
 * clock that stands still takes over the policy and follows it when it goes on.
 * @param office the days promised for its duty and category today, and the way of counting
 * @param count where many clocks are counted, one that remembers what it counted before
 */
export function recount(
  clock: RunningClock,
  office: DeadlinePolicy,
  holidays: Holidays,
  today: CivilDate,
  count = dueWorking,
): Recount | null {
  if (clock.breached || clock.promisedOn !== null) return null
  const { countMode, rollForward } = office
  const targetDays = Math.min(clock.policy.targetDays, office.targetDays)
  const policy = { targetDays, countMode, rollForward }
  const working = count(clock.startedOn, policy, holidays, clock.pauses)
  const { skipped } = working
  if (clock.pausedUntil !== null) {
    return isSame(clock.policy, policy) ? null : { dueOn: clock.dueOn, policy, skipped }
  }
  if (clock.dueOn < today) return null
  const dueOn = working.dueOn < today ? today : working.dueOn
  return dueOn === clock.dueOn ? null : { dueOn, policy, skipped }
}

function isSame(a: DeadlinePolicy, b: DeadlinePolicy): boolean {
  return a.targetDays === b.targetDays && a.countMode === b.countMode && a.rollForward === b.rollForward
}
