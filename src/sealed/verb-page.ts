import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldsOf } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { perform, wasDone } from './act.ts'
import { type Desk, openDesk } from './desk.ts'
import { note } from './note.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Sealed } from './open.ts'
import { reportAddress } from './register-words.ts'
import { type ReportHead, reportHead } from './report-head.ts'
import { type HistoryLine, historyLines } from './report-lines.ts'
import type { Verb, VerbField } from './verb.ts'
import { findVerb } from './verbs.ts'

type VerbRequest = FastifyRequest<{ Params: { id: string; verb: string } }>

/** What views/sealed/staff/_report-form.eta draws. */
interface FormView {
  action: string
  /** Fields that stand together, by who will read what is typed. */
  sections: { seenBy: VerbField['seenBy']; fields: (VerbField & { typed: string })[] }[]
  /** The state of the report that the form was written for, and how many messages it had. */
  rev: number
  seen: number
  errors: FieldErrors
  button: string
}

interface VerbPage {
  bar: OfficerBar
  head: ReportHead
  title: string
  lead: string
  form: FormView
  errors: FieldErrors
}

const verbPage = page<VerbPage>('sealed/staff/report-verb', [
  'bar',
  'head',
  'title',
  'lead',
  'form',
  'errors',
])

interface ConflictPage {
  bar: OfficerBar
  head: ReportHead
  title: string
  /** What was typed, ready to be sent for the report as it is now; null where it cannot be done any more. */
  form: FormView | null
  /** The words of a form that can no longer be sent, to be copied. */
  typed: { label: string; text: string }[]
  since: HistoryLine[]
  hasNewReply: boolean
}

const conflictPage = page<ConflictPage>('sealed/staff/report-conflict', [
  'bar',
  'head',
  'title',
  'form',
  'typed',
  'since',
  'hasNewReply',
])

export async function showVerb(
  sealed: Sealed,
  request: VerbRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const verb = verbOf(request)
  const desk = await openDesk(sealed, request, reply)
  if (!desk) return reply
  if (!verb.isOffered(desk)) return sendConflict(desk, verb, null, request, reply)
  return sendVerb(desk, verb, request, reply, null)
}

export async function receiveVerb(
  sealed: Sealed,
  request: VerbRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const verb = verbOf(request)
  const desk = await openDesk(sealed, request, reply)
  if (!desk) return reply
  const sent = fieldsOf(request.body)
  const read = verb.read(desk, sent)
  if ('act' in read && wasDone(desk, read.act, Number(sent.seen?.[0] || Number.NaN)))
    return done(reply, desk, verb)
  if (!verb.isOffered(desk) || isStale(desk, verb, sent))
    return sendConflict(desk, verb, sent, request, reply)
  if ('errors' in read) return sendVerb(desk, verb, request, reply, sent, read.errors)
  perform(desk, read.act)
  return done(reply, desk, verb)
}

const done = (reply: FastifyReply, { opened }: Desk, { path }: Verb): FastifyReply =>
  reply.redirect(`${reportAddress(opened.report.id)}?done=${path}`, 303)

/** @throws AppError not_found */
function verbOf(request: VerbRequest): Verb {
  const verb = findVerb(request.params.verb)
  if (!verb) throw new AppError('not_found', 'verb')
  return verb
}

/** Written for another state of the report than it is in. A note is of use in any. */
const isStale = ({ opened }: Desk, verb: Verb, sent: Fields): boolean =>
  verb !== note && Number(sent.rev?.[0]) !== opened.report.rev

function sendVerb(
  desk: Desk,
  verb: Verb,
  request: VerbRequest,
  reply: FastifyReply,
  sent: Fields | null,
  errors: FieldErrors = {},
): FastifyReply {
  const { sealed, opened } = desk
  const data: VerbPage = {
    ...{ bar: officerBar(sealed, request), head: reportHead(sealed, opened) },
    ...{ title: verb.title, lead: verb.lead(desk), form: formView(desk, verb, sent, errors), errors },
  }
  return sendPage(sealed.portal, request, reply, verbPage, data, sent ? 422 : 200)
}

/** Somebody else was first: tells what happened, and gives back what was typed. */
function sendConflict(
  desk: Desk,
  verb: Verb,
  sent: Fields | null,
  request: VerbRequest,
  reply: FastifyReply,
): FastifyReply {
  const { sealed, opened } = desk
  const seen = Number(sent?.seen?.[0] || Number.NaN)
  const since = opened.messages.filter(({ position }) => position >= seen)
  const form = formView(desk, verb, sent, {})
  const fields = form.sections.flatMap((section) => section.fields)
  const isOffered = verb.isOffered(desk)
  const data: ConflictPage = {
    ...{ bar: officerBar(sealed, request), head: reportHead(sealed, opened), title: verb.title },
    form: isOffered && sent ? form : null,
    typed: isOffered
      ? []
      : fields.flatMap(({ label, typed }) => (sent && typed ? [{ label, text: typed }] : [])),
    since: historyLines(since),
    hasNewReply: since.some(({ direction }) => direction === 'in'),
  }
  return sendPage(sealed.portal, request, reply, conflictPage, data, 409)
}

function formView(desk: Desk, verb: Verb, sent: Fields | null, errors: FieldErrors): FormView {
  const { report, messages } = desk.opened
  const sections: FormView['sections'] = []
  for (const field of verb.fields(desk)) {
    const typed = (sent ? sent[field.name]?.[0] : field.value) ?? ''
    const last = sections.at(-1)
    if (last?.seenBy === field.seenBy) last.fields.push({ ...field, typed })
    else sections.push({ seenBy: field.seenBy, fields: [{ ...field, typed }] })
  }
  return {
    action: `${reportAddress(report.id)}/${verb.path}`,
    ...{ sections, errors, rev: report.rev, seen: messages.length, button: verb.button },
  }
}
