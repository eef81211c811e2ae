import { latestRound, startClock } from '#clock/clocks.ts'
import { mayReopen } from '#domain/case-status.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { dueDate, hasDuty, promisedDays } from '#domain/deadlines.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { CITIZEN, type CitizenAct, statusAfterCitizen } from './citizen-act.ts'
import { recordEvent } from './history-store.ts'
import { updateCase } from './store.ts'

/**
 * The problem persists: the case is worked on again under a second clock. The first clock and its verdict
 * stand, so that reopening can make nothing in time that was late.
 */
export function reopenCase(portal: Pick<Portal, 'db' | 'now' | 'settings'>, act: CitizenAct): void {
  const { row, text } = act
  const status = statusAfterCitizen('reopen', act)
  const at = portal.now()
  const today = civilDateOf(at)
  if (!mayReopen(row, today)) throw new AppError('conflict', 'reopen_expired')
  const { targetDays, countMode } = portal.settings.deadlines()
  const category = portal.settings.category(row.categoryCode)
  const policy = { targetDays: promisedDays(targetDays, category?.targetDays ?? null), countMode }
  const dueOn = hasDuty(row.kind) ? dueDate(today, policy) : null
  portal.db.inTransaction(() => {
    const change = { status, dueOn, finishedOn: null, reopenedAt: at, reopenAcceptedAt: null }
    updateCase(portal.db, row, change, at)
    const round = latestRound(portal.db, row.id) + 1
    if (dueOn !== null) startClock(portal.db, row.id, today, policy, round)
    recordEvent(portal.db, {
      ...{ caseId: row.id, at, type: 'reopen', actor: CITIZEN, audience: 'public', text },
      ...{ before: { status: row.status, dueOn: row.dueOn }, after: { status, dueOn } },
    })
  })
}
