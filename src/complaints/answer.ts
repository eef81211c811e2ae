import { resumeClock } from '#clock/pause.ts'
import type { Portal } from '#settings/portal.ts'
import { CITIZEN, type CitizenAct, type CitizenAction, statusAfterCitizen } from './citizen-act.ts'
import { type DraftFile, moveDraftsToCase } from './draft-files-store.ts'
import { recordEvent } from './history-store.ts'
import { type Case, updateCase } from './store.ts'

/** While the officer waits for an answer, whatever the citizen writes is the answer. */
export const writingAction = (row: Pick<Case, 'status'>): CitizenAction =>
  row.status === 'need_info' ? 'answer_info' : 'message'

/** The citizen writes to the officer; an answer that was waited for lets the work go on. */
export function writeToOfficer(
  portal: Pick<Portal, 'db' | 'now'>,
  act: CitizenAct,
  drafts: readonly DraftFile[],
): void {
  const { row, text } = act
  const action = writingAction(row)
  const status = statusAfterCitizen(action, act)
  const at = portal.now()
  portal.db.inTransaction(() => {
    updateCase(portal.db, row, { status }, at)
    const eventId = recordEvent(portal.db, {
      ...{ caseId: row.id, at, type: action, actor: CITIZEN, audience: 'public', text },
      ...(status !== row.status && { before: { status: row.status }, after: { status } }),
    })
    if (action === 'answer_info') resumeClock(portal.db, row.id, { at, actor: CITIZEN })
    moveDraftsToCase(portal.db, drafts, {
      ...{ caseId: row.id, eventId },
      ...{ uploadedBy: 'citizen', audience: 'public' },
    })
  })
}
