import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { INVOLVEMENTS } from '#domain/sealed-status.ts'
import { sendPage } from '#web/answer.ts'
import { requiredLine } from '#web/form-fields.ts'
import { type FieldErrors, type Fields, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import type { AccountBook } from './account-book.ts'
import { ADMIN_PAGE } from './admin-overview.ts'
import { removeOfficer } from './keys.ts'
import { administrator, nameOfficer } from './name-officer.ts'
import { findOfficer, listActiveOfficers, listOfficers, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'

const FIELDS = ['accountId', 'post'] as const

const NamingForm = z.object({
  accountId: z
    .string('กรุณาเลือกบัญชี')
    .regex(/^[1-9]\d{0,8}$/, 'กรุณาเลือกบัญชี')
    .transform(Number),
  post: requiredLine(150, 'กรุณากรอกตำแหน่งตามคำสั่ง'),
  concerns: z.array(z.string()).transform((values) => INVOLVEMENTS.filter((one) => values.includes(one))),
})

const EndForm = z.object({ reason: requiredLine(200, 'กรุณากรอกเหตุผล เช่น เลขที่คำสั่งที่ให้พ้นหน้าที่') })

interface NamePage {
  accounts: { value: string; text: string }[]
  values: Record<(typeof FIELDS)[number], string> & { concerns: string[] }
  errors: FieldErrors
}

const namePage = page<NamePage>('sealed/admin/name', ['accounts', 'values', 'errors'])

interface EndPage {
  id: string
  name: string
  post: string
  /** How many can open reports once this one is gone. */
  left: number
  wasActive: boolean
  reason: string
  errors: FieldErrors
}

const endPage = page<EndPage>('sealed/admin/end', [
  'id',
  'name',
  'post',
  'left',
  'wasActive',
  'reason',
  'errors',
])

type OfficerRequest = FastifyRequest<{ Params: { id: string } }>

/** Who the officers are. An administrator writes down what the order says, and holds no key to give. */
export function adminOfficerRoutes(sealed: Sealed, accounts: AccountBook): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(`${ADMIN_PAGE}/officers/new`, admin, (request, reply) =>
      sendName(sealed, accounts, request, reply, {}, {}),
    )
    app.post(`${ADMIN_PAGE}/officers/new`, admin, (request, reply) =>
      postName(sealed, accounts, request, reply),
    )
    app.get(`${ADMIN_PAGE}/officers/:id/end`, admin, (request: OfficerRequest, reply) =>
      sendEnd(sealed, request, reply, officerIn(sealed, request), '', {}),
    )
    app.post(`${ADMIN_PAGE}/officers/:id/end`, admin, (request: OfficerRequest, reply) =>
      postEnd(sealed, request, reply),
    )
    done()
  }
}

function sendName(
  sealed: Sealed,
  accounts: AccountBook,
  request: FastifyRequest,
  reply: FastifyReply,
  fields: Fields,
  errors: FieldErrors,
): FastifyReply {
  const named = new Set(listOfficers(sealed.db).map(({ accountId }) => accountId))
  const data: NamePage = {
    accounts: accounts
      .list()
      .filter(({ id, disabled, isAdministrator }) => !disabled && !isAdministrator && !named.has(id))
      .map(({ id, displayName, post }) => ({
        value: String(id),
        text: post ? `${displayName} (${post})` : displayName,
      })),
    values: { ...typed(fields, FIELDS), concerns: fields.concerns ?? [] },
    errors,
  }
  return sendPage(sealed.portal, request, reply, namePage, data, statusOf(errors))
}

function postName(
  sealed: Sealed,
  accounts: AccountBook,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const fields = fieldsOf(request.body)
  const form = NamingForm.safeParse({ ...single(fields), concerns: fields.concerns ?? [] })
  const errors = form.success
    ? nameOfficer(sealed, accounts, viewerOf(request), form.data)
    : fieldErrors(form.error)
  if (Object.keys(errors).length > 0) return sendName(sealed, accounts, request, reply, fields, errors)
  return reply.redirect(`${ADMIN_PAGE}?saved`, 303)
}

function sendEnd(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  officer: Officer,
  reason: string,
  errors: FieldErrors,
): FastifyReply {
  const data: EndPage = {
    ...{ id: officer.id, name: officer.displayName, post: officer.post, reason, errors },
    left: listActiveOfficers(sealed.db).filter(({ id }) => id !== officer.id).length,
    wasActive: officer.grantedAt !== null,
  }
  return sendPage(sealed.portal, request, reply, endPage, data, statusOf(errors))
}

function postEnd(sealed: Sealed, request: OfficerRequest, reply: FastifyReply): FastifyReply {
  const officer = officerIn(sealed, request)
  const fields = fieldsOf(request.body)
  const form = EndForm.safeParse(single(fields))
  if (!form.success) {
    const { reason } = typed(fields, ['reason'])
    return sendEnd(sealed, request, reply, officer, reason, fieldErrors(form.error))
  }
  removeOfficer(sealed, administrator(viewerOf(request)), officer, form.data.reason)
  return reply.redirect(`${ADMIN_PAGE}?ended`, 303)
}

/** @throws AppError not_found */
function officerIn(sealed: Sealed, request: OfficerRequest): Officer {
  const officer = findOfficer(sealed.db, request.params.id)
  if (!officer) throw new AppError('not_found', 'officer')
  return officer
}

const statusOf = (errors: FieldErrors): number => (Object.keys(errors).length > 0 ? 422 : 200)
