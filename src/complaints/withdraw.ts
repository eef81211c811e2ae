import { stopClocks } from '#clock/clocks.ts'
import { endNotices } from '#clock/notice-store.ts'
import { resumeClock } from '#clock/pause.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { dropOpenLetters } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { CITIZEN, type CitizenAct, statusAfterCitizen } from './citizen-act.ts'
import { recordEvent } from './history-store.ts'
import { updateCase } from './store.ts'

/**
 * The citizen takes the case back. In time, that leaves nothing to judge the office by; after the due date
 * the clock says late all the same.
 */
export function withdrawCase(portal: Pick<Portal, 'db' | 'now'>, act: CitizenAct): void {
  const { row, text } = act
  const status = statusAfterCitizen('withdraw', act)
  const at = portal.now()
  const today = civilDateOf(at)
  portal.db.inTransaction(() => {
    updateCase(portal.db, row, { status, finishedOn: today }, at)
    recordEvent(portal.db, {
      ...{ caseId: row.id, at, type: 'withdraw', actor: CITIZEN, audience: 'public', text },
      ...{ before: { status: row.status }, after: { status } },
    })
    const act = { at, actor: CITIZEN }
    resumeClock(portal.db, row.id, act)
    stopClocks(portal.db, row.id, 'void', act)
    endNotices(portal.db, row.id, at)
    dropOpenLetters(portal.db, row.id)
  })
}
