import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { daysLeft } from '#domain/deadlines.ts'
import { mayDo, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { page } from '#web/views.ts'
import type { ActionForm } from './action-form.ts'
import { type ClockSection, clockSection, type Pressing, pressingOf } from './case-clock.ts'
import {
  type CaseHead,
  type Complainant,
  caseHead,
  complainantFor,
  factRows,
  type Row,
  resultRows,
} from './case-facts.ts'
import { filesOf } from './case-files-store.ts'
import { type LetterLine, letterLines } from './case-letters.ts'
import { isReopenPending } from './case-state.ts'
import type { ConfidentialRegister } from './confidential-register.ts'
import { eventsOf } from './history-store.ts'
import { moveLink } from './move-page.ts'
import { allowedActions } from './staff-actions.ts'
import { findOtherForViewer, mailsOf, mergedForViewer } from './staff-case-store.ts'
import { type FileLine, fileLine } from './staff-files.ts'
import { type HistoryLine, historyLines } from './staff-history.ts'
import { caseAddress, nextStep, numberOf, whoseTurn } from './staff-words.ts'
import { type Case, contactOf } from './store.ts'

interface ActionLink {
  href: string
  title: string
}

interface OtherCase {
  href: string
  number: string
  subject: string
}

/** What the office knows of the same trouble from the same place; null where there was none. */
export type SeenBefore = (viewer: Viewer, row: Case) => { text: string; href: string } | null

/** What features built on this one add to the page of a case. */
export interface CaseNeighbours {
  confidential?: ConfidentialRegister | undefined
  seenBefore?: SeenBefore
}

export interface CasePageData {
  head: CaseHead
  /** Of the form fields that guard against two officers at once. */
  rev: number
  seen: number
  done: string | null
  step: string
  turn: string | null
  next: (ActionLink & { button: string; isOneClick: boolean }) | null
  toCitizen: ActionLink[]
  inOffice: ActionLink[]
  mayNote: boolean
  /** Where it is decided how the plan's indicators count the case; null for whoever may not. */
  indicators: string | null
  facts: Row[]
  seenBefore: ReturnType<SeenBefore>
  detail: string
  wish: string | null
  complainant: Complainant
  files: FileLine[]
  pressing: Pressing | null
  clock: ClockSection
  letters: LetterLine[]
  result: Row[]
  mergedInto: OtherCase | null
  merged: OtherCase[]
  messages: HistoryLine[]
  history: HistoryLine[]
}

export const casePage = page<CasePageData>('staff/case', [
  'head',
  'rev',
  'seen',
  'done',
  'step',
  'turn',
  'next',
  'toCitizen',
  'inOffice',
  'mayNote',
  'indicators',
  'facts',
  'seenBefore',
  'detail',
  'wish',
  'complainant',
  'files',
  'pressing',
  'clock',
  'letters',
  'result',
  'mergedInto',
  'merged',
  'messages',
  'history',
])

/** Everything about a case on one screen, for a viewer through whom it was loaded. */
export function casePageData(
  portal: Portal,
  viewer: Viewer,
  row: Case,
  done: string | null,
  { confidential, seenBefore }: CaseNeighbours,
): CasePageData {
  const { db } = portal
  const actions = allowedActions(viewer, row)
  const files = filesOf(db, row.id)
  const contact = contactOf(db, row.id)
  const complainant = complainantFor(portal, viewer, row, contact)
  const sources = { files, mails: mailsOf(db, row.id), showsContact: complainant.rows !== null }
  const history = historyLines(portal, viewer, eventsOf(db, row.id), sources)
  const into = row.mergedIntoId === null ? undefined : findOtherForViewer(db, viewer, row.mergedIntoId)
  const link = (form: ActionForm) => ({ href: `${caseAddress(row)}/${form.path}`, title: form.title })
  const other = (found: Parameters<typeof caseAddress>[0] & { subject: string }): OtherCase => ({
    ...{ href: caseAddress(found), number: numberOf(found), subject: found.subject },
  })
  return {
    head: caseHead(portal, row),
    rev: row.rev,
    seen: history.at(-1)?.id ?? 0,
    done,
    step: nextStep(row.status, isReopenPending(row), isOverdue(row, civilDateOf(portal.now()))),
    turn: actions.next ? null : whoseTurn(row.status),
    next: actions.next ? { ...link(actions.next), ...oneClick(actions.next) } : null,
    toCitizen: actions.toCitizen.map(link),
    inOffice: [...actions.inOffice.map(link), ...moveLink(confidential, viewer, row)],
    mayNote: actions.mayNote,
    indicators: mayDo(viewer, 'change_category', row) ? `${caseAddress(row)}/indicators` : null,
    facts: factRows(portal, row),
    seenBefore: seenBefore?.(viewer, row) ?? null,
    detail: row.detail,
    wish: row.wish,
    complainant,
    files: files.filter((file) => file.eventId === null).map(fileLine),
    pressing: pressingOf(portal, viewer, row),
    clock: clockSection(portal, row),
    letters: letterLines(portal, viewer, row, contact),
    result: resultRows(portal, row),
    mergedInto: into ? other(into) : null,
    merged: mergedForViewer(db, viewer, row.id).map(other),
    messages: history.filter(({ isPublic, text }) => isPublic && text !== null),
    history: history.reverse(),
  }
}

/** Steps without a question are done by one press on the case page itself. */
function oneClick(form: ActionForm): { button: string; isOneClick: boolean } {
  const button = typeof form.button === 'string' ? form.button : form.title
  return { button, isOneClick: form.action === 'register' || form.action === 'accept' }
}

const isOverdue = ({ dueOn, promisedOn }: Case, today: CivilDate): boolean =>
  dueOn !== null && daysLeft(promisedOn ?? dueOn, today) < 0
