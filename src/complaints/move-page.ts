import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { mayDo, type Viewer } from '#domain/permissions.ts'
import { parseCaseReference } from '#domain/reference.ts'
import { CORRUPTION_BODIES, type PublicNumber } from '#public/numbers.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldErrors, fieldsOf, single } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { type CaseHead, caseHead } from './case-facts.ts'
import { type ConfidentialRegister, EXCLUDABLE, type Excludable } from './confidential-register.ts'
import { afterMoves, isMovable, type MoveAct, moveCase } from './move-case.ts'
import { casesMergedInto } from './moves-store.ts'
import { findCaseBySlug } from './staff-find-case.ts'
import { caseAddress, numberOf } from './staff-words.ts'
import type { Case } from './store.ts'
import { findTombstoneBySlug } from './tombstone-page.ts'

const PATH = 'move-confidential'
const TITLE = 'ย้ายไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ)'
const DONE =
  'ย้ายเรื่องไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ) แล้ว ไม่มีผู้ใดเปิดเรื่องนี้ในระบบทั่วไปได้อีก กรุณาอย่าพูดถึงเรื่องนี้กับผู้ไม่เกี่ยวข้อง'

interface MovePage {
  head: CaseHead
  action: string
  /** Numbers of the cases that were merged into this one, and go along with it. */
  merged: string[]
  choices: { value: Excludable; text: string }[]
  values: { number: string; excluded: string[]; isDisinterested: boolean }
  rev: number
  errors: FieldErrors
  /** Somebody changed the case since the form was opened. */
  isStale: boolean
  bodies: readonly PublicNumber[]
}

const movePage = page<MovePage>('staff/move', [
  'head',
  'action',
  'merged',
  'choices',
  'values',
  'rev',
  'errors',
  'isStale',
  'bodies',
])

/** Why it cannot be moved now: nobody there to open it, or the register did not take it. */
const notNowPage = page<{ head: CaseHead; isClosed: boolean; bodies: readonly PublicNumber[] }>(
  'staff/move-not-now',
  ['head', 'isClosed', 'bodies'],
)

const CHOICES: Record<Excludable, string> = {
  receiving: 'เจ้าหน้าที่ผู้รับเรื่องร้องเรียนการทุจริต',
  superior: 'ผู้บังคับบัญชาของเจ้าหน้าที่ผู้รับเรื่อง',
  chief: 'ผู้บริหารท้องถิ่น (นายกหรือรองนายก)',
}

type MoveRequest = FastifyRequest<{ Params: { slug: string } }>

/** The one act that a case does not come back from: its own pages, with its own warning. */
export function moveRoutes(app: FastifyInstance, portal: Portal, confidential: ConfidentialRegister): void {
  const options = { config: { permission: 'queue' as const } }
  const path = `/staff/cases/:slug/${PATH}`
  app.get(path, options, (request: MoveRequest, reply) => showMove(portal, confidential, request, reply))
  app.post(path, options, (request: MoveRequest, reply) => receiveMove(portal, confidential, request, reply))
}

/** The link on the case page, for whoever may; none while nobody could open the case in the register. */
export function moveLink(
  confidential: ConfidentialRegister | undefined,
  viewer: Viewer,
  row: Case,
): { href: string; title: string }[] {
  const isOffered = confidential?.isOpen() && isMovable(row) && mayDo(viewer, 'move_confidential', row)
  return isOffered ? [{ href: addressOf(row), title: TITLE }] : []
}

/** What the queue says afterwards: the case itself has no page any more. */
export const moveDone = (word: string | undefined): string | null => (word === PATH ? DONE : null)

const addressOf = (row: Case): string => `${caseAddress(row)}/${PATH}`

function showMove(
  portal: Portal,
  confidential: ConfidentialRegister,
  request: MoveRequest,
  reply: FastifyReply,
): FastifyReply {
  const tombstone = findTombstoneBySlug(portal, viewerOf(request), request.params.slug)
  if (tombstone) return reply.redirect(caseAddress(tombstone), 303)
  const row = openMovable(portal, request)
  if (!confidential.isOpen()) return sendNotNow(portal, request, reply, row, true)
  return sendMove(portal, request, reply, row, { fields: {}, errors: {} })
}

async function receiveMove(
  portal: Portal,
  confidential: ConfidentialRegister,
  request: MoveRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // The other half of a double press waits for what becomes of the first.
  await afterMoves(portal)
  const viewer = viewerOf(request)
  const tombstone = findTombstoneBySlug(portal, viewer, request.params.slug)
  if (tombstone) {
    const isOwn = tombstone.actorId === viewer.accountId
    return reply.redirect(isOwn ? `/staff?done=${PATH}` : caseAddress(tombstone), 303)
  }
  const row = openMovable(portal, request)
  if (!confidential.isOpen()) return sendNotNow(portal, request, reply, row, true)
  const fields = fieldsOf(request.body)
  if (Number(fields.rev?.[0]) !== row.rev) {
    return sendMove(portal, request, reply, row, { fields, errors: {}, isStale: true })
  }
  const parsed = MoveForm(row).safeParse({ ...single(fields), excluded: fields.excluded ?? [] })
  if (!parsed.success) {
    return sendMove(portal, request, reply, row, { fields, errors: fieldErrors(parsed.error) })
  }
  return await perform(portal, confidential, request, reply, { row, viewer, excluded: parsed.data.excluded })
}

async function perform(
  portal: Portal,
  confidential: ConfidentialRegister,
  request: MoveRequest,
  reply: FastifyReply,
  act: MoveAct,
): Promise<FastifyReply> {
  try {
    await moveCase(portal, confidential, act, (caseId, err) => {
      request.log.error({ case: caseId, err }, 'move to the confidential register waits')
    })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // Somebody was quicker: looked at anew, it is moved, or not as it was seen.
    if (error.code === 'case_changed') return await receiveMove(portal, confidential, request, reply)
    if (error.code !== 'register') throw error
    return sendNotNow(portal, request, reply, act.row, false)
  }
  return reply.redirect(`/staff?done=${PATH}`, 303)
}

const MoveForm = (row: Case) =>
  z.object({
    excluded: z.array(z.enum(EXCLUDABLE, { error: 'กรุณาเลือกจากรายการ' })),
    number: z
      .string()
      .default('')
      .refine((text) => isNumberOf(row, text), { error: `กรุณาพิมพ์เลขที่เรื่องนี้ให้ตรงกัน คือ ${numberOf(row)}` }),
    isDisinterested: z.literal('yes', {
      error: 'ถ้าท่านไม่มีส่วนได้เสียกับเรื่องนี้ กรุณาทำเครื่องหมาย ถ้ามี ห้ามย้ายเรื่องนี้เอง',
    }),
  })

function isNumberOf(row: Case, text: string): boolean {
  const reference = parseCaseReference(text)
  return reference?.fy === row.fiscalYear && reference.seq === row.seq
}

/**
 * @throws AppError not_found for a case not to be seen, forbidden for whoever may not move it, conflict where it
 * has ended in another way
 */
function openMovable(portal: Portal, request: MoveRequest): Case {
  const viewer = viewerOf(request)
  const row = findCaseBySlug(portal, viewer, request.params.slug)
  if (!mayDo(viewer, 'move_confidential', row)) throw new AppError('forbidden', 'permission')
  if (!isMovable(row)) throw new AppError('conflict', 'not_allowed_now')
  return row
}

function sendMove(
  portal: Portal,
  request: MoveRequest,
  reply: FastifyReply,
  row: Case,
  { fields, errors, isStale = false }: { fields: Fields; errors: FieldErrors; isStale?: boolean },
): FastifyReply {
  const data: MovePage = {
    ...{ head: caseHead(portal, row), action: addressOf(row), rev: row.rev, errors, isStale },
    merged: casesMergedInto(portal.db, row.id).map(numberOf),
    choices: EXCLUDABLE.map((value) => ({ value, text: CHOICES[value] })),
    values: {
      number: fields.number?.[0] ?? '',
      excluded: fields.excluded ?? [],
      isDisinterested: fields.isDisinterested?.[0] === 'yes',
    },
    bodies: CORRUPTION_BODIES,
  }
  const status = isStale ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return sendPage(portal, request, reply, movePage, data, status)
}

function sendNotNow(
  portal: Portal,
  request: MoveRequest,
  reply: FastifyReply,
  row: Case,
  isClosed: boolean,
): FastifyReply {
  const data = { head: caseHead(portal, row), isClosed, bodies: CORRUPTION_BODIES }
  return sendPage(portal, request, reply, notNowPage, data, 503)
}
