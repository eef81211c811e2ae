import { type CaseStatus, nextStatus } from '#domain/case-status.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { isReopenPending } from './case-state.ts'
import type { Case } from './store.ts'
import { lastCitizenEvent } from './tracking-store.ts'

export type CitizenAction = 'message' | 'answer_info' | 'withdraw' | 'reopen'

/** What a citizen's verb needs: the case as it was loaded, and the version the page was made from. */
export interface CitizenAct {
  row: Case
  rev: number
  text: string | null
}

export const CITIZEN = { kind: 'citizen' } as const

/** @throws AppError conflict when the case has changed since the page was made, or no longer allows the act */
export function statusAfterCitizen(action: CitizenAction, { row, rev }: CitizenAct): CaseStatus {
  const status = allowedStatus(action, row)
  if (row.rev !== rev || status === undefined) throw new AppError('conflict', 'case_changed')
  return status
}

export function allowedStatus(action: CitizenAction, row: Case): CaseStatus | undefined {
  return nextStatus(action, { status: row.status, reopenPending: isReopenPending(row) })
}

/** Whether the very same thing was just done: a double click, or a page that was sent again. */
export function wasJustDone(
  portal: Pick<Portal, 'db' | 'now'>,
  actions: readonly CitizenAction[],
  { row, text }: Pick<CitizenAct, 'row' | 'text'>,
): boolean {
  const last = lastCitizenEvent(portal.db, row.id)
  if (!last || last.text !== text) return false
  const isRecent = portal.now().getTime() - last.at.getTime() < 10 * 60_000
  return isRecent && actions.some((action) => action === last.type)
}
