import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { listUnits, nextUnitSort } from './admin-store.ts'
import { addSetting, changeSetting, retireSetting } from './change.ts'
import { type OneRequest, rowOf, type SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'
import { insertUnit, type Unit, updateUnit } from './store.ts'
import { readUnit, type UnitValues, whyKept } from './unit-rules.ts'

const unitsPage = page<{ units: Unit[]; values: UnitValues; saved: boolean; errors: FieldErrors }>(
  'admin/units',
  ['units', 'values', 'saved', 'errors'],
)
const unitPage = page<{ unit: Unit; values: UnitValues; errors: FieldErrors }>('admin/unit', [
  'unit',
  'values',
  'errors',
])

const LIST = '/staff/admin/units'
const NO_VALUES: UnitValues = { name: '', nameEn: '', isCentre: '' }

/** The units (กอง, สำนัก) that cases are assigned to. Units are retired, never removed: old cases name them. */
export function unitRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(LIST, admin, (request: SavedRequest, reply) =>
      sendList(portal, request, reply, NO_VALUES, 'saved' in request.query),
    )
    app.post(LIST, admin, (request, reply) => postNew(portal, request, reply))
    app.get(`${LIST}/:id`, admin, (request: OneRequest, reply) => {
      const unit = unitOf(portal, request)
      return sendUnit(portal, request, reply, unit, valuesOf(unit))
    })
    app.post(`${LIST}/:id`, admin, (request: OneRequest, reply) => postChange(portal, request, reply))
    app.post(`${LIST}/:id/retire`, admin, (request: OneRequest, reply) => postRetire(portal, request, reply))
    app.post(`${LIST}/:id/restore`, admin, (request: OneRequest, reply) => {
      retire(portal, request, unitOf(portal, request), null)
      return reply.redirect(`${LIST}?saved`, 303)
    })
    done()
  }
}

function sendList(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  values: UnitValues,
  saved: boolean,
  errors: FieldErrors = {},
): FastifyReply {
  const data = { units: listUnits(portal.db), values, saved, errors }
  return sendPage(portal, request, reply, unitsPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

function sendUnit(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  unit: Unit,
  values: UnitValues,
  errors: FieldErrors = {},
): FastifyReply {
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return sendPage(portal, request, reply, unitPage, { unit, values, errors }, status)
}

function postNew(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const form = readUnit(portal, request)
  if ('errors' in form) return sendList(portal, request, reply, form.values, false, form.errors)
  addSetting(portal, viewerOf(request), 'unit', form.value, () =>
    insertUnit(portal.db, { ...form.value, sort: nextUnitSort(portal.db) }),
  )
  return reply.redirect(`${LIST}?saved`, 303)
}

function postChange(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const unit = unitOf(portal, request)
  const form = readUnit(portal, request, unit)
  if ('errors' in form) return sendUnit(portal, request, reply, unit, form.values, form.errors)
  const { name, nameEn, isCentre } = unit
  const change = {
    action: 'settings.unit.change',
    subject: `unit:${unit.id}`,
    before: { name, nameEn, isCentre },
    after: form.value,
  }
  changeSetting(portal, viewerOf(request), change, () => updateUnit(portal.db, unit.id, form.value))
  return reply.redirect(`${LIST}?saved`, 303)
}

function postRetire(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const unit = unitOf(portal, request)
  const problem = whyKept(portal, unit)
  if (problem) return sendUnit(portal, request, reply, unit, valuesOf(unit), { retire: problem })
  retire(portal, request, unit, portal.now())
  return reply.redirect(`${LIST}?saved`, 303)
}

function retire(portal: Portal, request: FastifyRequest, unit: Unit, retiredAt: Date | null): void {
  const what = { kind: 'unit', id: unit.id, wasRetired: unit.retiredAt !== null } as const
  retireSetting(portal, viewerOf(request), what, retiredAt, () =>
    updateUnit(portal.db, unit.id, { retiredAt }),
  )
}

function valuesOf(unit: Unit): UnitValues {
  return { name: unit.name, nameEn: unit.nameEn, isCentre: unit.isCentre ? 'yes' : '' }
}

function unitOf(portal: Portal, request: OneRequest): Unit {
  return rowOf(listUnits(portal.db), request)
}
