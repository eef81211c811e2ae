import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addDays } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { formatReceipt } from '#domain/receipt-code.ts'
import { INVOLVEMENTS, type Involvement } from '#domain/sealed-status.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldErrors, single } from '#web/forms.ts'
import { t } from '#web/languages.ts'
import { page } from '#web/views.ts'
import { recordDeed } from './audit-store.ts'
import { type Identity, type ReportBody, SOURCES } from './bodies.ts'
import type { Filed, Filings } from './filings.ts'
import { officerOf } from './guard.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { recipientsFor } from './recipients.ts'
import { dayBetween, oneOfWords } from './register-fields.ts'
import { CHANNEL_WORDS, CONDUCT_OPTIONS, REFER_OUTSIDE, reportAddress, typedDate } from './register-words.ts'
import { findReportKey } from './report-store.ts'
import { requireVault } from './require-vault.ts'
import { readSafeBody, type SafeBody } from './safe-body.ts'
import { bodyErrors, cleanFiles, tellFilesAgain } from './safe-evidence.ts'
import { involvedIn, isFormError, parseSafeForm, type SafeForm } from './safe-form.ts'
import { FILE_LIMITS } from './safe-form-page.ts'
import { type Evidence, submitReport } from './submit.ts'
import type { Option } from './verb.ts'

/** A letter may have lain somewhere for a while. */
const MOST_DAYS_AGO = 365

const CHANNELS = ['letter', 'oral'] as const

interface EnterPage {
  bar: OfficerBar
  /** Another one for each form that is handed out, so that two letters with the same words are two reports. */
  token: string
  values: Record<string, string>
  involved: Involvement[]
  channels: Option[]
  conducts: Option[]
  sources: Option[]
  involvements: Option[]
  filesHint: string
  errors: FieldErrors
}

const enterPage = page<EnterPage>('sealed/staff/register-enter', [
  'bar',
  'token',
  'values',
  'involved',
  'channels',
  'conducts',
  'sources',
  'involvements',
  'filesHint',
  'errors',
])

interface EnteredPage {
  bar: OfficerBar
  receipt: string
  /** The report's page; null where it concerns the officer who wrote it down. */
  href: string | null
}

const enteredPage = page<EnteredPage>('sealed/staff/register-entered', ['bar', 'receipt', 'href'])

export async function showEnter(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  return vault ? sendForm(sealed, request, reply, { receivedOn: [typedDate(sealed.today())] }) : reply
}

/** Writes down a report that came on paper or was told; it is sealed as any other, and once if it is sent twice. */
export async function receiveEnter(
  sealed: Sealed,
  filings: Filings,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const vault = await requireVault(sealed, request, reply)
  if (!vault) return reply
  const body = await readSafeBody(request)
  const { fields, files } = body
  const filing = filings.of(`${vault.officerId} ${fields.token?.[0] ?? ''}`, fields, files)
  const outcome = await filings.once(filing, () => considerEntry(sealed, request, body))
  if (outcome === 'told') return reply.redirect('/staff/sealed', 303)
  if ('errors' in outcome) return sendForm(sealed, request, reply, fields, outcome.errors)
  const { reportId, receipt } = JSON.parse(outcome.told) as Entered
  const isOwn = findReportKey(sealed.db, reportId, vault.officerId) !== undefined
  const data = {
    ...{ bar: officerBar(sealed, request, 'register'), receipt: formatReceipt(receipt) },
    href: isOwn ? reportAddress(reportId) : null,
  }
  return sendPage(sealed.portal, request, reply, enteredPage, data, 201)
}

async function considerEntry(
  sealed: Sealed,
  request: FastifyRequest,
  body: SafeBody,
): Promise<Filed | { errors: FieldErrors }> {
  const again = (errors: FieldErrors) => ({ errors: tellFilesAgain('th', errors, body) })
  const form = parseSafeForm('th', body.fields)
  const how = howSchema(sealed).safeParse(single(body.fields))
  if (isFormError(form) || !how.success) {
    return again({
      ...(how.success ? {} : fieldErrors(how.error)),
      ...(isFormError(form) && form),
      ...bodyErrors('th', body),
    })
  }
  const errors = { ...bodyErrors('th', body), ...impartialErrors(sealed, form.involved) }
  if (Object.keys(errors).length > 0) return again(errors)
  const { evidence, errors: refused } = await cleanFiles(
    'th',
    body.files,
    body.fields.original?.[0] === 'yes',
  )
  if (refused.files) return again(refused)
  return { told: JSON.stringify(await enter(sealed, officerOf(request), form, how.data, evidence)) }
}

const howSchema = (sealed: Sealed) => {
  const today = sealed.today()
  return z.object({
    channel: oneOfWords(CHANNELS, 'ช่องทางที่รับเรื่อง'),
    receivedOn: dayBetween(addDays(today, -MOST_DAYS_AGO), today),
  })
}
interface Entered {
  reportId: string
  receipt: string
}

type How = z.output<ReturnType<typeof howSchema>>

async function enter(
  sealed: Sealed,
  officer: Officer,
  { name, contact, trap, ...said }: SafeForm,
  { channel, receivedOn }: How,
  files: Evidence[],
): Promise<Entered> {
  const identity: Identity = name !== '' ? 'named' : contact !== '' ? 'contact' : 'none'
  const body: ReportBody = {
    ...said,
    ...{ kind: 'report', day: receivedOn, channel, language: 'th', identity },
  }
  const { reportId, receipt } = await submitReport(sealed, {
    ...{ body, contact: { name, contact }, files, receivedOn },
  })
  if (receipt === null) throw new Error('a report that was written down has a receipt')
  const at = sealed.now()
  recordDeed(sealed.db, { at, actor: officer.displayName, action: 'report.enter', reportId })
  return { reportId, receipt }
}

/** Before anything is worked on: with nobody to seal it to, a report is not taken. */
function impartialErrors(sealed: Sealed, involved: readonly Involvement[]): FieldErrors {
  try {
    recipientsFor(sealed, involved)
    return {}
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'nobody_impartial') throw error
    return { involved: `ไม่มีเจ้าหน้าที่ที่เปิดเรื่องนี้ได้เลย ${REFER_OUTSIDE}` }
  }
}

function sendForm(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  errors: FieldErrors = {},
): FastifyReply {
  const data: EnterPage = {
    bar: officerBar(sealed, request, 'register'),
    token: randomUUID(),
    values: Object.fromEntries(Object.entries(fields).map(([name, [first]]) => [name, first ?? ''])),
    involved: involvedIn(fields),
    channels: CHANNELS.map((value) => ({ value, text: CHANNEL_WORDS[value] })),
    conducts: CONDUCT_OPTIONS,
    sources: SOURCES.map((value) => ({ value, text: t('th', `wb.how.${value}`) })),
    involvements: INVOLVEMENTS.map((value) => ({ value, text: t('th', `wb.involved.${value}`) })),
    filesHint: `JPG, PNG, WebP, PDF หรือข้อความ (.txt) ไม่เกิน ${FILE_LIMITS.filesMax} ไฟล์ ไฟล์ละไม่เกิน ${FILE_LIMITS.megabytes} MB`,
    errors,
  }
  return sendPage(sealed.portal, request, reply, enterPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}
