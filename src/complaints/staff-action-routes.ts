import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { mayDo } from '#domain/permissions.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'
import { removeReceivedFiles } from '#web/uploads.ts'
import { page } from '#web/views.ts'
import type { ActionForm, CaseChange, Deed } from './action-form.ts'
import { statusAfter } from './case-state.ts'
import { type Attached, attachFiles, filesFault, wordProblems } from './draft-files.ts'
import { formToken } from './form-token.ts'
import { performChange } from './handle.ts'
import type { CaseEvent } from './history-store.ts'
import { type ReceivedForm, receiveForm, statusOfRefusal } from './receive-form.ts'
import { findActionForm } from './staff-actions.ts'
import { eventsAfter, findOtherForViewer } from './staff-case-store.ts'
import { sendConflict } from './staff-conflict.ts'
import { findCaseBySlug } from './staff-find-case.ts'
import { type FormState, sendActionForm, takesFiles, wantsPreview } from './staff-form-page.ts'
import { sendPreview } from './staff-preview.ts'
import { caseAddress } from './staff-words.ts'
import { type Case, contactOf } from './store.ts'

const gonePage = page<{ lost: string[] }>('staff/case-gone', ['lost'])

/** Fields of the forms that hold whole sentences. */
const TEXTS = ['text', 'reason', 'otherBody', 'cause', 'prevention']

type ActionRequest = FastifyRequest<{ Params: { slug: string; action: string } }>

/** The forms of everything officers do to a case; GET shows, POST does. */
export function actionRoutes(app: FastifyInstance, portal: Portal): void {
  const options = { config: { permission: 'queue' as const } }
  const path = '/staff/cases/:slug/:action'
  app.get(path, options, (request: ActionRequest, reply) => showForm(portal, request, reply))
  app.post(path, options, (request: ActionRequest, reply) => receiveAction(portal, request, reply))
}

function showForm(portal: Portal, request: ActionRequest, reply: FastifyReply): FastifyReply {
  const { deed, form } = openDeed(portal, request)
  const state: FormState = { deed, form, sent: null, token: newToken(), drafts: [], errors: {} }
  if (statusAfter(form.action, deed.row) === undefined) return sendConflict(request, reply, state)
  return sendActionForm(request, reply, state)
}

async function receiveAction(
  portal: Portal,
  request: ActionRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const received = await receiveForm(portal, request)
  const taken = await takeIn(portal, request, received).catch((error) => lostWords(error, received.fields))
  if ('lost' in taken) return sendPage(portal, request, reply, gonePage, taken, 404)
  const { state, problems } = taken
  const { deed, form } = state
  const { fields } = received
  const step = fields.step?.[0]
  const read = form.read(deed, fields)
  if (wasDone(state, read)) return redirectDone(reply, deed, form)
  if (isStale(state)) return sendConflict(request, reply, state)
  if (step === 'edit') return sendActionForm(request, reply, state)
  const errors = { ...('errors' in read ? read.errors : {}), ...problems }
  if ('errors' in read || Object.keys(errors).length > 0) {
    return sendActionForm(request, reply, { ...state, errors }, statusOfRefusal(received))
  }
  if (wantsPreview(form, deed) && step !== 'send') return sendPreview(request, reply, state, read.change)
  return perform(request, reply, state, read.change)
}

function perform(
  request: ActionRequest,
  reply: FastifyReply,
  state: FormState,
  change: CaseChange,
): FastifyReply {
  const { deed, form, drafts } = state
  try {
    performChange(deed, form.action, change, drafts)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'case_changed') throw error
    return sendConflict(request, reply, { ...state, deed: openDeed(deed.portal, request).deed })
  }
  return redirectDone(reply, deed, form)
}

/** The case as it stands, or the queue where the act itself moved it out of this person's sight. */
function redirectDone(reply: FastifyReply, { portal, viewer, row }: Deed, form: ActionForm): FastifyReply {
  const address = findOtherForViewer(portal.db, viewer, row.id) ? caseAddress(row) : '/staff'
  return reply.redirect(`${address}?done=${form.path}`, 303)
}

/**
 * What this person may act on, as it stands now.
 * @throws AppError not_found for an unknown action and a case not to be seen, forbidden for one not to be done
 */
function openDeed(portal: Portal, request: ActionRequest): { deed: Deed; form: ActionForm } {
  const viewer = viewerOf(request)
  const form = findActionForm(request.params.action)
  if (!form) throw new AppError('not_found', 'action')
  const row = findCaseBySlug(portal, viewer, request.params.slug)
  if (!mayDo(viewer, form.action, row)) throw new AppError('forbidden', 'permission')
  const contact = contactOf(portal.db, row.id)
  if (!contact) throw new Error(`case ${row.id} has no contact`)
  const now = portal.now()
  return { deed: { portal, viewer, row, contact, now, today: civilDateOf(now) }, form }
}

/** Keeps the files of a form; only of somebody who may act, and so looked at before and after the wait. */
async function takeIn(
  portal: Portal,
  request: ActionRequest,
  received: ReceivedForm,
): Promise<{ state: FormState; problems: FieldErrors }> {
  const { fields, files, tooLarge } = received
  const token = formToken(fields)
  const attached = await attach(portal, request, received, token).catch(async (error) => {
    await removeReceivedFiles(files)
    throw error
  })
  const state = { ...openDeed(portal, request), sent: fields, token, drafts: attached.drafts, errors: {} }
  const problems = { ...wordProblems('th', attached.problems), ...filesFault('th', tooLarge, attached.gone) }
  return { state, problems }
}

async function attach(
  portal: Portal,
  request: ActionRequest,
  received: ReceivedForm,
  token: string,
): Promise<Attached> {
  const { deed, form } = openDeed(portal, request)
  if (takesFiles(form, deed)) return await attachFiles(portal, token, received)
  await removeReceivedFiles(received.files)
  return { drafts: [], problems: [], gone: false }
}

/**
 * A case can be moved out of sight while somebody writes: what was typed goes back to whoever typed it, and
 * to a stranger nothing else goes either.
 */
function lostWords(error: unknown, fields: Fields): { lost: string[] } {
  const lost = TEXTS.flatMap((name) => fields[name] ?? []).filter((text) => text.trim() !== '')
  if (lost.length === 0 || !(error instanceof AppError) || error.kind !== 'not_found') throw error
  return { lost }
}

/** Written for another state of the case than it is in. */
function isStale({ deed, form, sent }: FormState): boolean {
  if (statusAfter(form.action, deed.row) === undefined) return true
  return form.action !== 'note' && Number(sent?.rev?.[0]) !== deed.row.rev
}

/** The other half of a double click: this person did exactly this since the form was opened. */
function wasDone({ deed, form, sent }: FormState, read: ReturnType<ActionForm['read']>): boolean {
  const seen = Number(sent?.seen?.[0] || Number.NaN)
  if (!Number.isSafeInteger(seen)) return false
  const { portal, row, viewer } = deed
  const wanted = 'change' in read ? read.change : undefined
  const isAsWanted = (event: CaseEvent): boolean => {
    if (!wanted) return form.isAsWanted?.(deed, sent ?? {}, event) ?? false
    const columns = Object.entries(wanted.columns ?? {})
    return event.text === wanted.text && columns.every(([name, value]) => row[name as keyof Case] === value)
  }
  return eventsAfter(portal.db, row.id, seen).some(
    (event) =>
      event.actorKind === 'staff' &&
      event.actorId === viewer.accountId &&
      event.type === form.action &&
      isAsWanted(event),
  )
}
