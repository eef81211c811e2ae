import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError } from '#domain/errors.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { perform } from './act.ts'
import type { Contact } from './bodies.ts'
import { orDamaged, wipe } from './crypto/sodium.ts'
import { type Desk, openDesk, type ReportRequest } from './desk.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import { findOfficer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { requiredText } from './register-fields.ts'
import { DAMAGED } from './register-words.ts'
import { type ReportHead, reportHead } from './report-head.ts'
import { findContact, listContactKeys } from './report-store.ts'
import { openContact, openContactKey } from './seal.ts'

interface ContactPage {
  bar: OfficerBar
  head: ReportHead
  reason: string
  errors: FieldErrors
  /** Shown once, in the answer to the reason. */
  shown: { name: string; contact: string } | null
}

const contactPage = page<ContactPage>('sealed/staff/report-contact', [
  'bar',
  'head',
  'reason',
  'errors',
  'shown',
])

const Reason = z.object({ reason: requiredText('เหตุผลที่ต้องเปิดดูข้อมูลผู้แจ้ง') })

/** Who may open what is known of who reports. Whether anything is, nobody learns without opening it. */
export function contactHolder({ sealed, officer, opened }: Desk): { who: string | null; mayOpen: boolean } {
  const holders = listContactKeys(sealed.db, opened.report.id).map(({ holder }) => holder)
  const known = holders.map((holder) => findOfficer(sealed.db, holder)).find((found) => found !== undefined)
  return { who: known?.displayName ?? null, mayOpen: known?.id === officer.id }
}

export async function showContact(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await openOwnContact(sealed, request, reply)
  return desk ? send(desk, request, reply, { reason: '', errors: {}, shown: null }, 200) : reply
}

/** Opens it for a reason, which the other officers can read in the report. */
export async function receiveContact(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const desk = await openOwnContact(sealed, request, reply)
  if (!desk) return reply
  const fields = fieldsOf(request.body)
  const parsed = Reason.safeParse(single(fields))
  const reason = fields.reason?.[0] ?? ''
  if (!parsed.success) {
    return send(desk, request, reply, { reason, errors: fieldErrors(parsed.error), shown: null }, 422)
  }
  perform(desk, { action: 'contact', text: parsed.data.reason })
  const contact = orDamaged(() => readContact(desk))
  const shown = contact ? wordsOf(contact) : { name: DAMAGED, contact: '' }
  return send(desk, request, reply, { reason, errors: {}, shown }, 200)
}

/** @throws AppError forbidden to every officer but one */
async function openOwnContact(
  sealed: Sealed,
  request: ReportRequest,
  reply: FastifyReply,
): Promise<Desk | undefined> {
  const desk = await openDesk(sealed, request, reply)
  if (desk && !contactHolder(desk).mayOpen) throw new AppError('forbidden', 'contact')
  return desk
}

function readContact({ sealed, vault, opened }: Desk): Contact | undefined {
  const { id } = opened.report
  const body = findContact(sealed.db, id)
  const key = openContactKey(sealed, vault.officerId, vault.keys, id)
  if (!body || !key) return undefined
  const contact = openContact(key, id, body)
  wipe(key)
  return contact
}

function wordsOf({ name, contact }: Contact): Contact {
  return { name: name || 'ไม่ได้ให้ไว้', contact: contact || 'ไม่ได้ให้ไว้' }
}

function send(
  { sealed, opened }: Desk,
  request: ReportRequest,
  reply: FastifyReply,
  rest: Pick<ContactPage, 'reason' | 'errors' | 'shown'>,
  status: 200 | 422,
): FastifyReply {
  const data = { bar: officerBar(sealed, request), head: reportHead(sealed, opened), ...rest }
  return sendPage(sealed.portal, request, reply, contactPage, data, status)
}
