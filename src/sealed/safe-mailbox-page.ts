import type { FastifyReply, FastifyRequest } from 'fastify'
import { newToken } from '#platform/keyed-hash.ts'
import { CORRUPTION_BODIES, type PublicNumber } from '#public/numbers.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors } from '#web/forms.ts'
import { type Language, languageOf, t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { readChannel } from './channel-store.ts'
import { SealBroken } from './crypto/sodium.ts'
import { type Mailbox, readMailbox } from './mailbox.ts'
import { findReport } from './report-store.ts'
import type { SafeDesk } from './safe-desk.ts'
import { FILE_LIMITS, type Trouble } from './safe-form-page.ts'
import type { SealedSettings } from './settings.ts'
import { VISIT_IDLE_MINUTES, VISIT_MOST_MINUTES, type Visit } from './visits.ts'

interface MailboxPage {
  status: string
  next: string
  isAsking: boolean
  /** Day after which all is destroyed; null while the case is open. */
  until: string | null
  /** Null where they are damaged. */
  answers: { on: string; text: string }[] | null
  done: 'sent' | 'erased' | null
  token: string
  text: string
  errors: FieldErrors
  trouble: Trouble | null
  bodies: readonly PublicNumber[]
  filesMax: number
  megabytes: number
  megabytesAll: number
  idle: number
  most: number
}

const mailboxPage = page<MailboxPage>('sealed/safe-mailbox', [
  'status',
  'next',
  'isAsking',
  'until',
  'answers',
  'done',
  'token',
  'text',
  'errors',
  'trouble',
  'bodies',
  'filesMax',
  'megabytes',
  'megabytesAll',
  'idle',
  'most',
])

export type MailboxState = Partial<Pick<MailboxPage, 'done' | 'token' | 'text' | 'errors' | 'trouble'>>

/** The mailbox of the visit; undefined when its report was destroyed meanwhile. */
export function showMailbox(
  { sealed }: SafeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  state: MailboxState = {},
  httpStatus = 200,
): FastifyReply | undefined {
  const { lang } = languageOf(request.url)
  const report = findReport(sealed.db, visit.reportId)
  if (!report) return undefined
  const { status, destroyOn } = report
  const data = {
    ...{ done: null, token: newToken(), text: '', errors: {}, trouble: null, ...state },
    ...{ ...FILE_LIMITS, bodies: CORRUPTION_BODIES, idle: VISIT_IDLE_MINUTES, most: VISIT_MOST_MINUTES },
    status: t(lang, `wb.st.${status}`),
    next: nextStep(lang, status, readChannel(sealed.db).settings),
    isAsking: status === 'need_info',
    until: destroyOn && formatDate(destroyOn, lang),
    answers: answersIn(lang, () => readMailbox(sealed, visit)),
  }
  return sendPage(sealed.portal, request, reply, mailboxPage, data, httpStatus)
}

function nextStep(lang: Language, status: Mailbox['report']['status'], settings: SealedSettings): string {
  return t(lang, `wb.st.${status}.next`, {
    acknowledge: settings.acknowledgeDays,
    check: settings.checkDays,
    inquiry: settings.inquiryDays,
    extension: settings.extensionDays,
    later: t(lang, 'wb.later'),
  })
}

/** The newest first. What was changed by another hand than ours is not shown at all. */
function answersIn(lang: Language, read: () => Mailbox | undefined): MailboxPage['answers'] {
  try {
    const answers = read()?.answers ?? []
    return answers.map(({ day, text }) => ({ on: formatDate(day, lang), text })).reverse()
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
