import { type CivilDate, daysBetween } from './civil-date.ts'

export const CASE_STATUSES = [
  'submitted',
  'registered',
  'assigned',
  'in_progress',
  'need_info',
  'resolved',
  'closed',
  'not_accepted',
  'forwarded',
  'merged',
  'withdrawn',
  'moved',
] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

export const OPEN = ['submitted', 'registered', 'assigned', 'in_progress', 'need_info'] as const
export const FINISHED = ['resolved', 'closed', 'not_accepted', 'forwarded', 'withdrawn'] as const

export const CASE_ACTIONS = [
  'register',
  'assign',
  'accept',
  'return',
  'ask_info',
  'answer_info',
  'progress',
  'explain',
  'urge',
  'note',
  'forward',
  'conclude',
  'close',
  'reject',
  'merge',
  'change_category',
  'move_confidential',
  'withdraw',
  'reopen',
  'message',
] as const
export type CaseAction = (typeof CASE_ACTIONS)[number]

export interface CaseState {
  status: CaseStatus
  /** Reopened by the citizen and not yet accepted again by the unit. */
  reopenPending: boolean
}

export type PublicStage = 'in_progress' | 'finished' | 'uncounted'

/** Days after the result in which the citizen may reopen the case. */
export const REOPEN_DAYS = 30

type Moves = Partial<Record<CaseStatus, CaseStatus>>

const MOVES: Record<CaseAction, Moves> = {
  register: to('registered', ['submitted']),
  assign: to('assigned', OPEN),
  accept: to('in_progress', ['assigned']),
  return: to('registered', ['assigned']),
  ask_info: to('need_info', ['registered', 'assigned', 'in_progress']),
  answer_info: to('in_progress', ['need_info']),
  progress: unchanged(['in_progress', 'need_info']),
  explain: unchanged(OPEN),
  urge: unchanged(OPEN),
  note: unchanged(CASE_STATUSES.filter((status) => status !== 'moved')),
  forward: to('forwarded', ['registered', 'assigned', 'in_progress', 'need_info']),
  conclude: to('resolved', ['in_progress', 'need_info']),
  close: to('closed', ['resolved']),
  reject: to('not_accepted', OPEN),
  merge: to('merged', OPEN),
  change_category: unchanged(OPEN),
  // A complaint that was merged into another says what it says: it must be possible to move it as well.
  move_confidential: to('moved', [...OPEN, 'resolved', 'closed', 'merged']),
  withdraw: to('withdrawn', OPEN),
  reopen: to('in_progress', ['resolved', 'closed']),
  message: unchanged([...OPEN, 'resolved']),
}

/**
 * Still to be worked on. A merged case is neither open nor finished: it lives on under another number; a moved
 * one in the confidential register.
 */
export function isOpen(status: CaseStatus): boolean {
  return (OPEN as readonly CaseStatus[]).includes(status)
}

export function isFinished(status: CaseStatus): boolean {
  return (FINISHED as readonly CaseStatus[]).includes(status)
}

/**
 * Where published figures count the case; a merged one is counted once, under the case it was merged into, a
 * moved one in the confidential register's own figures.
 */
export function publicStage(status: CaseStatus): PublicStage {
  if (isOpen(status)) return 'in_progress'
  return isFinished(status) ? 'finished' : 'uncounted'
}

/**
 * The status after the action: the same one when the action leaves it, undefined when the action is not
 * allowed now. Who may act is `permissions.ts`; how long a case may be reopened is `mayReopen`.
 */
export function nextStatus(action: CaseAction, state: CaseState): CaseStatus | undefined {
  if (action === 'accept' && state.status === 'in_progress' && state.reopenPending) return 'in_progress'
  return MOVES[action][state.status]
}

/** Whether the citizen may still reopen: within 30 days of the result, whose own day is not counted. */
export function mayReopen(
  state: { status: CaseStatus; resolvedOn: CivilDate | null },
  today: CivilDate,
): boolean {
  if (MOVES.reopen[state.status] === undefined || state.resolvedOn === null) return false
  return daysBetween(state.resolvedOn, today) <= REOPEN_DAYS
}

function to(target: CaseStatus, from: readonly CaseStatus[]): Moves {
  return Object.fromEntries(from.map((status) => [status, target]))
}

function unchanged(statuses: readonly CaseStatus[]): Moves {
  return Object.fromEntries(statuses.map((status) => [status, status]))
}
