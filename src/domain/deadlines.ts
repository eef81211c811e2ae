import { addDays, type CivilDate, daysBetween } from './civil-date.ts'
import type { Kind } from './vocabulary.ts'

export const COUNT_MODES = ['calendar', 'working'] as const
export type CountMode = (typeof COUNT_MODES)[number]

export interface DeadlinePolicy {
  /** Whole days the office gives itself; 15 in the plan. Counted as `countMode` says. */
  targetDays: number
  countMode: CountMode
  /** Whether a last day on which the office is closed moves to its next open day. */
  rollForward: boolean
}

/** Days on which the office is closed besides Saturdays and Sundays, with their names. */
export type Holidays = ReadonlyMap<CivilDate, string>

/** A day that was not counted, and why: the holiday's name, or null for a Saturday or Sunday. */
export interface SkippedDay {
  on: CivilDate
  name: string | null
  /** The clock stood still: the office waited for the complainant. */
  paused?: true
}

/** The clock stood still after the day it was stopped on, through the day it went on. */
export interface Pause {
  after: CivilDate
  through: CivilDate
}

/** How a due date came about, to be shown beside it so that anybody can count again. */
export interface DueWorking {
  /** The day of receipt, which is not counted. */
  dayZero: CivilDate
  countMode: CountMode
  targetDays: number
  /** In order; those after the last counted day were passed over by rolling forward. */
  skipped: SkippedDay[]
  /** The day on which counting ended: before `dueOn` where that was rolled forward. */
  lastCounted: CivilDate
  dueOn: CivilDate
}

export type Urgency = 'none' | 'ok' | 'near' | 'today' | 'overdue'

/** Saturday, Sunday, or a holiday of the list. */
export function isClosed(date: CivilDate, holidays: Holidays): boolean {
  return holidays.has(date) || isWeekend(date)
}

export function isWeekend(date: CivilDate): boolean {
  // 1970-01-03 was a Saturday.
  const day = (((daysBetween('1970-01-03', date) % 7) + 7) % 7) as number
  return day < 2
}

/** The first day from `date` on, itself included, on which the office is open. */
export function nextOpenDay(date: CivilDate, holidays: Holidays): CivilDate {
  let day = date
  while (isClosed(day, holidays)) day = addDays(day, 1)
  return day
}

/**
 * The last day on which the duty can be met. The day of receipt is not counted, and the last day counts
 * even on a holiday because the duty is an authority's (Administrative Procedure Act B.E. 2539, s.64),
 * unless the office has set that it rolls forward.
 */
export function dueDate(receivedOn: CivilDate, policy: DeadlinePolicy, holidays: Holidays): CivilDate {
  return dueWorking(receivedOn, policy, holidays).dueOn
}

export function dueWorking(
  receivedOn: CivilDate,
  policy: DeadlinePolicy,
  holidays: Holidays,
  pauses: readonly Pause[] = [],
): DueWorking {
  const { countMode, targetDays, rollForward } = policy
  if (!Number.isSafeInteger(targetDays) || targetDays < 1) {
    throw new RangeError(`target days must be a whole number from 1: ${targetDays}`)
  }
  const skipped: SkippedDay[] = []
  const reasonAgainst = (on: CivilDate, countsClosed: boolean): SkippedDay | undefined => {
    if (pauses.some(({ after, through }) => on > after && on <= through))
      return { on, name: null, paused: true }
    return countsClosed || !isClosed(on, holidays) ? undefined : { on, name: holidays.get(on) ?? null }
  }
  let day = receivedOn
  for (let counted = 0; counted < targetDays; ) {
    day = addDays(day, 1)
    const reason = reasonAgainst(day, countMode === 'calendar')
    if (reason) skipped.push(reason)
    else counted += 1
  }
  const lastCounted = day
  for (let reason = reasonAgainst(day, !rollForward); reason; reason = reasonAgainst(day, false)) {
    skipped.push(reason)
    day = addDays(day, 1)
  }
  // Stopped on its very last day, a clock is due on the day it goes on.
  const dueOn = pauses.reduce((due, { through }) => (through > due ? through : due), day)
  return { dayZero: receivedOn, countMode, targetDays, skipped, lastCounted, dueOn }
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
