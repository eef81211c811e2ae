import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { promisedDays } from '#domain/deadlines.ts'
import { AppError } from '#domain/errors.ts'
import { type FieldErrors, type Fields, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { categoryForm } from './category-forms.ts'
import { sendCategories, sendCategory, valuesOf } from './category-pages.ts'
import { changeSetting, retireSetting } from './change.ts'
import { asksBeforeMoving, changeCalendar, type PlannedChange, savedText } from './moving-dates.ts'
import type { SavedRequest } from './one-row.ts'
import type { Portal } from './portal.ts'
import { type Category, updateCategory } from './store.ts'

const LIST = '/staff/admin/categories'

type OneRequest = FastifyRequest<{ Params: { code: string } }>

/** The categories citizens choose from: their words, unit and days. */
export function categoryRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(LIST, admin, (request: SavedRequest, reply) =>
      sendCategories(portal, request, reply, savedText(request)),
    )
    app.get(`${LIST}/:code`, admin, (request: OneRequest, reply) => {
      const category = categoryOf(portal, request)
      return sendCategory(portal, request, reply, category, valuesOf(category))
    })
    app.post(`${LIST}/:code`, admin, (request: OneRequest, reply) => postChange(portal, request, reply))
    app.post(`${LIST}/:code/retire`, admin, (request: OneRequest, reply) =>
      postRetire(portal, request, reply),
    )
    app.post(`${LIST}/:code/restore`, admin, (request: OneRequest, reply) =>
      postRestore(portal, request, reply),
    )
    done()
  }
}

async function postChange(portal: Portal, request: OneRequest, reply: FastifyReply): Promise<FastifyReply> {
  const category = categoryOf(portal, request)
  const fields = fieldsOf(request.body)
  const values = typed(fields, ['name', 'nameEn', 'unitId', 'targetDays'])
  const again = (errors: FieldErrors) => sendCategory(portal, request, reply, category, values, errors)
  const form = categoryForm(portal.settings.deadlines().targetDays).safeParse(single(fields))
  if (!form.success) return again(fieldErrors(form.error))
  const unit = portal.settings.units().find(({ id }) => String(id) === form.data.unitId)
  if (!unit) return again({ unitId: 'กรุณาเลือกหน่วยงานที่รับผิดชอบ' })
  if (fields.step?.[0] === 'edit') return again({})
  const { name, nameEn } = form.data
  const targetDays = category.groupCode === null ? category.targetDays : form.data.targetDays
  const after = { name, nameEn: nameEn || name, unitId: unit.id, targetDays }
  const before = {
    ...{ name: category.name, nameEn: category.nameEn, unitId: category.unitId },
    targetDays: category.targetDays,
  }
  const change = { action: 'settings.category.change', subject: `category:${category.code}`, before, after }
  const write = () => updateCategory(portal.db, category.code, after)
  if (targetDays === category.targetDays) {
    changeSetting(portal, viewerOf(request), change, write)
    return reply.redirect(`${LIST}?saved`, 303)
  }
  const planned = plannedDays(portal, category, targetDays, fields)
  if (await asksBeforeMoving(portal, request, reply, planned)) return reply
  const reason = `ประเภทเรื่อง “${name}” มีกำหนดเร็วขึ้น`
  const told = await changeCalendar(portal, viewerOf(request), change, reason, write)
  return reply.redirect(`${LIST}?${told}`, 303)
}

function plannedDays(
  portal: Portal,
  category: Category,
  targetDays: number | null,
  fields: Fields,
): PlannedChange {
  const { code, name } = category
  const office = portal.settings.deadlines().targetDays
  const days = (own: number | null) => `${promisedDays(office, own)} วัน`
  const value = `จาก ${days(category.targetDays)} เป็น ${days(targetDays)}`
  return {
    title: `ประเภทเรื่อง ${name}`,
    rows: [{ key: 'แจ้งผลหรือชี้แจงภายใน', value }],
    calendar: { category: { code, targetDays } },
    fields,
  }
}

function postRetire(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const category = categoryOf(portal, request)
  const problem = whyKept(portal, category)
  if (!problem) return retire(portal, request, reply, category, portal.now())
  return sendCategory(portal, request, reply, category, valuesOf(category), { retire: problem })
}

function postRestore(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const category = categoryOf(portal, request)
  if (!portal.settings.unit(category.unitId)?.retiredAt) return retire(portal, request, reply, category, null)
  const errors = { unitId: 'หน่วยงานเดิมเลิกใช้แล้ว กรุณาเลือกหน่วยงานใหม่และบันทึกก่อนนำกลับมาใช้' }
  return sendCategory(portal, request, reply, category, valuesOf(category), errors)
}

function retire(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { code, retiredAt: before }: Category,
  retiredAt: Date | null,
): FastifyReply {
  const what = { kind: 'category', id: code, wasRetired: before !== null } as const
  retireSetting(portal, viewerOf(request), what, retiredAt, () =>
    updateCategory(portal.db, code, { retiredAt }),
  )
  return reply.redirect(`${LIST}?saved`, 303)
}

/** Why the category cannot be taken out of use. */
function whyKept(portal: Portal, category: Category): string | undefined {
  if (category.groupCode === null) return 'หมวดเลิกใช้ไม่ได้ หมวดจะหายไปเองเมื่อเลิกใช้ประเภทเรื่องทั้งหมดในหมวด'
  const left = portal.settings.categories().filter(({ code }) => code !== category.code)
  return left.length === 0 ? 'ต้องมีประเภทเรื่องที่ใช้งานอย่างน้อยหนึ่งประเภท' : undefined
}

function categoryOf(portal: Portal, request: OneRequest): Category {
  const category = portal.settings.category(request.params.code)
  if (!category) throw new AppError('not_found', 'category')
  return category
}
