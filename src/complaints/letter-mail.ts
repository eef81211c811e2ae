import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerActor } from '#accounts/actor.ts'
import { viewerOf } from '#accounts/guard.ts'
import { recordChange } from '#audit/record.ts'
import type { Act } from '#clock/settle.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { mayDo } from '#domain/permissions.ts'
import { deliverLetter } from '#letters/deliver.ts'
import { requeueMail, settleUnknown } from '#mail/outbox-store.ts'
import type { MailState } from '#mail/tables.ts'
import type { Portal } from '#settings/portal.ts'
import { fieldsOf } from '#web/forms.ts'
import { type CaseMail, findMailOfCase } from './staff-case-store.ts'
import { findCaseBySlug } from './staff-find-case.ts'
import { caseAddress } from './staff-words.ts'

export type MailRequest = FastifyRequest<{ Params: { slug: string; id: string } }>

/** What a person decides about a mail that did not arrive or of which nobody knows, and how it then stands. */
const STEPS = { sent: 'sent', failed: 'failed', again: 'queued' } as const satisfies Record<string, MailState>
type Step = keyof typeof STEPS

/** @throws AppError conflict when the mail is in another state by now */
export function settleMail(portal: Portal, request: MailRequest, reply: FastifyReply): FastifyReply {
  const { db, now } = portal
  const viewer = viewerOf(request)
  const row = findCaseBySlug(portal, viewer, request.params.slug)
  const { id } = request.params
  const mail = /^\d{1,15}$/.test(id) ? findMailOfCase(db, row.id, Number(id)) : undefined
  if (!mail) throw new AppError('not_found', 'mail')
  if (!mayDo(viewer, 'message', row)) throw new AppError('forbidden', 'permission')
  const step = fieldsOf(request.body).step?.[0]
  if (!isStep(step)) throw new AppError('bad_request', 'step')
  const act = { at: now(), actor: viewerActor(viewer) }
  const isDone = db.inTransaction(() => take(portal, mail, step, act))
  // The other half of a double click; whatever else happened to the mail is another matter.
  if (!isDone && mail.state !== STEPS[step]) throw new AppError('conflict', 'mail_changed')
  return reply.redirect(`${caseAddress(row)}?done=mail-${step}`, 303)
}

const isStep = (step: string | undefined): step is Step => step !== undefined && Object.hasOwn(STEPS, step)

/** The decision with what it means to the letter, in the caller's transaction. */
function take({ db }: Pick<Portal, 'db'>, mail: CaseMail, step: Step, act: Act): boolean {
  const isTaken =
    step === 'again' ? requeueMail(db, mail.id, act.at) : settleUnknown(db, mail.id, step, act.at)
  if (!isTaken) return false
  recordChange(db, {
    ...{ ...act, action: `mail.${step}`, subject: `case:${mail.caseId}` },
    ...{ before: { state: mail.state }, after: { mail: mail.id, state: STEPS[step] } },
  })
  if (step === 'sent' && mail.letterId !== null) {
    deliverLetter(db, mail.letterId, 'email', civilDateOf(act.at), act)
  }
  return true
}
