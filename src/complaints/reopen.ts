import { latestRound } from '#clock/clock-store.ts'
import { resolvePolicy, startClock } from '#clock/clocks.ts'
import { mayReopen } from '#domain/case-status.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { dueDate, hasDuty } from '#domain/deadlines.ts'
import { AppError } from '#domain/errors.ts'
import { caseNumber } from '#domain/reference.ts'
import { issueLetter, issueTo } from '#letters/deliver.ts'
import type { Portal } from '#settings/portal.ts'
import { localPath, t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import { CITIZEN, type CitizenAct, statusAfterCitizen } from './citizen-act.ts'
import { recordEvent } from './history-store.ts'
import { expectedUnit } from './receipt-data.ts'
import { type Case, contactOf, updateCase } from './store.ts'

/**
 * The problem persists: the case is worked on again under a second clock. The first clock and its verdict
 * stand, so that reopening can make nothing in time that was late.
 */
export function reopenCase(
  portal: Pick<Portal, 'db' | 'now' | 'settings' | 'config' | 'office'>,
  act: CitizenAct,
): void {
  const { row, text } = act
  const status = statusAfterCitizen('reopen', act)
  const at = portal.now()
  const today = civilDateOf(at)
  if (!mayReopen(row, today)) throw new AppError('conflict', 'reopen_expired')
  const policy = resolvePolicy(
    portal.settings,
    portal.settings.category(row.categoryCode)?.targetDays ?? null,
  )
  const holidays = portal.settings.holidays()
  const dueOn = hasDuty(row.kind) ? dueDate(today, policy, holidays) : null
  portal.db.inTransaction(() => {
    const change = {
      ...{ status, dueOn, promisedOn: null, finishedOn: null },
      ...{ reopenedAt: at, reopenAcceptedAt: null },
    }
    updateCase(portal.db, row, change, at)
    const round = latestRound(portal.db, row.id) + 1
    if (dueOn !== null) {
      const clock = { caseId: row.id, duty: 'resolve', round, startedOn: today, policy, holidays } as const
      startClock(portal.db, clock, { at, actor: CITIZEN })
    }
    const eventId = recordEvent(portal.db, {
      ...{ caseId: row.id, at, type: 'reopen', actor: CITIZEN, audience: 'public', text },
      ...{ before: { status: row.status, dueOn: row.dueOn }, after: { status, dueOn } },
    })
    confirmReopening(portal, row, dueOn, eventId, at)
  })
}

/** The complainant has it in writing that the case is open again, and until when. */
function confirmReopening(
  portal: Pick<Portal, 'db' | 'config' | 'office' | 'settings'>,
  row: Case,
  dueOn: CivilDate | null,
  eventId: number,
  at: Date,
): void {
  const { db, config } = portal
  const contact = contactOf(db, row.id)
  if (!contact) return
  const content = { text: '', dueOn, unit: expectedUnit(portal, 'th', row) }
  const letter = { caseId: row.id, eventId, kind: 'reopened', content } as const
  const mail = contact.email ? reopenedMail(portal, row, dueOn, contact.email) : null
  const host = new URL(config.publicUrl).hostname
  const common = { dedupeKey: `event:${eventId}`, caseId: row.id, language: row.language, at, host }
  issueLetter(
    db,
    { ...letter, authorName: 'ระบบ', createdAt: at },
    issueTo(db, contact, mail && { ...mail, ...common }),
    { at, actor: CITIZEN },
  )
}

function reopenedMail(
  portal: Pick<Portal, 'config' | 'office'>,
  row: Case,
  dueOn: CivilDate | null,
  recipient: string,
) {
  const lang = row.language
  const params = {
    ...officeParams(portal.office(), lang),
    caseNo: caseNumber(row.fiscalYear, row.seq),
    dueDate: dueOn ? formatDate(dueOn, lang) : '',
    trackUrl: `${portal.config.publicUrl}${localPath(lang, '/track')}`,
  }
  const body = t(lang, dueOn ? 'mail.reopened.body' : 'mail.reopened.bodyNoDue', params)
  return { recipient, subject: t(lang, 'mail.reopened.subject', params), body }
}
