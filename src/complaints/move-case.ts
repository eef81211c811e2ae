import { viewerActor } from '#accounts/actor.ts'
import { recordChange } from '#audit/record.ts'
import { stopClocks } from '#clock/clocks.ts'
import { resumeClock } from '#clock/pause.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import type { Viewer } from '#domain/permissions.ts'
import { eraseInTransaction, leaveNoRemains } from '#platform/erasing.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { preparedOnce } from '#platform/statements.ts'
import { turns } from '#platform/turns.ts'
import type { Portal } from '#settings/portal.ts'
import { statusAfter } from './case-state.ts'
import type { ConfidentialRegister, Excludable } from './confidential-register.ts'
import { endMove, eraseCase } from './erase-store.ts'
import { movedCase } from './moved-case.ts'
import {
  type CaseMove,
  caseOfMove,
  casesMergedInto,
  deleteMove,
  findMove,
  insertMove,
  openMoves,
} from './moves-store.ts'
import { purgeIndex } from './search-index.ts'
import { type Case, updateCase } from './store.ts'

/** Told of a case whose move has to wait, by its id and nothing else. */
export type Report = (caseId: number, error: unknown) => void

export interface MoveAct {
  /** As the mover saw it. */
  row: Case
  viewer: Viewer
  excluded: Excludable[]
}

/** One at a time: a press and the timetable must not take the same case there side by side. */
const turnsOf = preparedOnce(() => turns(1))

/** Lets whatever is being moved come to its end first. */
export const afterMoves = ({ db }: Pick<Portal, 'db'>): Promise<void> => turnsOf(db)(async () => undefined)

/**
 * Moves a case to the confidential register, with the cases that were merged into it. First nobody sees it any
 * more; once the register has it, everything here is erased. Interrupted anywhere in between, it is finished by
 * `finishMoves`.
 * @throws AppError conflict where the case is no longer as it was seen; unavailable where the register did not
 * take it, and then nothing has changed
 */
export async function moveCase(
  portal: Portal,
  confidential: ConfidentialRegister,
  act: MoveAct,
  report: Report,
): Promise<void> {
  await turnsOf(portal.db)(async () => {
    const ids = askMove(portal, act)
    const first = findMove(portal.db, act.row.id)
    if (!first) throw new Error(`case ${act.row.id} is not on its way`)
    try {
      await seal(portal, confidential, first)
    } catch (error) {
      report(act.row.id, error)
      takeBack(portal, ids, act.viewer)
      throw new AppError('unavailable', 'register')
    }
    eraseOrReport(portal, first, report)
    await finish(portal, confidential, report)
  })
}

/** Brings to their end all moves that were begun; tells how many have come there. For the timetable. */
export async function finishMoves(
  portal: Portal,
  confidential: ConfidentialRegister,
  report: Report,
): Promise<number> {
  return await turnsOf(portal.db)(() => finish(portal, confidential, report))
}

async function finish(portal: Portal, confidential: ConfidentialRegister, report: Report): Promise<number> {
  for (const move of openMoves(portal.db).filter(({ state }) => state === 'asked')) {
    try {
      await seal(portal, confidential, move)
    } catch (error) {
      report(move.caseId, error)
      continue
    }
    eraseOrReport(portal, move, report)
  }
  return await cleanUp(portal, confidential, report)
}

/** From here on nobody of the general side sees the case or adds to it, so that what is sealed is all of it. */
function askMove({ db, now }: Portal, { row, viewer, excluded }: MoveAct): number[] {
  const at = now()
  const actor = viewerActor(viewer)
  return db.inTransaction(() => {
    const rows = [row, ...casesMergedInto(db, row.id)]
    for (const { id, status, finishedOn, mergedIntoId, rev } of rows) {
      // Somebody may have moved it while this press waited for its turn.
      if (caseOfMove(db, { caseId: id }).rev !== rev) throw new AppError('conflict', 'case_changed')
      insertMove(db, {
        ...{ caseId: id, token: newToken(), askedAt: at },
        ...{ actorId: viewer.accountId, actorName: viewer.displayName },
        ...{ excluded, before: { status, finishedOn, mergedIntoId } },
      })
      updateCase(db, { id, status, rev }, { status: 'moved', finishedOn: null, mergedIntoId: null }, at)
      recordChange(db, { at, actor, action: 'case.move_confidential', subject: `case:${id}` })
    }
    return rows.map(({ id }) => id)
  })
}

async function seal(portal: Portal, confidential: ConfidentialRegister, move: CaseMove): Promise<void> {
  await confidential.receive(await movedCase(portal, move))
}

/** The register did not take the case: everything is as it was. */
function takeBack({ db, now }: Portal, ids: readonly number[], viewer: Viewer): void {
  const at = now()
  db.inTransaction(() => {
    for (const caseId of ids) {
      const move = findMove(db, caseId)
      if (move?.state !== 'asked' || !move.before) continue
      updateCase(db, caseOfMove(db, move), move.before, at)
      deleteMove(db, caseId)
      const action = 'case.move_confidential.refused'
      recordChange(db, { at, actor: viewerActor(viewer), action, subject: `case:${caseId}` })
    }
  })
}

/** The register has the case: whatever goes wrong here is done again later, and the case stays out of sight. */
function eraseOrReport(portal: Portal, move: CaseMove, report: Report): void {
  try {
    erase(portal, move)
  } catch (error) {
    report(move.caseId, error)
  }
}

/** The clocks end with the day of the move: a date that was missed before stays missed. */
function erase({ db, now }: Portal, { caseId, actorId, actorName, askedAt }: CaseMove): void {
  eraseInTransaction(db, () => {
    // Another process may have been quicker.
    if (findMove(db, caseId)?.state !== 'asked') return
    const act = { at: now(), actor: { kind: 'staff', id: actorId, name: actorName } as const }
    resumeClock(db, caseId, act)
    stopClocks(db, caseId, 'void', act, civilDateOf(askedAt))
    eraseCase(db, caseOfMove(db, { caseId }))
  })
}

/** What erased rows have left behind: words in the search index, pages of the database, files on the disk. */
async function cleanUp(portal: Portal, confidential: ConfidentialRegister, report: Report): Promise<number> {
  const { db, files } = portal
  const erased = openMoves(db).filter(({ state }) => state === 'erased')
  if (erased.length === 0) return 0
  await purgeIndex(db)
  if (!leaveNoRemains(db)) return 0
  let done = 0
  for (const { caseId, token, blobs } of erased) {
    try {
      for (const name of blobs ?? []) await files.removeFile(name)
      if (token !== null) confidential.forget(token)
      eraseInTransaction(db, () => endMove(db, caseId))
      done += 1
    } catch (error) {
      report(caseId, error)
    }
  }
  return done
}

/** Whether the case may be moved now, as far as its own state is concerned. */
export const isMovable = (row: Case): boolean => statusAfter('move_confidential', row) !== undefined
