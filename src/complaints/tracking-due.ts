import { type CaseClock, type ClockEvent, clockEventsOf, clocksOf, runningClock } from '#clock/clock-store.ts'
import { isOpen } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import { type Urgency, urgency } from '#domain/deadlines.ts'
import { lettersOf } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { type Language, t } from '#web/languages.ts'
import { daysLeftText, formatDate } from '#web/thai-format.ts'
import { dueLines, workingOf } from './due-lines.ts'
import type { Case } from './store.ts'

export interface DueView {
  /** The plan's date. */
  on: string
  working: string[]
  /** The date that was told instead, with the reason where the reader may have it. */
  promise: { on: string; reason: string | null } | null
  /** Of the date that counts now. */
  urgency: Urgency
  /** Days left or over, while the case is open and the clock runs. */
  left: string | null
  /** How it stands or ended, in words: late is called late. */
  notes: { text: string; isMissed: boolean }[]
  /** How the plan's date came to move. */
  moves: string[]
  /** Rounds before a reopening, with how they ended. */
  earlier: string[]
}

/** How the running clock stands, as far as the status in words depends on it. */
export interface ClockStanding {
  /** A new date was told, and is still to come. */
  isDelayed: boolean
  isPaused: boolean
  /** The last day to register it, where that is still to come. */
  registerBy: CivilDate | null
}

type Deps = Pick<Portal, 'db' | 'settings' | 'office'>

/**
 * The due date as the citizen is told it; null for kinds without the duty. The words of an explanation are left
 * out where `hidesWords`.
 */
export function dueView(
  portal: Deps,
  lang: Language,
  row: Case,
  today: CivilDate,
  hidesWords = false,
): DueView | null {
  const clocks = clocksOf(portal.db, row.id)
  const clock = clocks.at(-1)
  if (!clock) return null
  const counts = isOpen(row.status) && clock.pausedUntil === null
  const target = targetOf(clock)
  const pressing = counts ? urgency(target, today, portal.settings.deadlines().nearDays) : 'none'
  const { promisedOn } = clock
  return {
    ...dueLines(lang, workingOf(clock)),
    promise:
      promisedOn === null
        ? null
        : { on: formatDate(promisedOn, lang), reason: hidesWords ? null : reasonOf(portal, clock) },
    urgency: pressing,
    left: counts ? daysLeftText(lang, target, today) : null,
    notes: notesOf(portal, lang, row, clock, pressing === 'overdue'),
    moves: clockEventsOf(portal.db, row.id).flatMap((event) => moveText(lang, clock, event)),
    earlier: clocks.slice(0, -1).map((round) => {
      const due = t(lang, 'tr.due.earlier', { due: formatDate(round.dueOn, lang) })
      return [due, verdictText(lang, round)].filter(Boolean).join(' – ')
    }),
  }
}

export function clockStanding({ db }: Pick<Portal, 'db'>, row: Case, today: CivilDate): ClockStanding {
  const clock = clocksOf(db, row.id).at(-1)
  const isRunning = clock !== undefined && clock.verdict === null
  const registering = runningClock(db, row.id, 'acknowledge')
  return {
    isDelayed: isRunning && clock.promisedOn !== null && clock.promisedOn >= today,
    isPaused: isRunning && clock.pausedUntil !== null,
    registerBy: registering && registering.dueOn >= today ? registering.dueOn : null,
  }
}

/** Why it is not finished, in the words of the letter that told the date that counts. */
function reasonOf({ db }: Pick<Portal, 'db'>, clock: CaseClock): string | null {
  const told = lettersOf(db, clock.caseId).findLast(
    ({ kind, state, clockId }) => kind === 'delay' && state === 'sent' && clockId === clock.id,
  )
  return told?.content.text ?? null
}

function notesOf(
  portal: Deps,
  lang: Language,
  row: Case,
  clock: CaseClock,
  isMissed: boolean,
): DueView['notes'] {
  const { breachedAt, promisedOn, explainedOn, dueOn, pausedUntil, verdict } = clock
  if (isMissed) {
    const { phone, hours } = portal.office()
    const key = promisedOn === null ? 'tr.due.missed' : 'tr.due.missedNew'
    return [{ text: t(lang, key, { phone, hours: hours[lang] }), isMissed: true }]
  }
  // A breach before the first explanation, and not the missing of a date that was told afterwards.
  const wasLate = breachedAt !== null && explainedOn !== null && explainedOn > dueOn
  const ended = row.status === 'withdrawn' ? withdrawnText(lang, clock) : verdictText(lang, clock)
  const lines = [
    verdict === null && wasLate ? t(lang, 'tr.due.explainedLate') : null,
    pausedUntil && t(lang, 'tr.due.paused', { until: formatDate(pausedUntil, lang) }),
    ended,
  ]
  return lines.filter((text) => text !== null).map((text) => ({ text, isMissed: false }))
}

/** No date moves in silence: from when to when, and why. */
function moveText(lang: Language, clock: CaseClock, event: ClockEvent): string[] {
  const { type, clockId, dueBefore, dueAfter, detail } = event
  if (clockId !== clock.id || dueBefore === null || dueAfter === null || dueBefore === dueAfter) return []
  const dates = { before: formatDate(dueBefore, lang), after: formatDate(dueAfter, lang) }
  if (type === 'resumed') return [t(lang, 'tr.due.resumed', dates)]
  if (type !== 'recalculated') return []
  // The reason is written by the office, in Thai.
  const reason = lang === 'th' ? detail?.reason : undefined
  if (typeof reason !== 'string') return [t(lang, 'tr.due.moved', dates)]
  return [t(lang, 'tr.due.movedFor', { ...dates, reason })]
}

/** No result was sent; that the date had passed by then is not hidden. */
function withdrawnText(lang: Language, { verdict }: CaseClock): string | null {
  return verdict === 'late' ? t(lang, 'tr.due.lateWithdrawn') : null
}

function verdictText(lang: Language, { verdict, stoppedOn }: CaseClock): string | null {
  if (!stoppedOn || verdict === null || verdict === 'void') return null
  return t(lang, `tr.due.${verdict}`, { date: formatDate(stoppedOn, lang) })
}
