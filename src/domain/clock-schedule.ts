import { addDays, type CivilDate, civilDateOf, daysBetween, instantOf, startOfDay } from './civil-date.ts'
import type { DeadlinePolicy } from './deadlines.ts'

/** The duties that a clock watches: to take the case up, and to solve it or explain. */
export const DUTIES = ['acknowledge', 'resolve'] as const
export type Duty = (typeof DUTIES)[number]

/** Whom a notice is meant for; who that is in a case is found when it is sent. */
export const AUDIENCES = ['officer', 'unit_head', 'centre', 'working_group', 'executive'] as const
export type NoticeAudience = (typeof AUDIENCES)[number]

/** A threshold: `daysLeft` is 3 three days before the date, 0 on it, -1 the day after it. */
export interface NoticeRule {
  daysLeft: number
  to: NoticeAudience[]
}

/** What a clock is run by: the settings of the day it was started, copied into it. */
export interface ClockPolicy extends DeadlinePolicy {
  notices: NoticeRule[]
  /** A progress notice to the citizen is due so many days after the due date, and again, while open. */
  progressDays: number
  /** Whether asking the citizen stops the clock until the answer, or until the day asked for. */
  pausesOnAsk: boolean
}

export const FIRING_KINDS = [
  'warn',
  'draft',
  'breach',
  'overdue',
  'progress',
  'progress_draft',
  'resume',
] as const
export type FiringKind = (typeof FIRING_KINDS)[number]

/** Something that happens to a clock at an instant, known beforehand. */
export interface Firing {
  kind: FiringKind
  /** Unique within the clock: what happened once for this date does not happen again. */
  mark: string
  at: Date
  /** Days left at that instant, for warnings and reminders of what is overdue. */
  daysLeft: number
  to: NoticeAudience[]
}

/** What the schedule is worked out from. */
export interface ClockFacts {
  duty: Duty
  dueOn: CivilDate
  /** The date the citizen was last told, once a delay was explained. */
  promisedOn: CivilDate | null
  /** The day on which the citizen was last told in writing how the case stands. */
  toldOn: CivilDate | null
  /** The last day of a pause; null while the clock runs. */
  pausedUntil: CivilDate | null
  /** Whether a date has passed unmet and unexplained; that happens once and stays. */
  breached: boolean
  policy: ClockPolicy
}

/** Noon of the last day: an unexplained case puts a draft before the unit head. */
const DRAFT_HOUR = 12

/** The date that counts now: the plan's, or the one the citizen was told since. */
export function targetOf({ dueOn, promisedOn }: Pick<ClockFacts, 'dueOn' | 'promisedOn'>): CivilDate {
  return promisedOn ?? dueOn
}

/** What happens from one instant to another, both included, in order. */
export function firingsBetween(facts: ClockFacts, from: Date, to: Date): Firing[] {
  return [...fixedFirings(facts), ...progressFirings(facts, from, to)]
    .filter(({ at }) => at >= from && at <= to)
    .sort(inOrder)
}

/** When the clock wants to be looked at next, from an instant on; null when nothing is ahead. */
export function nextFiringAt(facts: ClockFacts, from: Date): Date | null {
  const until = progressUntil(facts, from)
  const [first] = [...fixedFirings(facts), ...progressFirings(facts, from, until)]
    .filter(({ at }) => at >= from)
    .sort(inOrder)
  return first?.at ?? null
}

/** The first instant at which the clock wants to be looked at: where a new one begins. */
export function firstFiringAt(facts: ClockFacts): Date | null {
  const [first] = fixedFirings(facts).sort(inOrder)
  return first?.at ?? null
}

function fixedFirings(facts: ClockFacts): Firing[] {
  const { duty, pausedUntil, policy } = facts
  if (pausedUntil !== null) {
    const day = addDays(pausedUntil, 1)
    return [{ kind: 'resume', mark: `resume@${day}`, at: startOfDay(day), daysLeft: 0, to: [] }]
  }
  const target = targetOf(facts)
  const thresholds = policy.notices.map(({ daysLeft, to }): Firing => {
    const day = addDays(target, -daysLeft)
    const kind = daysLeft >= 0 ? 'warn' : 'overdue'
    return { kind, mark: `${kind}:${Math.abs(daysLeft)}@${target}`, at: startOfDay(day), daysLeft, to }
  })
  const breach: Firing = {
    ...{ kind: 'breach', mark: 'breach', at: startOfDay(addDays(target, 1)), daysLeft: -1, to: [] },
  }
  const common = facts.breached ? thresholds : [...thresholds, breach]
  if (duty === 'acknowledge') return common
  const draft: Firing = {
    ...{ kind: 'draft', mark: `draft@${target}`, at: instantOf(target, DRAFT_HOUR, 0) },
    ...{ daysLeft: 0, to: ['unit_head'] },
  }
  return [...common, draft]
}

/** Every so many days after the due date, counted anew from the day the citizen was last told. */
function progressFirings(facts: ClockFacts, from: Date, to: Date): Firing[] {
  if (facts.duty !== 'resolve' || facts.pausedUntil !== null) return []
  const { progressDays } = facts.policy
  const base = progressBase(facts)
  const found: Firing[] = []
  const behind = daysBetween(base, civilDateOf(from))
  for (let times = Math.max(1, Math.floor(behind / progressDays)); ; times += 1) {
    const day = addDays(base, times * progressDays)
    if (startOfDay(day) > to) return found
    const daysLeft = daysBetween(day, targetOf(facts))
    found.push({
      kind: 'progress',
      mark: `progress@${day}`,
      at: startOfDay(day),
      daysLeft,
      to: ['officer', 'unit_head'],
    })
    found.push({
      ...{ kind: 'progress_draft', mark: `progress_draft@${day}`, at: instantOf(day, DRAFT_HOUR, 0) },
      ...{ daysLeft, to: ['unit_head'] },
    })
  }
}

function progressBase({ dueOn, toldOn }: ClockFacts): CivilDate {
  return toldOn !== null && toldOn > dueOn ? toldOn : dueOn
}

/** Far enough for the next progress notice to be among what is looked at. */
function progressUntil(facts: ClockFacts, from: Date): Date {
  const base = progressBase(facts)
  const today = civilDateOf(from)
  return startOfDay(addDays(today > base ? today : base, facts.policy.progressDays + 1))
}

/** At the same instant: what is a fact before what is a reminder of it. */
function inOrder(a: Firing, b: Firing): number {
  const rank = (firing: Firing) => (firing.kind === 'breach' ? 0 : 1)
  return a.at.getTime() - b.at.getTime() || rank(a) - rank(b) || b.daysLeft - a.daysLeft
}
