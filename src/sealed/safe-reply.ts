import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { isBlank } from '#domain/text.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { FieldErrors } from '#web/forms.ts'
import { type Language, languageOf, type MessageKey, t } from '#web/languages.ts'
import type { Filed } from './filings.ts'
import { addReply } from './mailbox.ts'
import { isBusy, readSafeBody, type SafeBody } from './safe-body.ts'
import type { SafeDesk } from './safe-desk.ts'
import { bodyErrors, cleanFiles, tellFilesAgain } from './safe-evidence.ts'
import { lengthWords, safeText } from './safe-form.ts'
import type { Trouble } from './safe-form-page.ts'
import { type MailboxState, showMailbox } from './safe-mailbox-page.ts'
import { visitOf } from './safe-visit.ts'
import type { Visit } from './visits.ts'

const MOST_TEXT = 20_000

interface Again {
  status: number
  errors: FieldErrors
  trouble: Trouble | null
}

/** What becomes of a reply: it was stored, is shown again, or its text comes back from a visit that has ended. */
type Outcome = 'sent' | FastifyReply | { lapsed: string }

export async function receiveReply(
  desk: SafeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Outcome> {
  const body = await readSafeBody(request)
  const text = body.fields.text?.[0] ?? ''
  const visit = visitOf(desk.sealed, request)
  if (!visit) return { lapsed: text }
  const token = tokenIn(body)
  const filing = desk.filings.of(`${visit.reportId} ${token}`, body.fields, body.files)
  const outcome = await desk.filings
    .once(filing, () => considerReply(desk, request, body, visit))
    .catch((error: unknown): Again => refusalOf(error))
  if (outcome === 'told' || 'told' in outcome) return 'sent'
  const { lang } = languageOf(request.url)
  const { status, trouble } = outcome
  const errors = tellFilesAgain(lang, outcome.errors, body)
  const state: MailboxState = { token, text, errors, trouble }
  return showMailbox(desk, request, reply, visit, state, status) ?? { lapsed: text }
}

/** What makes the same reply sent again the same; a form without it is a new one. */
function tokenIn({ fields }: SafeBody): string {
  const token = fields.token?.[0] ?? ''
  return /^[\w-]{22}$/.test(token) ? token : newToken()
}

async function considerReply(
  desk: SafeDesk,
  request: FastifyRequest,
  body: SafeBody,
  { reportId }: Visit,
): Promise<Filed | Again> {
  const { lang } = languageOf(request.url)
  const typed = body.fields.text?.[0] ?? ''
  if (body.withoutFiles === 'busy') throw new AppError('unavailable', 'busy')
  const parsed = safeText(MOST_TEXT).safeParse(typed)
  const errors = { ...(parsed.error && wordFault(lang, parsed.error, typed)), ...bodyErrors(lang, body) }
  if (isBlank(typed) && body.files.length === 0) errors.text ??= t(lang, 'wb.err.text')
  if (!parsed.success || Object.keys(errors).length > 0) return { status: 422, errors, trouble: null }
  const cleaned = await cleanFiles(lang, body.files, body.fields.original?.[0] === 'yes')
  if (cleaned.errors.files) return { status: 422, errors: cleaned.errors, trouble: null }
  await addReply(desk.sealed, reportId, parsed.data, cleaned.evidence)
  return { told: '' }
}

function wordFault(
  lang: Language,
  error: { issues: readonly { message: string }[] },
  typed: string,
): FieldErrors {
  const key = error.issues[0]?.message as MessageKey
  return { text: t(lang, key, lengthWords(t(lang, 'wb.mailbox.text'), MOST_TEXT, typed)) }
}

function refusalOf(error: unknown): Again {
  if (isBusy(error)) return { status: 503, errors: {}, trouble: 'busy' }
  return { status: 500, errors: {}, trouble: 'failed' }
}
