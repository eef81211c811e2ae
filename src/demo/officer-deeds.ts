import { accept as acceptForm } from '#complaints/accept.ts'
import type { ActionForm } from '#complaints/action-form.ts'
import { askInfo } from '#complaints/ask-info.ts'
import { assign as assignForm } from '#complaints/assign.ts'
import { close as closeForm } from '#complaints/close.ts'
import { conclude as concludeForm } from '#complaints/conclude.ts'
import type { DraftFile } from '#complaints/draft-files-store.ts'
import { explainDelay } from '#complaints/explain-delay.ts'
import { forward as forwardForm } from '#complaints/forward.ts'
import { performChange } from '#complaints/handle.ts'
import { merge as mergeForm } from '#complaints/merge.ts'
import { note as noteForm } from '#complaints/note.ts'
import { register as registerForm } from '#complaints/register.ts'
import { reject as rejectForm } from '#complaints/reject.ts'
import { typedDate } from '#complaints/staff-words.ts'
import { contactOf, findCaseForViewer } from '#complaints/store.ts'
import { message as messageForm, progress as progressForm } from '#complaints/write-to-citizen.ts'
import { addDays, civilDateOf } from '#domain/civil-date.ts'
import { mayDo } from '#domain/permissions.ts'
import { caseNumber } from '#domain/reference.ts'
import { officerOf, type Username, viewerOf } from './accounts.ts'
import { caseOf, picturesFor, type Telling, wordsOf } from './citizen-deeds.ts'
import { NOTES, REPLIES, SECOND_RESULT } from './words.ts'

/** Does what an officer does on the case page, by the same form and under the same rules. */
function act(
  telling: Telling,
  username: Username,
  form: ActionForm,
  fields: Record<string, string> = {},
  drafts: readonly DraftFile[] = [],
): void {
  const { portal } = telling
  const viewer = viewerOf(portal, username)
  const { fiscalYear, seq } = caseOf(telling)
  const row = findCaseForViewer(portal.db, viewer, fiscalYear, seq)
  const contact = contactOf(portal.db, row.id)
  const now = portal.now()
  if (!contact || !mayDo(viewer, form.action, row)) throw new Error(`${username} may not ${form.action}`)
  const deed = { portal, viewer, row, contact, now, today: civilDateOf(now) }
  const sent = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value]]))
  const read = form.read(deed, sent)
  if ('errors' in read) throw new Error(`${form.action}: ${JSON.stringify(read.errors)}`)
  performChange(deed, form.action, read.change, drafts)
}

/** The desk of the centre; a personnel matter is its head's. */
const desk = (telling: Telling): Username => (caseOf(telling).restricted ? 'centre-head' : 'centre')

function worker(telling: Telling): Username {
  const { unitId, restricted } = caseOf(telling)
  return officerOf(telling.portal, unitId, restricted)
}

export function register(telling: Telling): void {
  act(telling, desk(telling), registerForm)
}

/** To the unit of the category, every other time to its officer by name. */
export function assign(telling: Telling): void {
  const { portal, chance } = telling
  const row = caseOf(telling)
  const unitId = portal.settings.category(row.categoryCode)?.unitId ?? null
  const officer = viewerOf(portal, officerOf(portal, unitId, row.restricted))
  const isNamed = row.restricted || chance.in100(50)
  const fields = { unit: String(unitId), officer: isNamed ? String(officer.accountId) : '' }
  act(telling, desk(telling), assignForm, fields)
}

export function accept(telling: Telling): void {
  act(telling, worker(telling), acceptForm)
}

export function note(telling: Telling): void {
  const { unitId } = caseOf(telling)
  const username = unitId === null ? desk(telling) : worker(telling)
  act(telling, username, noteForm, { text: telling.chance.pick(NOTES) })
}

export function ask(telling: Telling): void {
  const text = wordsOf(telling, telling.story.matter.question ?? 'ขอทราบรายละเอียดเพิ่มเติม')
  const answerBy = typedDate(addDays(civilDateOf(telling.portal.now()), 5))
  act(telling, worker(telling), askInfo, { text, answerBy })
}

export function progress(telling: Telling): void {
  const { progress: text = 'กำลังดำเนินการ' } = telling.story.matter
  act(telling, worker(telling), progressForm, { text: wordsOf(telling, text) })
}

export function reply(telling: Telling): void {
  act(telling, worker(telling), messageForm, { text: telling.chance.pick(REPLIES) })
}

/** Proposed by the officer, decided by the head; the working group stands in for units without one. */
export function explain(telling: Telling): void {
  const row = caseOf(telling)
  // Only what has a due date can be late.
  if (row.dueOn === null) return
  const { cause = 'ต้องรอวัสดุและผู้รับจ้าง', progress: done = 'ตรวจสอบพื้นที่แล้ว' } = telling.story.matter
  const fields = {
    text: `ยังแก้ไขให้แล้วเสร็จไม่ได้ เนื่องจาก${cause}`,
    ...{ doneText: wordsOf(telling, done), nextText: 'ดำเนินการต่อจนแล้วเสร็จ และแจ้งผลให้ท่านทราบ' },
    newDate: typedDate(addDays(row.dueOn, EXTENSION)),
  }
  act(telling, worker(telling), explainDelay, fields)
  act(telling, headOf(telling), explainDelay, fields)
}

const EXTENSION = 20

function headOf(telling: Telling): Username {
  const { portal } = telling
  const { unitId, restricted } = caseOf(telling)
  if (restricted) return 'group'
  return portal.settings.unit(unitId)?.id === viewerOf(portal, 'works-head').unitId ? 'works-head' : 'group'
}

export async function conclude(telling: Telling): Promise<void> {
  const { result, outcome, finding, cause = '', prevention = '' } = telling.story.matter
  const fields = { text: wordsOf(telling, result), outcome, finding, cause, prevention }
  const drafts = outcome === 'solved' ? await picturesFor(telling, 'after') : []
  act(telling, worker(telling), concludeForm, fields, drafts)
}

export function concludeAgain(telling: Telling): void {
  const { outcome, finding, cause = '', prevention = '' } = telling.story.matter
  act(telling, worker(telling), concludeForm, { text: SECOND_RESULT, outcome, finding, cause, prevention })
}

export function close(telling: Telling): void {
  act(telling, worker(telling), closeForm)
}

export function forward(telling: Telling): void {
  const { forward: to } = telling.story.matter
  if (to) act(telling, desk(telling), forwardForm, { otherBody: to.body, text: to.text })
}

export function reject(telling: Telling): void {
  const { reject: why } = telling.story.matter
  if (!why) return
  act(telling, desk(telling), rejectForm, {
    reason: why.reason,
    text: why.text,
    otherBody: why.elsewhere ?? '',
  })
}

/** `first` is the case about the same thing that came before. */
export function merge(telling: Telling, first: Telling): void {
  const { fiscalYear, seq } = caseOf(first)
  act(telling, desk(telling), mergeForm, { into: caseNumber(fiscalYear, seq) })
}
