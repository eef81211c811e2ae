import { addDays } from '#domain/civil-date.ts'
import { fiscalYearOf, halfOf } from '#domain/fiscal-year.ts'
import { SEALED_DUTIES, type SealedOutcome, type SealedStatus } from '#domain/sealed-status.ts'
import type { Act } from './act.ts'
import type { NoteBody } from './bodies.ts'
import { readChannel } from './channel-store.ts'
import type { Desk } from './desk.ts'
import { type CountedOutcome, countOutcome, countReport } from './figures-store.ts'
import { notesOf, type OpenedReport } from './open-report.ts'
import { meetDuties } from './report-store.ts'

export interface End {
  outcome: SealedOutcome
  finding: NonNullable<NoteBody['finding']>
  isCase: boolean
}

/**
 * The office's own work on a report is over: it counts as finished on the day it first was, with one outcome,
 * has no open duties any more and is to be destroyed when its time has passed.
 */
export function finish(
  desk: Desk,
  status: () => SealedStatus,
  end: End,
): Required<Pick<Act, 'note' | 'change'>> {
  const { sealed, opened, today } = desk
  const { report } = opened
  const on = report.finishedOn ?? today
  const { outcome, finding, isCase } = end
  // Since its acceptance every report has a kind of conduct.
  const conduct = opened.conduct || 'K9'
  const counted: CountedOutcome = { fiscalYear: fiscalYearOf(on), half: halfOf(on), conduct, outcome, isCase }
  return {
    note: { finding, counted },
    change: () => {
      takeOutcomeBack(desk)
      countOutcome(sealed.db, counted, 1, today)
      if (report.finishedOn === null) countReport(sealed.db, 'finished', on, 1, today)
      meetDuties(sealed.db, report.id, SEALED_DUTIES, today)
      const { keepDays } = readChannel(sealed.db).settings
      return {
        ...{ status: status(), outcome, finishedOn: on, destroyOn: addDays(today, keepDays) },
        ...{ pendingAction: null, pendingBy: null },
      }
    },
  }
}

/** What the figures hold of a finished report. */
export function countedOf({ report, messages }: OpenedReport): CountedOutcome | undefined {
  if (report.finishedOn === null) return undefined
  return notesOf(messages).findLast(({ counted }) => counted !== undefined)?.counted
}

/** The figures are detached: only the report itself knows what was counted of it. */
export function takeOutcomeBack({ sealed, opened, today }: Desk): void {
  const counted = countedOf(opened)
  if (counted) countOutcome(sealed.db, counted, -1, today)
}
