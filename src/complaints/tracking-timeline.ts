import type { Portal } from '#settings/portal.ts'
import { type Language, type MessageKey, t } from '#web/languages.ts'
import { formatDate, formatDateTime } from '#web/thai-format.ts'
import { type CaseFile, publicFilesOf } from './case-files-store.ts'
import { sizeText } from './draft-files.ts'
import { type CaseEvent, type NewEvent, publicEventsOf } from './history-store.ts'
import type { Case } from './store.ts'
import { progressEventsOf } from './tracking-store.ts'

export interface FileLine {
  id: string
  name: string
  size: string
  isPicture: boolean
}

export interface TimelineEntry {
  at: string
  title: string
  text: string | null
  by: 'citizen' | 'office'
  files: FileLine[]
}

const TITLES: Partial<Record<NewEvent['type'], MessageKey>> = {
  submitted: 'ev.submitted',
  imported: 'ev.imported',
  register: 'ev.register',
  assign: 'ev.assign',
  accept: 'ev.accept',
  return: 'ev.return',
  ask_info: 'ev.ask_info',
  answer_info: 'ev.answer_info',
  progress: 'ev.progress',
  explain: 'ev.explain',
  forward: 'ev.forward',
  conclude: 'ev.conclude',
  close: 'ev.close',
  reject: 'ev.reject',
  merge: 'ev.merge',
  change_category: 'ev.change_category',
  withdraw: 'ev.withdraw',
  reopen: 'ev.reopen',
}

type Deps = Pick<Portal, 'db' | 'settings'>

/**
 * What has been done, newest first: the case's own public history and, after a merge, the office's progress
 * in the case it lives on in. A matter about staff keeps its words to itself even then.
 */
export function timelineOf(
  portal: Deps,
  lang: Language,
  row: Case,
  target: Case | undefined,
): TimelineEntry[] {
  const files = publicFilesOf(portal.db, row.id)
  const own = publicEventsOf(portal.db, row.id)
  const others = target ? progressEventsOf(portal.db, target.id) : []
  const shown = target ?? row
  const hideWords = target?.restricted === true && !row.restricted
  const entry = (event: CaseEvent): TimelineEntry => {
    const isOwn = event.caseId === row.id
    return {
      at: formatDateTime(event.at, lang),
      title: titleOf(portal, lang, event),
      text: (!isOwn && hideWords) || isShownResult(event, shown) ? null : wordsOf(lang, event),
      by: event.actorKind === 'citizen' ? 'citizen' : 'office',
      files: files.filter((file) => file.eventId === event.id).map(fileLine),
    }
  }
  return [...own, ...others].sort((a, b) => b.at.getTime() - a.at.getTime() || b.id - a.id).map(entry)
}

/** The latest result stands in full above the timeline; earlier ones stay here. */
function isShownResult(event: CaseEvent, shown: Case): boolean {
  return event.type === 'conclude' && event.text === shown.resultText
}

function titleOf(portal: Deps, lang: Language, event: CaseEvent): string {
  if (event.type === 'message') {
    return t(lang, event.actorKind === 'citizen' ? 'ev.message.citizen' : 'ev.message.staff')
  }
  const unitId = event.type === 'assign' ? event.after?.unitId : undefined
  const unit = typeof unitId === 'number' ? portal.settings.unit(unitId) : undefined
  if (unit) return t(lang, 'ev.assign.unit', { dept: lang === 'en' ? unit.nameEn : unit.name })
  return t(lang, TITLES[event.type as NewEvent['type']] ?? 'ev.update')
}

/** The text of an event; a question also tells until when an answer is asked for. */
function wordsOf(lang: Language, event: CaseEvent): string | null {
  const answerBy = event.after?.answerBy
  if (typeof answerBy !== 'string') return event.text
  const until = t(lang, 'tr.question.by', { date: formatDate(answerBy, lang) })
  return [event.text, until].filter(Boolean).join('\n')
}

export const fileLine = (file: CaseFile): FileLine => ({
  id: file.id,
  name: file.originalName,
  size: sizeText(file.bytes),
  isPicture: file.mime.startsWith('image/'),
})

/** What the officer last asked, while the answer is waited for. */
export function openQuestion(portal: Deps, lang: Language, row: Case): string | null {
  if (row.status !== 'need_info') return null
  const asked = publicEventsOf(portal.db, row.id).findLast((event) => event.type === 'ask_info')
  return asked ? wordsOf(lang, asked) : null
}
