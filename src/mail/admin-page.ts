import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf, single } from '#web/forms.ts'
import { formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { type MailLine, mailLine } from './mail-line.ts'
import { countMails, type MailPage, type Position, pageOfMails } from './outbox-list-store.ts'
import type { MailState } from './tables.ts'
import type { TestResult } from './test-mail.ts'

export const MAIL_PAGE = '/staff/admin/mail'

/** The numbers of cases by their ids, as far as they exist: all that an administrator is told of a case. */
export type CaseNumbers = (caseIds: readonly number[]) => ReadonlyMap<number, string>

const VIEWS = {
  waiting: { title: 'รอส่ง', states: ['queued', 'sending'] },
  sent: { title: 'ส่งแล้ว', states: ['sent'] },
  failed: { title: 'ส่งไม่สำเร็จ', states: ['failed'] },
  unknown: { title: 'ไม่ทราบผล', states: ['unknown'] },
  suppressed: { title: 'ไม่ส่ง', states: ['suppressed'] },
} as const satisfies Record<string, { title: string; states: readonly MailState[] }>

type View = keyof typeof VIEWS
const VIEW_NAMES = Object.keys(VIEWS) as View[]

/** The list in which a mail of that state stands. */
export const viewOf = (state: MailState): View =>
  VIEW_NAMES.find((name) => VIEWS[name].states.some((one) => one === state)) ?? 'waiting'

interface MailPageData {
  views: { href: string; title: string; count: string; isCurrent: boolean }[]
  view: View
  title: string
  lines: MailLine[]
  /** The mail server's name and our sender's address; null where none is set. */
  server: { name: string; sender: string } | null
  waiting: string
  /** One was just put on its way again. */
  again: boolean
  to: string
  errors: FieldErrors
  result: TestResult | null
  newer: string | null
  older: string | null
}

const mailPage = page<MailPageData>('admin/mail', [
  'views',
  'view',
  'title',
  'lines',
  'server',
  'waiting',
  'again',
  'to',
  'errors',
  'result',
  'newer',
  'older',
])

/** What a form on the page came to. */
interface Answer {
  to: string
  errors?: FieldErrors
  result?: TestResult
}

const PAGE_SIZE = 50
/** Nobody's work depends on how many more there are. */
const COUNT_UP_TO = 1_000

export function sendMailPage(
  portal: Portal,
  numbers: CaseNumbers,
  request: FastifyRequest,
  reply: FastifyReply,
  { to, errors = {}, result }: Answer = { to: '' },
): FastifyReply {
  const { db, config } = portal
  const query = single(fieldsOf(request.query))
  const view = VIEW_NAMES.find((name) => name === query.state) ?? 'waiting'
  const found = pageOfMails(db, VIEWS[view].states, positionIn(query), PAGE_SIZE)
  const server = config.smtpUrl ? { name: new URL(config.smtpUrl).host, sender: config.mailFrom } : null
  const data: MailPageData = {
    views: viewLinks(portal, view),
    ...{ view, title: VIEWS[view].title, lines: linesOf(portal, numbers, found) },
    ...{ server, waiting: countText(countMails(db, VIEWS.waiting.states, COUNT_UP_TO + 1)) },
    ...{ again: 'again' in query, to, errors, result: result ?? null },
    ...linksOf(view, found),
  }
  return sendPage(portal, request, reply, mailPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

function viewLinks({ db }: Portal, current: View): MailPageData['views'] {
  return VIEW_NAMES.map((name) => ({
    href: `${MAIL_PAGE}?state=${name}`,
    title: VIEWS[name].title,
    count: countText(countMails(db, VIEWS[name].states, COUNT_UP_TO + 1)),
    isCurrent: name === current,
  }))
}

const countText = (count: number): string =>
  count > COUNT_UP_TO ? `มากกว่า ${formatNumber(COUNT_UP_TO)}` : formatNumber(count)

function linesOf(portal: Portal, numbers: CaseNumbers, { mails }: MailPage): MailLine[] {
  const known = numbers(mails.flatMap(({ caseId }) => caseId ?? []))
  return mails.map((mail) => mailLine(portal, mail, known.get(mail.caseId ?? 0)))
}

function positionIn(query: Record<string, string | undefined>): Position {
  const id = (text: string | undefined) => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined)
  return { before: id(query.before), after: id(query.after) }
}

function linksOf(view: View, { mails, hasNewer, hasOlder }: MailPage): Pick<MailPageData, 'newer' | 'older'> {
  const [first, last] = [mails.at(0), mails.at(-1)]
  const address = `${MAIL_PAGE}?state=${view}`
  return {
    newer: hasNewer && first ? `${address}&after=${first.id}` : null,
    older: hasOlder && last ? `${address}&before=${last.id}` : null,
  }
}
