import { AppError } from './errors.ts'

export const SEALED_STATUSES = [
  'received',
  'screening',
  'need_info',
  'inquiry',
  'referred',
  'action',
  'no_ground',
  'insufficient',
  'closed',
] as const
export type SealedStatus = (typeof SEALED_STATUSES)[number]

/** What an officer does that moves a report on. Nobody else does: the person who reports only writes. */
export const SEALED_ACTIONS = [
  'accept',
  'ask',
  'resume',
  'inquire',
  'refer',
  'find_grounds',
  'end_no_ground',
  'end_insufficient',
  'conclude',
  'reopen',
] as const
export type SealedAction = (typeof SEALED_ACTIONS)[number]

const AT_WORK: readonly SealedStatus[] = ['screening', 'need_info', 'inquiry']

const MOVES: Record<SealedAction, { from: readonly SealedStatus[]; to: SealedStatus }> = {
  accept: { from: ['received'], to: 'screening' },
  ask: { from: ['screening', 'inquiry'], to: 'need_info' },
  // Where the work goes on is known by whether fact-finding had begun: see `resumedStatus`.
  resume: { from: ['need_info'], to: 'screening' },
  inquire: { from: ['screening', 'need_info'], to: 'inquiry' },
  refer: { from: [...AT_WORK, 'action'], to: 'referred' },
  find_grounds: { from: AT_WORK, to: 'action' },
  end_no_ground: { from: AT_WORK, to: 'no_ground' },
  end_insufficient: { from: AT_WORK, to: 'insufficient' },
  conclude: { from: ['action', 'referred'], to: 'closed' },
  reopen: { from: ['referred', 'no_ground', 'insufficient', 'closed'], to: 'inquiry' },
}

/** Ending a report without result is never one person's decision. */
export const NEEDS_SECOND_OFFICER: readonly SealedAction[] = ['end_no_ground', 'end_insufficient']

/** The office's own work is over: what the figures count as finished. */
const FINISHED: readonly SealedStatus[] = ['referred', 'no_ground', 'insufficient', 'closed']

export function isFinished(status: SealedStatus): boolean {
  return FINISHED.includes(status)
}

export function sealedActionsFrom(status: SealedStatus): SealedAction[] {
  return SEALED_ACTIONS.filter((action) => MOVES[action].from.includes(status))
}

/** @throws AppError conflict `sealed_status` when the report is not where the action begins */
export function nextSealedStatus(
  status: SealedStatus,
  action: SealedAction,
  inquiryBegun = false,
): SealedStatus {
  if (!MOVES[action].from.includes(status)) throw new AppError('conflict', 'sealed_status')
  return action === 'resume' && inquiryBegun ? 'inquiry' : MOVES[action].to
}

/** Kinds of conduct K1 to K9 of the category tree; the plan's indicators are counted by them. */
export const CONDUCTS = ['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9'] as const
export type Conduct = (typeof CONDUCTS)[number]

/** How a report ended; the code stays in clear and tells nothing of whom or what it was about. */
export const SEALED_OUTCOMES = [
  'referred',
  'no_ground',
  'insufficient',
  'disciplinary',
  'prosecution',
  'corrected',
  'other',
] as const
export type SealedOutcome = (typeof SEALED_OUTCOMES)[number]

/** Bodies that a report can be referred to. */
export const COMPETENT_BODIES = ['nacc', 'pacc', 'district', 'police', 'other'] as const
export type CompetentBody = (typeof COMPETENT_BODIES)[number]

/** What a named officer can be, that a report may concern: such officers never get a key to it. */
export const INVOLVEMENTS = ['receiving', 'superior', 'chief'] as const
export type Involvement = (typeof INVOLVEMENTS)[number]

/** Duties of the office towards every report, each with a due date of its own. */
export const SEALED_DUTIES = ['acknowledge', 'check', 'inquire'] as const
export type SealedDuty = (typeof SEALED_DUTIES)[number]

/**
 * The register's series for an exclusion: reports that the same persons may not see are numbered apart, so
 * that no gap in the numbers tells an excluded officer that there is a report. '' for reports that all see.
 */
export function seriesOf(excluded: readonly Involvement[]): string {
  const bits = INVOLVEMENTS.reduce((sum, who, index) => sum + (excluded.includes(who) ? 2 ** index : 0), 0)
  return bits === 0 ? '' : (['ก', 'ข', 'ค', 'ง', 'จ', 'ฉ', 'ช'][bits - 1] ?? '')
}

/** The register number: 'ทจ 0001/2570', or 'ทจ.ก 0001/2570' in a series of its own. */
export function registerNumber(fiscalYear: number, series: string, seq: number): string {
  return `ทจ${series && `.${series}`} ${String(seq).padStart(4, '0')}/${fiscalYear}`
}
