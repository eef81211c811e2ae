import type { FastifyReply, FastifyRequest } from 'fastify'
import { mayDo } from '#domain/permissions.ts'
import { sendPage } from '#web/answer.ts'
import { page } from '#web/views.ts'
import { type CaseHead, caseHead, complainantFor } from './case-facts.ts'
import { filesOf } from './case-files-store.ts'
import { statusAfter } from './case-state.ts'
import type { CaseEvent } from './history-store.ts'
import { eventsAfter, mailsOf } from './staff-case-store.ts'
import { type FormState, type FormView, formView } from './staff-form-page.ts'
import { type ChangeLine, changeLines, type HistoryLine, historyLines } from './staff-history.ts'

interface ConflictPageData {
  head: CaseHead
  title: string
  /** What was typed, ready to be sent for the case as it is now; null when the action is over. */
  form: FormView | null
  /** The words of a form that can no longer be sent, to be copied. */
  typed: { label: string; text: string }[]
  since: HistoryLine[]
  changes: ChangeLine[]
}

const conflictPage = page<ConflictPageData>('staff/conflict', [
  'head',
  'title',
  'form',
  'typed',
  'since',
  'changes',
])

/**
 * Somebody else was first: shows what they did, the case then and now, and what this officer typed, in the
 * same form for the case as it is now.
 */
export function sendConflict(request: FastifyRequest, reply: FastifyReply, state: FormState): FastifyReply {
  const { deed, form, sent } = state
  const { portal, row, viewer } = deed
  const seen = Number(sent?.seen?.[0] ?? Number.NaN)
  const events = Number.isSafeInteger(seen) ? eventsAfter(portal.db, row.id, seen) : []
  const showsContact = complainantFor(portal, viewer, row, deed.contact).rows !== null
  const sources = { files: filesOf(portal.db, row.id), mails: mailsOf(portal.db, row.id), showsContact }
  const possible = statusAfter(form.action, row) !== undefined && mayDo(viewer, form.action, row)
  const view = formView(state)
  const written = view.sections.flatMap(({ fields }) => fields).filter(({ type }) => type !== 'files')
  const data: ConflictPageData = {
    head: caseHead(portal, row),
    title: form.title,
    form: possible ? view : null,
    typed: sent && !possible ? written.map(({ label, typed }) => ({ label, text: typed })) : [],
    since: historyLines(portal, viewer, events, sources),
    changes: changeLines(portal, viewer, thenAndNow(events)),
  }
  return sendPage(portal, request, reply, conflictPage, data, 409)
}

/** Each column as it was when the form was opened, and as the last change left it. */
function thenAndNow(events: readonly CaseEvent[]): Pick<CaseEvent, 'before' | 'after'> {
  const before = Object.assign({}, ...events.map((event) => event.before ?? {}).reverse())
  const changed = Object.assign({}, ...events.map((event) => event.after ?? {}))
  const after = Object.fromEntries(Object.entries(changed).filter(([key]) => key in before))
  return { before, after }
}
