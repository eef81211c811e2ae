import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { categoryForm } from './category-forms.ts'
import { sendCategories, sendCategory, valuesOf } from './category-pages.ts'
import { changeSetting, retireSetting } from './change.ts'
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
      sendCategories(portal, request, reply, 'saved' in request.query),
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

function postChange(portal: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const category = categoryOf(portal, request)
  const fields = fieldsOf(request.body)
  const values = typed(fields, ['name', 'nameEn', 'unitId', 'targetDays'])
  const form = categoryForm(portal.settings.deadlines().targetDays).safeParse(single(fields))
  if (!form.success) return sendCategory(portal, request, reply, category, values, fieldErrors(form.error))
  const unit = portal.settings.units().find(({ id }) => String(id) === form.data.unitId)
  if (!unit) {
    const errors = { unitId: 'กรุณาเลือกหน่วยงานที่รับผิดชอบ' }
    return sendCategory(portal, request, reply, category, values, errors)
  }
  const { name, targetDays } = form.data
  const isGroup = category.groupCode === null
  const after = {
    name,
    nameEn: form.data.nameEn || name,
    unitId: unit.id,
    targetDays: isGroup ? category.targetDays : targetDays,
  }
  const before = {
    name: category.name,
    nameEn: category.nameEn,
    unitId: category.unitId,
    targetDays: category.targetDays,
  }
  const change = { action: 'settings.category.change', subject: `category:${category.code}`, before, after }
  changeSetting(portal, viewerOf(request), change, () => updateCategory(portal.db, category.code, after))
  return reply.redirect(`${LIST}?saved`, 303)
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
