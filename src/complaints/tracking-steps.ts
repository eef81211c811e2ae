import type { FastifyReply, FastifyRequest } from 'fastify'
import { isOpen, mayReopen, REOPEN_DAYS } from '#domain/case-status.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { caseNumber } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf, single } from '#web/forms.ts'
import { languageOf } from '#web/languages.ts'
import { formatDate, formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { type CitizenAct, type CitizenAction, wasJustDone } from './citizen-act.ts'
import { REASON_CHARACTERS, ReopenForm, WithdrawForm, wordTextError } from './message-form.ts'
import { reopenCase } from './reopen.ts'
import type { Case } from './store.ts'
import { showChanged, toCase } from './tracking-case-page.ts'
import { lastReopenDay } from './tracking-status.ts'
import { withdrawCase } from './withdraw.ts'

interface StepPageData {
  number: string
  rev: number
  text: string
  error: string | null
  max: string
}

const withdrawPage = page<StepPageData>('track/withdraw', ['number', 'rev', 'text', 'error', 'max'])
const reopenPage = page<StepPageData & { days: number; until: string }>('track/reopen', [
  'number',
  'rev',
  'text',
  'error',
  'max',
  'days',
  'until',
])

const stepData = (row: Case, text: string, error: string | null): StepPageData => ({
  number: caseNumber(row.fiscalYear, row.seq),
  rev: row.rev,
  text,
  error,
  max: formatNumber(REASON_CHARACTERS),
})

type Step = (portal: Portal, request: FastifyRequest, reply: FastifyReply, row: Case) => FastifyReply

export const showWithdraw: Step = (portal, request, reply, row) => {
  if (!isOpen(row.status)) return toCase(request, reply)
  return sendPage(portal, request, reply, withdrawPage, stepData(row, '', null))
}

export const receiveWithdrawal: Step = (portal, request, reply, row) => {
  const values = single(fieldsOf(request.body))
  const parsed = WithdrawForm.safeParse(values)
  if (parsed.success) {
    return perform(portal, request, reply, 'withdraw', withdrawCase, { row, ...parsed.data })
  }
  const { lang } = languageOf(request.url)
  const typed = values.text ?? ''
  const error = wordTextError(lang, parsed.error, typed, 'tr.withdraw.reason', REASON_CHARACTERS)
  return sendPage(portal, request, reply, withdrawPage, stepData(row, typed, error), 422)
}

export const showReopen: Step = (portal, request, reply, row) => {
  if (!mayReopen(row, civilDateOf(portal.now()))) return toCase(request, reply)
  return sendPage(portal, request, reply, reopenPage, reopenData(request, row, '', null))
}

export const receiveReopening: Step = (portal, request, reply, row) => {
  const values = single(fieldsOf(request.body))
  const parsed = ReopenForm.safeParse(values)
  if (parsed.success) return perform(portal, request, reply, 'reopen', reopenCase, { row, ...parsed.data })
  const { lang } = languageOf(request.url)
  const typed = values.text ?? ''
  const error = wordTextError(lang, parsed.error, typed, 'tr.reopen.reason', REASON_CHARACTERS)
  return sendPage(portal, request, reply, reopenPage, reopenData(request, row, typed, error), 422)
}

function reopenData(request: FastifyRequest, row: Case, text: string, error: string | null) {
  const until = formatDate(lastReopenDay(row), languageOf(request.url).lang)
  return { ...stepData(row, text, error), days: REOPEN_DAYS, until }
}

/** Does the step, or shows the case as it has become with the words that were typed. */
function perform(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  action: CitizenAction & ('withdraw' | 'reopen'),
  verb: (portal: Portal, act: CitizenAct) => void,
  act: CitizenAct,
): FastifyReply {
  try {
    verb(portal, act)
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'conflict') throw error
    if (!wasJustDone(portal, [action], act)) {
      return showChanged(portal, request, reply, act.row, { text: act.text ?? '' })
    }
  }
  return toCase(request, reply, action)
}
