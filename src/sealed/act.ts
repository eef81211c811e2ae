import { AppError } from '#domain/errors.ts'
import { type SealedAction, sealedActionsFrom } from '#domain/sealed-status.ts'
import { recordDeed } from './audit-store.ts'
import type { NoteAction, NoteBody } from './bodies.ts'
import type { Desk } from './desk.ts'
import { notesOf } from './open-report.ts'
import { changeReport, findReportFor, type Report } from './report-store.ts'
import { storeMessage } from './seal.ts'

/** What an officer does to a report, decided and not yet done. */
export interface Act {
  /** Nothing where it is only a note. */
  action?: NoteAction
  /** For the officers. */
  text: string
  note?: Partial<Omit<NoteBody, 'kind' | 'at' | 'officer' | 'action' | 'text'>>
  /** For who reports; '' where there is none. */
  answer?: string
  /**
   * Writes what belongs to it and returns the report's new columns, inside the transaction. Without it the
   * report stays as it is, and others may act on it at the same time.
   */
  change?: () => Partial<Report>
}

/**
 * Does it, wholly or not at all: the report, the sealed record of it, the words to who reports, the line of the
 * log. `rev` is the state of the report that it was decided for.
 * @throws AppError not_found when the officer has no key any more, conflict `stale_form`
 */
export function perform({ sealed, officer, opened, today }: Desk, act: Act, rev = opened.report.rev): void {
  const { db } = sealed
  const { action, text, note, answer, change } = act
  db.inTransaction(() => {
    const report = findReportFor(db, officer.id, opened.report.id)
    if (!report) throw new AppError('not_found', 'report')
    if (change) {
      if (report.rev !== rev) throw new AppError('conflict', 'stale_form')
      changeReport(db, report, change())
    }
    const at = sealed.now()
    storeMessage(sealed, report, 'note', {
      ...{ kind: 'note', at: at.toISOString(), officer: officer.displayName, text },
      ...(action && { action }),
      ...note,
    })
    if (answer) storeMessage(sealed, report, 'out', { kind: 'answer', day: today, text: answer })
    recordDeed(db, {
      ...{ at, actor: officer.displayName, action: `report.${action ?? 'note'}`, reportId: report.id },
    })
  })
}

/** The other half of a double click: this officer did exactly this since the form was opened. */
export function wasDone({ opened, officer }: Desk, act: Act, seen: number): boolean {
  const since = opened.messages.filter(({ position }) => position >= seen)
  const isNoted = notesOf(since).some(
    (note) => note.officer === officer.displayName && note.action === act.action && note.text === act.text,
  )
  const isSaid = since.some(({ body }) => body?.kind === 'answer' && body.text === act.answer)
  return isNoted && (isSaid || !act.answer)
}

/** Whether the report is where the action begins; while an end waits for a second officer, nothing else begins. */
export function isPossible({ opened: { report } }: Desk, action: SealedAction): boolean {
  return report.pendingAction === null && sealedActionsFrom(report.status).includes(action)
}
