import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { viewerActor } from '#accounts/actor.ts'
import { recordChange } from '#audit/record.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { toArabicDigits } from '#domain/text.ts'
import { type Letter, updateLetter } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { type CaseHead, caseHead } from './case-facts.ts'
import { letterTitle, registerText } from './letter-words.ts'
import { optionalDayBetween, optionalLine } from './staff-fields.ts'
import { type LetterRequest, letterAddress, type OpenLetter, openLetterToWrite } from './staff-find-letter.ts'
import { caseAddress, typedDate } from './staff-words.ts'

const FIELDS = ['officialNo', 'officialOn', 'signerName', 'signerPost'] as const
type Typed = Record<(typeof FIELDS)[number], string>
type Registered = Pick<Letter, (typeof FIELDS)[number]>

interface RegisterPage {
  head: CaseHead
  title: string
  action: string
  values: Typed
  rev: number
  dateHint: string
  errors: FieldErrors
  /** What somebody else has written in the meantime; null where nobody has. */
  meanwhile: string | null
}

const registerPage = page<RegisterPage>('staff/letter-register', [
  'head',
  'title',
  'action',
  'values',
  'rev',
  'dateHint',
  'errors',
  'meanwhile',
])

type Answer = { values: Typed; errors?: FieldErrors; meanwhile?: string; status?: 200 | 409 | 422 }

export function showRegister(portal: Portal, request: LetterRequest, reply: FastifyReply): FastifyReply {
  const opened = openLetterToWrite(portal, request)
  const { letter } = opened
  const { numberPrefix, signerName, signerPost } = portal.settings.letters()
  const values = {
    officialNo: letter.officialNo ?? numberPrefix,
    officialOn: letter.officialOn ? typedDate(letter.officialOn) : '',
    signerName: letter.signerName ?? signerName,
    signerPost: letter.signerPost ?? signerPost,
  }
  return send(portal, request, reply, opened, { values })
}

export function receiveRegister(portal: Portal, request: LetterRequest, reply: FastifyReply): FastifyReply {
  const opened = openLetterToWrite(portal, request)
  const { row, letter } = opened
  const fields = fieldsOf(request.body)
  const values = typed(fields, FIELDS)
  const parsed = schemaFor(portal, opened).safeParse(single(fields))
  if (!parsed.success) {
    return send(portal, request, reply, opened, { values, errors: fieldErrors(parsed.error), status: 422 })
  }
  const { data } = parsed
  const isAsWanted = FIELDS.every((field) => letter[field] === data[field])
  // The other half of a double click finds everything as it wants it.
  if (!isAsWanted && !register(portal, opened, Number(fields.rev?.[0]), data)) {
    const meanwhile = registerText(letter) ?? 'ลบเลขที่และวันที่ออกแล้ว'
    return send(portal, request, reply, opened, { values, meanwhile, status: 409 })
  }
  return reply.redirect(`${caseAddress(row)}?done=letter-register`, 303)
}

/** False where the letter is no longer as the form was made for. */
function register(portal: Portal, { viewer, letter }: OpenLetter, rev: number, data: Registered): boolean {
  const { db } = portal
  return db.inTransaction(() => {
    if (!updateLetter(db, { ...letter, rev }, data)) return false
    const before = Object.fromEntries(FIELDS.map((field) => [field, letter[field]]))
    recordChange(db, {
      ...{ at: portal.now(), actor: viewerActor(viewer), action: 'letter.register' },
      ...{ subject: `case:${letter.caseId}`, before, after: { letter: letter.id, ...data } },
    })
    return true
  })
}

function schemaFor(portal: Portal, { row }: OpenLetter) {
  const { numberPrefix } = portal.settings.letters()
  return z
    .object({
      officialNo: optionalLine('เลขที่หนังสือ').transform((no) => fullNumber(numberPrefix, no)),
      officialOn: optionalDayBetween(row.receivedOn, civilDateOf(portal.now())),
      signerName: optionalLine('ชื่อผู้ลงนาม'),
      signerPost: optionalLine('ตำแหน่งผู้ลงนาม'),
    })
    .refine(({ officialNo, officialOn }) => officialNo !== null || officialOn === null, {
      path: ['officialNo'],
      error: 'กรุณากรอกเลขที่หนังสือตามทะเบียนหนังสือส่ง',
    })
    .refine(({ officialNo, officialOn }) => officialOn !== null || officialNo === null, {
      path: ['officialOn'],
      error: 'กรุณากรอกวันที่ของหนังสือ',
    })
}

/**
 * The whole number is kept, so that a letter keeps it when the office's prefix changes one day. Whoever typed
 * nothing but the running number meant it behind the prefix; the prefix alone is no number.
 */
function fullNumber(prefix: string, typedNo: string | null): string | null {
  const no = toArabicDigits(typedNo ?? '')
  if (no === '' || no === prefix.trim()) return null
  return /^\d+$/.test(no) ? `${prefix}${no}` : no
}

function send(
  portal: Portal,
  request: LetterRequest,
  reply: FastifyReply,
  { row, letter }: OpenLetter,
  { values, errors = {}, meanwhile, status = 200 }: Answer,
): FastifyReply {
  const data: RegisterPage = {
    ...{ head: caseHead(portal, row), title: letterTitle(letter.kind), values, errors, rev: letter.rev },
    action: `${letterAddress(row, letter)}/register`,
    dateHint: `ไม่ก่อน ${formatDate(row.receivedOn, 'th')} และไม่เกินวันนี้ เช่น ${typedDate(civilDateOf(portal.now()))}`,
    meanwhile: meanwhile ?? null,
  }
  return sendPage(portal, request, reply, registerPage, data, status)
}
