import { type CaseStatus, isFinished, mayReopen, REOPEN_DAYS } from '#domain/case-status.ts'
import { addDays, type CivilDate } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { type Language, t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import { isReopenPending } from './case-state.ts'
import { expectedUnit } from './receipt-data.ts'
import type { Case } from './store.ts'
import type { ClockStanding } from './tracking-due.ts'

export interface StatusWords {
  status: CaseStatus
  name: string
  help: string
  /** What happens next, or what the citizen can do. */
  next: string
}

type Deps = Pick<Portal, 'settings' | 'office'>

/**
 * The status in plain words. For a merged case `shown` is the one it lives on in; its questions to the other
 * complainant are nobody else's, so that it counts as being worked on.
 */
export function statusWords(
  portal: Deps,
  lang: Language,
  shown: Case,
  today: CivilDate,
  isMerged: boolean,
  { isDelayed, isPaused, registerBy }: ClockStanding,
): StatusWords {
  const status = isMerged && shown.status === 'need_info' ? 'in_progress' : shown.status
  const params = statusParams(portal, lang, shown)
  const inProgress = isReopenPending(shown) ? 'st.reopened' : isDelayed ? 'st.delayed' : 'st.in_progress'
  const key = status === 'in_progress' ? inProgress : (`st.${status}` as const)
  const waits = status === 'need_info' && isPaused
  const registered = registerBy !== null && { registerBy: formatDate(registerBy, lang) }
  return {
    status,
    name: t(lang, key, params),
    help: t(lang, `${key}.help`, params),
    next: waits
      ? t(lang, 'tr.next.need_info.paused')
      : status === 'submitted' && registered
        ? t(lang, 'tr.next.submitted.by', registered)
        : nextStep(lang, shown, status, today, isMerged, params),
  }
}

function statusParams(portal: Deps, lang: Language, shown: Case) {
  const office = officeParams(portal.office(), lang)
  const day = (date: CivilDate | Date | null) => (date ? formatDate(date, lang) : '')
  return {
    ...office,
    dept: expectedUnit(portal, lang, shown),
    reason: shown.rejectReason ? t(lang, `na.${shown.rejectReason}`, office) : '',
    agency: shown.otherBody ?? '',
    date: day(shown.status === 'in_progress' ? shown.reopenedAt : shown.finishedOn),
  }
}

function nextStep(
  lang: Language,
  shown: Case,
  status: CaseStatus,
  today: CivilDate,
  isMerged: boolean,
  params: Record<string, string | number>,
): string {
  if (isMerged && isFinished(status) && shown.resultText === null)
    return t(lang, 'tr.next.merged.ended', params)
  if (status === 'resolved' || status === 'closed') {
    if (isMerged) return t(lang, 'tr.next.finished', params)
    if (!mayReopen(shown, today)) return t(lang, 'tr.reopen.expired', { ...params, days: REOPEN_DAYS })
    return t(lang, 'tr.next.reopen', { date: formatDate(lastReopenDay(shown), lang) })
  }
  if (status === 'not_accepted') {
    if (shown.otherBody === null) return t(lang, 'tr.next.not_accepted.none', params)
    return t(lang, 'tr.next.not_accepted', { body: shown.otherBody })
  }
  if (status === 'merged' || status === 'moved') return ''
  return t(lang, `tr.next.${status}`, params)
}

/** The last day on which a result may be answered by reopening. */
export function lastReopenDay(row: Pick<Case, 'resolvedOn' | 'receivedOn'>): CivilDate {
  return addDays(row.resolvedOn ?? row.receivedOn, REOPEN_DAYS)
}
