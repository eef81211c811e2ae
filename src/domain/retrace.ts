import { addDays, type CivilDate } from './civil-date.ts'
import type { DeadlinePolicy, DueWorking, SkippedDay } from './deadlines.ts'

/** A clock as it was stored, with the policy and the closed days of its own day. */
export interface StoredCount {
  startedOn: CivilDate
  dueOn: CivilDate
  policy: DeadlinePolicy
  skipped: readonly SkippedDay[]
}

/**
 * The working of a date that was worked out before. It is read from what the clock itself keeps: today's
 * holidays would tell of days that nobody knew of then. Where the date was moved by something other than
 * counting (brought forward to today, say), `dueOn` is neither `lastCounted` nor what rolling forward gives.
 */
export function retrace({ startedOn, dueOn, policy, skipped }: StoredCount): DueWorking {
  const { countMode, targetDays, rollForward } = policy
  const reasons = new Map(skipped.map((day) => [day.on, day]))
  const passed: SkippedDay[] = []
  let day = startedOn
  for (let counted = 0; counted < targetDays; ) {
    day = addDays(day, 1)
    const reason = reasons.get(day)
    if (reason && (countMode === 'working' || reason.paused)) passed.push(reason)
    else counted += 1
  }
  const lastCounted = day
  for (let reason = reasons.get(day); rollForward && reason && day < dueOn; reason = reasons.get(day)) {
    passed.push(reason)
    day = addDays(day, 1)
  }
  return { dayZero: startedOn, countMode, targetDays, skipped: passed, lastCounted, dueOn }
}
