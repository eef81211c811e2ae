import { addDays, type CivilDate, daysBetween } from './civil-date.ts'
import type { Kind } from './vocabulary.ts'

export interface DeadlinePolicy {
  /** Whole days the office gives itself; 15 in the plan. */
  targetDays: number
  countMode: 'calendar'
}

/** How a due date came about, to be shown beside it so that anybody can count again. */
export interface DueWorking {
  /** The day of receipt, which is not counted. */
  dayZero: CivilDate
  countMode: DeadlinePolicy['countMode']
  targetDays: number
  dueOn: CivilDate
}

export type Urgency = 'none' | 'ok' | 'near' | 'today' | 'overdue'

/**
 * The last day on which the duty can be met. The day of receipt is not counted, and the last day counts
 * even on a holiday because the duty is an authority's (Administrative Procedure Act B.E. 2539, s.64).
 */
export function dueDate(receivedOn: CivilDate, policy: DeadlinePolicy): CivilDate {
  if (!Number.isSafeInteger(policy.targetDays) || policy.targetDays < 1) {
    throw new RangeError(`target days must be a whole number from 1: ${policy.targetDays}`)
  }
  return addDays(receivedOn, policy.targetDays)
}

export function dueWorking(receivedOn: CivilDate, policy: DeadlinePolicy): DueWorking {
  const { countMode, targetDays } = policy
  return { dayZero: receivedOn, countMode, targetDays, dueOn: dueDate(receivedOn, policy) }
}

/** 0 on the due day itself, negative from 00:00 of the day after it. */
export function daysLeft(dueOn: CivilDate, today: CivilDate): number {
  return daysBetween(today, dueOn)
}

/** How pressing a due date is; `nearDays` is the largest number of days left that already counts as near. */
export function urgency(dueOn: CivilDate | null, today: CivilDate, nearDays: number): Urgency {
  if (dueOn === null) return 'none'
  const left = daysLeft(dueOn, today)
  if (left < 0) return 'overdue'
  if (left === 0) return 'today'
  return left <= nearDays ? 'near' : 'ok'
}

/**
 * Whether the kind carries the duty to solve or explain in time: complaints by the office's plan
 * (project 19, measure 3.1), questions by the Good Governance Decree B.E. 2546, s.38.
 */
export function hasDuty(kind: Kind): boolean {
  return kind === 'complaint' || kind === 'question'
}

/** The days promised for a category: it may promise fewer than the office, never more. */
export function promisedDays(officeDays: number, categoryDays: number | null): number {
  return categoryDays === null ? officeDays : Math.min(officeDays, categoryDays)
}
