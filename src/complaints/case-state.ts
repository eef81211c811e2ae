import { type CaseStatus, nextStatus } from '#domain/case-status.ts'
import type { StaffAction } from '#domain/permissions.ts'
import type { Case } from './store.ts'

/** Reopened by the complainant and not taken up again by an officer. */
export function isReopenPending(row: Pick<Case, 'reopenedAt' | 'reopenAcceptedAt'>): boolean {
  return row.reopenedAt !== null && row.reopenAcceptedAt === null
}

/** The status that the action leads to; undefined when the case does not allow it now. */
export function statusAfter(action: StaffAction, row: Case): CaseStatus | undefined {
  // Without a due date there is no delay to explain and nothing to press for.
  if ((action === 'explain' || action === 'urge') && row.dueOn === null) return undefined
  return nextStatus(action, { status: row.status, reopenPending: isReopenPending(row) })
}
