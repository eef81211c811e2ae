import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { civilDateOf } from '#domain/civil-date.ts'
import { KINDS, type Kind } from '#domain/vocabulary.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, single, typed } from '#web/forms.ts'
import { type Language, languageOf, localPath, t } from '#web/languages.ts'
import { removeReceivedFiles } from '#web/uploads.ts'
import {
  attachFiles,
  draftHashOf,
  filesFault,
  keepDrafts,
  keptLines,
  removeDrafts,
  wordProblems,
} from './draft-files.ts'
import type { DraftFile } from './draft-files-store.ts'
import { type FormState, formPage, formPageData } from './form-page.ts'
import { formToken } from './form-token.ts'
import { complaintForm, FORM_FIELDS, wordErrors } from './forms.ts'
import { sendReceipt } from './receipt-page.ts'
import { type ReceivedForm, receiveForm, statusOfRefusal } from './receive-form.ts'
import { findCaseBySubmission } from './store.ts'
import { countFiles, minutesToWaitToSubmit, submissionKeyOf, submitComplaint } from './submit.ts'

/** The form for a new case and its receipt. No cookie is read or set here. */
export function complaintRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    // The form carries a token of its own and the receipt a secret: neither may lie in a cache.
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })
    app.get<{ Querystring: Record<string, string | undefined> }>('/complaints/new', (request, reply) => {
      const state = freshForm(portal, request.query)
      return sendPage(portal, request, reply, formPage, formPageData(portal, langOf(request), state))
    })
    // Where people end up who reload or translate the address of the receipt.
    app.get('/complaints', (request, reply) =>
      reply.redirect(localPath(langOf(request), '/complaints/new'), 302),
    )
    app.post('/complaints', (request, reply) => receiveComplaint(portal, request, reply))
    done()
  }
}

const langOf = (request: FastifyRequest): Language => languageOf(request.url).lang

function freshForm(portal: Portal, query: Record<string, string | undefined>): FormState {
  const category = portal.settings.categories().find((row) => row.code === query.category)
  const kind = kindOf(query.kind) ?? category?.kind ?? 'complaint'
  const values = typed({ category: [category?.kind === kind ? category.code : ''] }, FORM_FIELDS)
  return { kind, token: newToken(), values: { ...values, replyBy: 'self' }, errors: {}, kept: [] }
}

const kindOf = (word: string | undefined): Kind | undefined => KINDS.find((kind) => kind === word)

/** The other kind of matter that was pressed instead of "send". */
const turnedTo = ({ fields }: ReceivedForm): Kind | undefined => kindOf(fields.turn?.[0])

/** One form on its way to becoming a case. */
interface Sending {
  portal: Portal
  request: FastifyRequest
  reply: FastifyReply
  received: ReceivedForm
  token: string
  /** What makes the same form sent again the same case. */
  key: string
}

async function receiveComplaint(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const received = await receiveForm(portal, request)
  const token = formToken(received.fields)
  const key = await submissionKeyOf(portal.keyed, token, received.fields, received.files)
  const sending = { portal, request, reply, received, token, key }
  if (findCaseBySubmission(portal.db, key)) {
    await removeReceivedFiles(received.files)
    return sendReceipt(portal, request, reply, key, 200)
  }
  const minutes = minutesToWaitToSubmit(portal, request.ip)
  if (minutes > 0) return await refuseForNow(sending, minutes)
  return await considerComplaint(sending)
}

/** The form is filed, or shown again with all that is wrong, everything typed and every file. */
async function considerComplaint(sending: Sending): Promise<FastifyReply> {
  const { portal, request, reply, received, token, key } = sending
  const language = langOf(request)
  // Before anything is waited for: forms sent side by side must not slip through the limit together.
  countFiles(portal, request.ip, received.files.length)
  const { drafts, problems, gone } = await attachFiles(portal, token, received)
  if (gone && findCaseBySubmission(portal.db, key)) {
    // The other half of a double click has just filed them.
    await removeDrafts(portal, drafts)
    return sendReceipt(portal, request, reply, key, 200)
  }
  const fileErrors = {
    ...wordProblems(language, problems),
    ...filesFault(language, received.tooLarge, gone),
  }
  if (turnedTo(received)) return showAgain(sending, 200, fileErrors, drafts)
  const values = single(received.fields)
  const parsed = complaintForm({ settings: portal.settings, today: civilDateOf(portal.now()) }).safeParse(
    values,
  )
  const errors = {
    ...(parsed.error && wordErrors(language, parsed.error, values)),
    ...fileErrors,
  }
  if (!parsed.success || Object.keys(errors).length > 0) {
    return showAgain(sending, statusOfRefusal({ ...received, problems }), errors, drafts)
  }
  const submission = { key, language, drafts, address: request.ip }
  const { isNew } = await submitComplaint(portal, parsed.data, submission)
  return sendReceipt(portal, request, reply, key, isNew ? 201 : 200)
}

async function refuseForNow(sending: Sending, minutes: number): Promise<FastifyReply> {
  const { portal, request, reply, received, token } = sending
  await removeReceivedFiles(received.files)
  const { drafts } = await keepDrafts(portal, draftHashOf(portal, token), received.fields)
  reply.header('retry-after', minutes * 60)
  const { phone } = portal.office()
  return showAgain(sending, 429, { send: t(langOf(request), 'form.err.tooMany', { minutes, phone }) }, drafts)
}

/** What was typed for another kind of matter and is not asked for by this one; kept for turning back. */
function setAside(fields: Fields): Fields {
  const aside = Object.entries(fields).filter(([name]) => name.startsWith('aside.'))
  return Object.fromEntries(aside.map(([name, values]) => [name.slice('aside.'.length), values]))
}

function showAgain(
  { portal, request, reply, received, token }: Sending,
  status: number,
  errors: FieldErrors,
  drafts: readonly DraftFile[],
): FastifyReply {
  const kind = turnedTo(received) ?? kindOf(received.fields.kind?.[0]) ?? 'complaint'
  const values = typed({ ...setAside(received.fields), ...received.fields }, FORM_FIELDS)
  const state = { kind, token, values, errors, kept: keptLines(drafts) }
  return sendPage(portal, request, reply, formPage, formPageData(portal, langOf(request), state), status)
}
