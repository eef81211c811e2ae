import { type CaseClock, clocksOf } from '#clock/clocks.ts'
import { isOpen } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { type Urgency, urgency } from '#domain/deadlines.ts'
import type { Portal } from '#settings/portal.ts'
import { type Language, t } from '#web/languages.ts'
import { daysLeftText, formatDate } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import { dueLines, workingOf } from './receipt-data.ts'
import type { Case } from './store.ts'

export interface DueView {
  on: string
  working: string[]
  urgency: Urgency
  /** Days left or over, while the case is open. */
  left: string | null
  /** How it stands or ended, in words: late is called late. */
  note: string | null
  /** Rounds before a reopening, with how they ended. */
  earlier: string[]
}

type Deps = Pick<Portal, 'db' | 'settings' | 'office'>

/** The due date as the citizen is told it; null for kinds without the duty. */
export function dueView(portal: Deps, lang: Language, row: Case, today: CivilDate): DueView | null {
  const clocks = clocksOf(portal.db, row.id)
  const clock = clocks.at(-1)
  if (!clock) return null
  const isRunning = isOpen(row.status)
  const { nearDays } = portal.settings.deadlines()
  const pressing = isRunning ? urgency(clock.dueOn, today, nearDays) : 'none'
  const { phone } = officeParams(portal.office(), lang)
  const missed = pressing === 'overdue' ? t(lang, 'tr.due.missed', { phone: phone ?? '' }) : null
  return {
    ...dueLines(lang, workingOf(clock)),
    urgency: pressing,
    left: isRunning ? daysLeftText(lang, clock.dueOn, today) : null,
    note: missed ?? (row.status === 'withdrawn' ? withdrawnText(lang, clock) : verdictText(lang, clock)),
    earlier: clocks.slice(0, -1).map((round) => {
      const due = t(lang, 'tr.due.earlier', { due: formatDate(round.dueOn, lang) })
      return [due, verdictText(lang, round)].filter(Boolean).join(' – ')
    }),
  }
}

/** No result was sent; that the date had passed by then is not hidden. */
function withdrawnText(lang: Language, { verdict }: CaseClock): string | null {
  return verdict === 'late' ? t(lang, 'tr.due.lateWithdrawn') : null
}

function verdictText(lang: Language, { verdict, stoppedOn }: CaseClock): string | null {
  if (!stoppedOn || (verdict !== 'met' && verdict !== 'late')) return null
  return t(lang, `tr.due.${verdict}`, { date: formatDate(stoppedOn, lang) })
}
