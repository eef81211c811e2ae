import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { formatReceipt } from '#domain/receipt-code.ts'
import { toArabicDigits } from '#domain/text.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'
import { languageOf, t } from '#web/languages.ts'
import { page } from '#web/views.ts'
import type { ReportBody } from './bodies.ts'
import { readChannel } from './channel-store.ts'
import type { Filed } from './filings.ts'
import { isOpen, recipientsFor } from './recipients.ts'
import { isBusy, readSafeBody, type SafeBody } from './safe-body.ts'
import type { SafeDesk } from './safe-desk.ts'
import { bodyErrors, cleanFiles, tellFilesAgain } from './safe-evidence.ts'
import { involvedIn, isFormError, parseSafeForm, type SafeForm } from './safe-form.ts'
import { sendForm, type Trouble } from './safe-form-page.ts'
import type { FormToken } from './safe-token.ts'
import { submitReport } from './submit.ts'

/** Reports in an hour from which on the form asks a question that programs seldom answer. */
const FREE_REPORTS = 30

const receiptPage = page<{ code: string; days: number; filing: string }>('sealed/safe-receipt', [
  'code',
  'days',
  'filing',
])
const repeatedPage = page<object>('sealed/safe-repeated', [])

/** The form is to be shown again, with everything typed. */
interface Again {
  status: number
  errors: FieldErrors
  trouble: Trouble | null
}

const isAsking = (desk: SafeDesk): boolean => desk.filed.count() >= FREE_REPORTS

export function showForm(desk: SafeDesk, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { text, question } = desk.tokens.issue(isAsking(desk))
  const state = { token: text, question, values: {}, involved: [], errors: {}, trouble: null }
  return sendForm(desk.sealed, request, reply, state)
}

/** A report is sealed and answered with its receipt, or comes back whole with what is wrong. */
export async function receiveReport(
  desk: SafeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const body = await readSafeBody(request)
  const { fields, files } = body
  const filing = desk.filings.of(fields.token?.[0] ?? '', fields, files)
  const outcome = await desk.filings
    .once(filing, () => considerReport(desk, request, body))
    // Whatever failed, nothing was stored: the transaction and the files are undone where they are made.
    .catch((error: unknown): Again => refusalOf(error))
  if (outcome === 'told') return sendPage(desk.sealed.portal, request, reply, repeatedPage, {}, 409)
  if (!('told' in outcome)) return showAgain(desk, request, reply, body, outcome)
  const days = readChannel(desk.sealed.db).settings.visitDays
  const data = { code: formatReceipt(outcome.told), days, filing: filing.id }
  return sendPage(desk.sealed.portal, request, reply, receiptPage, data)
}

async function considerReport(
  desk: SafeDesk,
  request: FastifyRequest,
  body: SafeBody,
): Promise<Filed | Again> {
  const { sealed } = desk
  const { lang } = languageOf(request.url)
  const { fields } = body
  if (!isOpen(sealed)) throw new AppError('unavailable', 'channel_closed')
  if (body.withoutFiles === 'busy') throw new AppError('unavailable', 'busy')
  const form = parseSafeForm(lang, fields)
  const token = desk.tokens.read(fields.token?.[0] ?? '')
  const errors = {
    ...(isFormError(form) && form),
    ...bodyErrors(lang, body),
    ...tokenErrors(desk, request, token, fields),
  }
  if (isFormError(form) || Object.keys(errors).length > 0) return { status: 422, errors, trouble: null }
  // Before anything is worked on: with nobody to seal it to, a report is not taken.
  recipientsFor(sealed, form.involved)
  const cleaned = await cleanFiles(lang, body.files, fields.original?.[0] === 'yes')
  if (cleaned.errors.files) return { status: 422, errors: cleaned.errors, trouble: null }
  const { receipt } = await submitReport(sealed, {
    body: reportOf(form, request, sealed.today()),
    contact: {
      name: form.identity === 'named' ? form.name : '',
      contact: form.identity === 'none' ? '' : form.contact,
    },
    files: cleaned.evidence,
    receivedOn: sealed.today(),
  })
  if (receipt === null) throw new Error('a report by the form has a receipt')
  desk.filed.add()
  return { told: receipt }
}

function reportOf(form: SafeForm, request: FastifyRequest, day: ReportBody['day']): ReportBody {
  const { name, contact, trap, ...said } = form
  return { kind: 'report', day, channel: 'online', language: languageOf(request.url).lang, ...said }
}

function tokenErrors(
  desk: SafeDesk,
  request: FastifyRequest,
  token: FormToken | undefined,
  fields: Fields,
): FieldErrors {
  const { lang } = languageOf(request.url)
  if (!token) return { send: t(lang, 'wb.err.late') }
  if (token.isEarly) return { send: t(lang, 'wb.err.early') }
  if (!token.question) return isAsking(desk) ? { answer: t(lang, 'wb.err.question') } : {}
  const { a, b } = token.question
  const answer = toArabicDigits(fields.answer?.[0] ?? '').trim()
  return answer === String(a + b) ? {} : { answer: t(lang, 'wb.err.answer') }
}

function refusalOf(error: unknown): Again {
  const code = error instanceof AppError ? error.code : ''
  if (code === 'nobody_impartial') return { status: 409, errors: {}, trouble: 'nobody' }
  if (code === 'channel_closed') return { status: 503, errors: {}, trouble: 'closed' }
  if (isBusy(error)) return { status: 503, errors: {}, trouble: 'busy' }
  return { status: 500, errors: {}, trouble: 'failed' }
}

function showAgain(
  desk: SafeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  body: SafeBody,
  { status, errors, trouble }: Again,
): FastifyReply {
  const { lang } = languageOf(request.url)
  const { fields } = body
  const known = desk.tokens.read(fields.token?.[0] ?? '')
  // A question is asked anew; whoever has just learnt that one is asked gets it now.
  const mayStay = known && !errors.answer
  const token = mayStay ? known : desk.tokens.issue(isAsking(desk))
  const values = Object.fromEntries(Object.entries(fields).map(([name, [first]]) => [name, first ?? '']))
  return sendForm(
    desk.sealed,
    request,
    reply,
    {
      ...{ token: token.text, question: token.question, values, trouble },
      involved: involvedIn(fields),
      errors: tellFilesAgain(lang, errors, body),
    },
    status,
  )
}
