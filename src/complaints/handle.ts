import { viewerActor } from '#accounts/actor.ts'
import { acknowledge, advanceClock, stopClocks } from '#clock/clocks.ts'
import { endNotices } from '#clock/notice-store.ts'
import { pauseClock, resumeClock } from '#clock/pause.ts'
import type { Act } from '#clock/settle.ts'
import { isFinished, isOpen } from '#domain/case-status.ts'
import { AppError } from '#domain/errors.ts'
import type { StaffAction } from '#domain/permissions.ts'
import { dropOpenLetters } from '#letters/store.ts'
import type { CaseChange, Deed } from './action-form.ts'
import { isReopenPending, statusAfter } from './case-state.ts'
import { type DraftFile, moveDraftsToCase } from './draft-files-store.ts'
import { recordEvent } from './history-store.ts'
import { sendWords } from './send-words.ts'
import { type Case, updateCase } from './store.ts'

/** Columns told in the history; texts are left out because the event itself carries them. */
const TOLD = [
  'status',
  'unitId',
  'officerId',
  'categoryCode',
  'restricted',
  'dueOn',
  'outcome',
  'finding',
  'rejectReason',
  'otherBody',
  'mergedIntoId',
] as const

/**
 * Does what was decided, in one transaction: case, history, files, clock, letter and mail, all or nothing.
 * @throws AppError conflict when the case is no longer as it was read, or no longer allows the action
 */
export function performChange(
  deed: Deed,
  action: StaffAction,
  change: CaseChange,
  drafts: readonly DraftFile[] = [],
): void {
  const { row, now } = deed
  const { db } = deed.portal
  const actor = viewerActor(deed.viewer)
  const columns = columnsOf(deed, action, change)
  const { before, after } = told(row, columns)
  db.inTransaction(() => {
    // A note changes nothing that another could have changed in the meantime.
    if (action !== 'note') updateCase(db, row, columns, now)
    const common = { caseId: row.id, at: now, actor }
    const { audience, text } = change
    const eventId = recordEvent(db, {
      ...{ ...common, type: action, audience, text, before },
      after: { ...after, ...change.facts },
    })
    if (change.note) recordEvent(db, { ...common, type: 'note', audience: 'internal', text: change.note })
    moveDraftsToCase(db, drafts, { caseId: row.id, eventId, uploadedBy: 'staff', audience })
    turnClocks(deed, change, columns.status ?? row.status, { at: now, actor })
    sendWords(deed, action, change, eventId, { at: now, actor })
    change.also?.({ at: now, actor })
  })
}

/** What the change means to the clocks of the case. */
function turnClocks({ portal, row }: Deed, change: CaseChange, status: Case['status'], act: Act): void {
  const { db } = portal
  const { clock, facts } = change
  if (row.status === 'submitted' && status !== 'submitted') acknowledge(db, row.id, act)
  if (row.status === 'need_info' && status !== 'need_info') resumeClock(db, row.id, act)
  if (facts?.answerBy) pauseClock(db, row.id, facts.answerBy, act)
  if (typeof clock === 'object') advanceClock(db, row.id, clock, 'เปลี่ยนประเภทเรื่อง', act)
  else if (clock) stopClocks(db, row.id, clock, act)
  if (!isOpen(row.status) || isOpen(status)) return
  endNotices(db, row.id, act.at)
  dropOpenLetters(db, row.id)
}

/** The case as the change will leave it. */
export function caseAfter(deed: Deed, action: StaffAction, change: CaseChange): Case {
  return { ...deed.row, ...columnsOf(deed, action, change) }
}

function columnsOf({ row, now, today }: Deed, action: StaffAction, change: CaseChange): Partial<Case> {
  const status = statusAfter(action, row)
  if (!status) throw new AppError('conflict', 'not_allowed_now')
  return {
    ...change.columns,
    status,
    // Closing a case that was resolved finishes it no second time: the figures keep the first day.
    ...(isFinished(status) && !isFinished(row.status) && { finishedOn: today }),
    // Whatever an officer does first with a reopened case takes it up again.
    ...(isReopenPending(row) && { reopenAcceptedAt: now }),
  }
}

function told(
  row: Case,
  columns: Partial<Case>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const changed = TOLD.filter((column) => column in columns && columns[column] !== row[column])
  const of = (source: Partial<Case>) => Object.fromEntries(changed.map((column) => [column, source[column]]))
  return { before: of(row), after: of(columns) }
}
