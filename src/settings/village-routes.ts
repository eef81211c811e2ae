import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { listVillages } from './admin-store.ts'
import { addSetting, changeSetting, retireSetting } from './change.ts'
import { type OneRequest, rowOf, type SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'
import { insertVillage, updateVillage, type Village } from './store.ts'
import { type VillageFields, VillageForm } from './village-forms.ts'

type Values = Record<'number' | 'name' | 'nameEn', string>

const villagesPage = page<{ villages: Village[]; values: Values; saved: boolean; errors: FieldErrors }>(
  'admin/villages',
  ['villages', 'values', 'saved', 'errors'],
)
const villagePage = page<{ village: Village; values: Values; errors: FieldErrors }>('admin/village', [
  'village',
  'values',
  'errors',
])

const LIST = '/staff/admin/villages'

/** The villages (หมู่ที่) that citizens choose from. Villages are retired, never removed: old cases name them. */
export function villageRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(LIST, admin, (request: SavedRequest, reply) => {
      const values = { number: nextNumber(portal), name: '', nameEn: '' }
      return sendList(portal, request, reply, values, 'saved' in request.query)
    })
    app.post(LIST, admin, (request, reply) => postNew(portal, request, reply))
    app.get(`${LIST}/:id`, admin, (request: OneRequest, reply) => {
      const village = rowOf(listVillages(portal.db), request)
      const { number, name, nameEn } = village
      return sendVillage(portal, request, reply, village, { number: String(number), name, nameEn })
    })
    app.post(`${LIST}/:id`, admin, (request: OneRequest, reply) => postChange(portal, request, reply))
    app.post(`${LIST}/:id/retire`, admin, (request: OneRequest, reply) =>
      retire(portal, request, reply, portal.now()),
    )
    app.post(`${LIST}/:id/restore`, admin, (request: OneRequest, reply) =>
      retire(portal, request, reply, null),
    )
    done()
  }
}

function sendList(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  values: Values,
  saved: boolean,
  errors: FieldErrors = {},
): FastifyReply {
  const data = { villages: listVillages(portal.db), values, saved, errors }
  return sendPage(portal, request, reply, villagesPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

function sendVillage(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  village: Village,
  values: Values,
  errors: FieldErrors = {},
): FastifyReply {
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return sendPage(portal, request, reply, villagePage, { village, values, errors }, status)
}

function postNew(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const form = readVillage(portal, request)
  if ('errors' in form) return sendList(portal, request, reply, form.values, false, form.errors)
  addSetting(portal, viewerOf(request), 'village', form.value, () => insertVillage(portal.db, form.value))
  return reply.redirect(`${LIST}?saved`, 303)
}

function postChange(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const village = rowOf(listVillages(portal.db), request)
  const form = readVillage(portal, request, village)
  if ('errors' in form) return sendVillage(portal, request, reply, village, form.values, form.errors)
  const { id, number, name, nameEn } = village
  const change = {
    action: 'settings.village.change',
    subject: `village:${id}`,
    before: { number, name, nameEn },
    after: form.value,
  }
  changeSetting(portal, viewerOf(request), change, () => updateVillage(portal.db, id, form.value))
  return reply.redirect(`${LIST}?saved`, 303)
}

function retire(
  portal: Portal,
  request: OneRequest,
  reply: FastifyReply,
  retiredAt: Date | null,
): FastifyReply {
  const { id, retiredAt: before } = rowOf(listVillages(portal.db), request)
  const what = { kind: 'village', id, wasRetired: before !== null } as const
  retireSetting(portal, viewerOf(request), what, retiredAt, () => updateVillage(portal.db, id, { retiredAt }))
  return reply.redirect(`${LIST}?saved`, 303)
}

function readVillage(
  portal: Portal,
  request: FastifyRequest,
  village?: Village,
): { value: VillageFields } | { values: Values; errors: FieldErrors } {
  const fields = fieldsOf(request.body)
  const values = typed(fields, ['number', 'name', 'nameEn'])
  const form = VillageForm.safeParse(single(fields))
  if (!form.success) return { values, errors: fieldErrors(form.error) }
  const { number } = form.data
  const same = listVillages(portal.db).find((row) => row.number === number && row.id !== village?.id)
  if (!same) return { value: form.data }
  const retired = same.retiredAt ? ' เลิกใช้แล้ว นำกลับมาใช้ได้จากรายการ' : ''
  return { values, errors: { number: `มีหมู่ที่ ${number} อยู่แล้ว (${same.name}${retired})` } }
}

function nextNumber(portal: Portal): string {
  return String(Math.max(0, ...listVillages(portal.db).map(({ number }) => number)) + 1)
}
