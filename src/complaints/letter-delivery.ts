import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { viewerActor } from '#accounts/actor.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { deliverLetter, wayTo } from '#letters/deliver.ts'
import { deliveriesOf, type Letter, letterById } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { type CaseHead, caseHead, complainantFor } from './case-facts.ts'
import { promiseNote } from './letter-state.ts'
import { deliveryText, letterTitle } from './letter-words.ts'
import { dayBetween, oneOfWords, optionalText } from './staff-fields.ts'
import { type LetterRequest, letterAddress, type OpenLetter, openLetterToWrite } from './staff-find-letter.ts'
import { caseAddress, typedDate } from './staff-words.ts'
import { contactOf } from './store.ts'

/** What an officer does by hand; the rest the portal records by itself. */
const BY_HAND = ['post', 'phone', 'handed'] as const
const FIELDS = ['means', 'deliveredOn', 'note'] as const
type Typed = Record<(typeof FIELDS)[number], string>

interface DeliveryPage {
  head: CaseHead
  title: string
  action: string
  values: Typed
  means: { value: string; text: string; hint: string | null }[]
  rev: number
  dateHint: string
  /** What depends on the record; null where nothing does. */
  promise: string | null
  errors: FieldErrors
  /** Deliveries on record, shown where somebody was quicker or the letter was delivered before. */
  recorded: string[]
  isStale: boolean
  /** Why nothing can be recorded; null where it can. */
  closed: string | null
}

const deliveryPage = page<DeliveryPage>('staff/letter-delivery', [
  'head',
  'title',
  'action',
  'values',
  'means',
  'rev',
  'dateHint',
  'promise',
  'errors',
  'recorded',
  'isStale',
  'closed',
])

type Answer = { values: Typed; errors?: FieldErrors; isStale?: boolean; status?: 200 | 409 | 422 }

export function showDelivery(portal: Portal, request: LetterRequest, reply: FastifyReply): FastifyReply {
  const opened = openLetterToWrite(portal, request)
  const contact = contactOf(portal.db, opened.row.id)
  const way = contact && wayTo({ ...contact, email: null })
  const means = way === 'post' || way === 'phone' ? way : ''
  const values = { means, deliveredOn: typedDate(civilDateOf(portal.now())), note: '' }
  return send(portal, request, reply, opened, { values, status: wasIssued(opened.letter) ? 200 : 409 })
}

export function receiveDelivery(portal: Portal, request: LetterRequest, reply: FastifyReply): FastifyReply {
  const opened = openLetterToWrite(portal, request)
  const fields = fieldsOf(request.body)
  const values = typed(fields, FIELDS)
  if (!wasIssued(opened.letter)) return send(portal, request, reply, opened, { values, status: 409 })
  const parsed = DeliveryForm(issuedOn(opened.letter), civilDateOf(portal.now())).safeParse(single(fields))
  if (!parsed.success) {
    return send(portal, request, reply, opened, { values, errors: fieldErrors(parsed.error), status: 422 })
  }
  const outcome = record(portal, opened, Number(fields.rev?.[0]), parsed.data)
  if (outcome === 'stale') {
    return send(portal, request, reply, opened, { values, isStale: true, status: 409 })
  }
  return reply.redirect(`${caseAddress(opened.row)}?done=letter-delivery`, 303)
}

type Input = z.output<ReturnType<typeof DeliveryForm>>

const DeliveryForm = (earliest: CivilDate, latest: CivilDate) =>
  z.object({
    means: oneOfWords(BY_HAND, 'วิธีที่ส่ง'),
    deliveredOn: dayBetween(earliest, latest),
    note: optionalText('หมายเหตุ'),
  })

/** A second press records nothing; what another officer was quicker with is looked at first. */
function record(
  { db, now }: Portal,
  { viewer, letter }: OpenLetter,
  rev: number,
  { means, deliveredOn, note }: Input,
): 'recorded' | 'stale' {
  return db.inTransaction(() => {
    const isThere = deliveriesOf(db, [letter.id]).some(
      (one) =>
        one.means === means &&
        one.deliveredOn === deliveredOn &&
        one.note === note &&
        one.actorId === viewer.accountId,
    )
    if (isThere) return 'recorded'
    if (letterById(db, letter.id)?.rev !== rev) return 'stale'
    deliverLetter(db, letter.id, means, deliveredOn, { at: now(), actor: viewerActor(viewer) }, note)
    return 'recorded'
  })
}

const wasIssued = ({ state }: Letter): boolean => state === 'issued' || state === 'sent'

const issuedOn = ({ issuedAt, createdAt }: Letter): CivilDate => civilDateOf(issuedAt ?? createdAt)

function send(
  portal: Portal,
  request: LetterRequest,
  reply: FastifyReply,
  { viewer, row, letter }: OpenLetter,
  { values, errors = {}, isStale = false, status = 200 }: Answer,
): FastifyReply {
  const contact = contactOf(portal.db, row.id)
  const known = complainantFor(portal, viewer, row, contact).rows !== null ? contact : undefined
  const hints = { post: known?.address ?? null, phone: known?.phone ?? null, handed: null }
  const names = { post: 'ส่งทางไปรษณีย์', phone: 'โทรแจ้ง', handed: 'มอบให้กับมือ' }
  const data: DeliveryPage = {
    ...{ head: caseHead(portal, row), title: letterTitle(letter.kind), values, errors, rev: letter.rev },
    action: `${letterAddress(row, letter)}/delivery`,
    means: BY_HAND.map((value) => ({ value, text: names[value], hint: hints[value] })),
    dateHint: `ไม่ก่อนวันออกหนังสือ ${formatDate(issuedOn(letter), 'th')} และไม่เกินวันนี้`,
    promise: promiseNote(portal, letter),
    recorded: deliveriesOf(portal.db, [letter.id]).map(deliveryText),
    isStale,
    closed: wasIssued(letter) ? null : 'หนังสือนี้ยังไม่ได้อนุมัติให้ส่ง จึงยังบันทึกการส่งไม่ได้ กรุณาอนุมัติและส่งก่อน',
  }
  return sendPage(portal, request, reply, deliveryPage, data, status)
}
