import { isFinished, isOpen, mayReopen } from '#domain/case-status.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { caseNumber } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import type { FieldErrors } from '#web/forms.ts'
import { type Language, t } from '#web/languages.ts'
import { formatDate, formatDateTime, formatNumber } from '#web/thai-format.ts'
import { FORM_LIMITS } from '#web/uploads.ts'
import { page } from '#web/views.ts'
import { writingAction } from './answer.ts'
import { citizenFilesOf } from './case-files-store.ts'
import { allowedStatus } from './citizen-act.ts'
import type { KeptLine } from './draft-files.ts'
import { MESSAGE_CHARACTERS } from './message-form.ts'
import { expectedUnit } from './receipt-data.ts'
import type { Case } from './store.ts'
import { clockStanding, type DueView, dueView } from './tracking-due.ts'
import { type CitizenLetter, citizenLetters } from './tracking-letters.ts'
import { lastReopenDay, type StatusWords, statusWords } from './tracking-status.ts'
import { findMergeTarget } from './tracking-store.ts'
import { type FileLine, fileLine, openQuestion, type TimelineEntry, timelineOf } from './tracking-timeline.ts'

/** The message form as it stands; `null` text and errors where it is fresh. */
export interface MessageState {
  token: string
  text: string
  errors: FieldErrors
  kept: KeptLine[]
}

export interface ResultView {
  text: string
  outcome: string | null
  on: string
  /** The case was reopened after it. */
  isFormer: boolean
}

export interface CasePageData {
  number: string
  subject: string
  rev: number
  status: StatusWords
  isMerged: boolean
  unit: string
  receivedAt: string
  due: DueView | null
  question: string | null
  result: ResultView | null
  letters: CitizenLetter[]
  timeline: TimelineEntry[]
  mine: { key: string; value: string }[]
  files: FileLine[]
  /** Null where nothing can be written any more. */
  message: (MessageState & { isAnswer: boolean; max: string; filesMax: number; megabytes: number }) | null
  mayWithdraw: boolean
  /** The last day for reopening in words, null where it is not possible. */
  reopenUntil: string | null
  done: string | null
  warning: string | null
  /** What was typed into a form that cannot be sent any more. */
  typed: string | null
}

export const casePage = page<CasePageData>('track/case', [
  'number',
  'subject',
  'rev',
  'status',
  'isMerged',
  'unit',
  'receivedAt',
  'due',
  'question',
  'result',
  'letters',
  'timeline',
  'mine',
  'files',
  'message',
  'mayWithdraw',
  'reopenUntil',
  'done',
  'warning',
  'typed',
])

export interface CasePageState {
  message: MessageState
  done: string | null
  warning: string | null
}

/** Who has the matter; once it is finished nobody is "being decided" any more. */
function unitText(portal: Pick<Portal, 'settings' | 'office'>, lang: Language, shown: Case): string {
  if (shown.status === 'forwarded' && shown.otherBody !== null) return shown.otherBody
  if (shown.unitId !== null) return expectedUnit(portal, lang, shown)
  if (!isFinished(shown.status)) return t(lang, 'tr.dept.none')
  const { centreName, centreNameEn } = portal.office()
  return lang === 'en' ? centreNameEn : centreName
}

/** Everything the citizen sees of the case, and what can be done about it now. */
export function casePageData(portal: Portal, lang: Language, row: Case, state: CasePageState): CasePageData {
  const { db, settings } = portal
  const today = civilDateOf(portal.now())
  const target = findMergeTarget(db, row)
  const shown = target ?? row
  const action = writingAction(row)
  const mayWrite = allowedStatus(action, row) !== undefined
  // A matter about staff keeps its words to itself, also from whoever's case was merged into it.
  const hidesWords = target?.restricted === true && !row.restricted
  return {
    number: caseNumber(row.fiscalYear, row.seq),
    subject: row.subject,
    rev: row.rev,
    status: statusWords(
      portal,
      lang,
      shown,
      today,
      target !== undefined,
      clockStanding(portal, shown, today),
    ),
    isMerged: target !== undefined,
    unit: unitText(portal, lang, shown),
    receivedAt: formatDateTime(row.receivedAt, lang),
    due: dueView(portal, lang, shown, today, hidesWords),
    question: openQuestion(portal, lang, row),
    result: hidesWords ? null : resultView(lang, shown),
    letters: citizenLetters(portal, lang, row),
    timeline: timelineOf(portal, lang, row, target),
    mine: ownWords(settings, lang, row),
    files: citizenFilesOf(db, row.id).map(fileLine),
    message: mayWrite ? messageView(state.message, action === 'answer_info') : null,
    mayWithdraw: isOpen(row.status),
    reopenUntil: mayReopen(row, today) ? formatDate(lastReopenDay(row), lang) : null,
    done: state.done,
    warning: state.warning,
    typed: !mayWrite && state.message.text !== '' ? state.message.text : null,
  }
}

function messageView(state: MessageState, isAnswer: boolean): NonNullable<CasePageData['message']> {
  return {
    ...state,
    isAnswer,
    max: formatNumber(MESSAGE_CHARACTERS),
    filesMax: FORM_LIMITS.maxFiles,
    megabytes: FORM_LIMITS.maxFileBytes / 1024 / 1024,
  }
}

function resultView(lang: Language, shown: Case): ResultView | null {
  if (shown.resultText === null || shown.resolvedOn === null) return null
  return {
    text: shown.resultText,
    outcome: shown.outcome && t(lang, `outcome.${shown.outcome}`),
    on: formatDate(shown.resolvedOn, lang),
    isFormer: !isFinished(shown.status),
  }
}

function ownWords(settings: Portal['settings'], lang: Language, row: Case): { key: string; value: string }[] {
  const category = settings.category(row.categoryCode)
  const village = settings.village(row.villageId)
  const en = lang === 'en'
  const villageName =
    village && t(lang, 'form.village.one', { n: village.number, name: en ? village.nameEn : village.name })
  const position = row.latitude === null ? null : `${row.latitude}, ${row.longitude}`
  const lines: [string, string | null | undefined][] = [
    [t(lang, 'form.subject'), row.subject],
    [t(lang, 'form.detail'), row.detail],
    [t(lang, 'tr.mine.category'), category && (en ? category.nameEn : category.name)],
    [t(lang, 'form.happenedOn'), row.happenedOn && formatDate(row.happenedOn, lang)],
    [t(lang, 'tr.mine.place'), [villageName, row.place, position].filter(Boolean).join('\n')],
    [t(lang, 'form.wish'), row.wish],
  ]
  return lines.flatMap(([key, value]) => (value ? [{ key, value }] : []))
}
