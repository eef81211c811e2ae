import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasDuty, promisedDays } from '#domain/deadlines.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { listCategories } from './admin-store.ts'
import type { Portal } from './portal.ts'
import type { Category } from './store.ts'

export type CategoryValues = Record<'name' | 'nameEn' | 'unitId' | 'targetDays', string>

interface Group extends Category {
  /** `days` within which a case of it is answered; empty for kinds without that duty. */
  children: (Category & { unit: string; days: string })[]
}

interface CategoryPage {
  category: Category
  values: CategoryValues
  units: { value: string; text: string }[]
  officeDays: number
  errors: FieldErrors
}

const categoriesPage = page<{ groups: Group[]; saved: string | null }>('admin/categories', [
  'groups',
  'saved',
])
const categoryPage = page<CategoryPage>('admin/category', [
  'category',
  'values',
  'units',
  'officeDays',
  'errors',
])

export function sendCategories(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  saved: string | null,
): FastifyReply {
  return sendPage(portal, request, reply, categoriesPage, { groups: groupsOf(portal), saved })
}

export function sendCategory(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  category: Category,
  values: CategoryValues,
  errors: FieldErrors = {},
): FastifyReply {
  const units = portal.settings.units().map(({ id, name }) => ({ value: String(id), text: name }))
  const officeDays = portal.settings.deadlines().targetDays
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return sendPage(
    portal,
    request,
    reply,
    categoryPage,
    { category, values, units, officeDays, errors },
    status,
  )
}

function groupsOf(portal: Portal): Group[] {
  const rows = listCategories(portal.db)
  const { targetDays } = portal.settings.deadlines()
  return rows
    .filter(({ groupCode }) => groupCode === null)
    .map((group) => ({
      ...group,
      children: rows
        .filter(({ groupCode }) => groupCode === group.code)
        .map((row) => ({
          ...row,
          unit: portal.settings.unit(row.unitId)?.name ?? '',
          days: hasDuty(row.kind) ? String(promisedDays(targetDays, row.targetDays)) : '',
        })),
    }))
}

/** The category as it stands in the form. */
export function valuesOf({ name, nameEn, unitId, targetDays }: Category): CategoryValues {
  return { name, nameEn, unitId: String(unitId ?? ''), targetDays: String(targetDays ?? '') }
}
