import type { FastifyRequest } from 'fastify'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { listCategories, listUnits } from './admin-store.ts'
import type { Portal } from './portal.ts'
import type { Unit } from './store.ts'
import { type UnitFields, UnitForm } from './unit-forms.ts'

export interface UnitValues {
  name: string
  nameEn: string
  isCentre: string
}

const NEEDS_CENTRE = 'ต้องมีหน่วยงานที่เป็นศูนย์รับเรื่องอย่างน้อยหนึ่งหน่วยงาน กรุณากำหนดหน่วยงานอื่นเป็นศูนย์ก่อน'

/** The checked form of a new unit, or of one that is there. */
export function readUnit(
  portal: Portal,
  request: FastifyRequest,
  unit?: Unit,
): { value: UnitFields } | { values: UnitValues; errors: FieldErrors } {
  const fields = fieldsOf(request.body)
  const values = typed(fields, ['name', 'nameEn', 'isCentre'])
  const form = UnitForm.safeParse(single(fields))
  if (!form.success) return { values, errors: fieldErrors(form.error) }
  const sameName = listUnits(portal.db).find((row) => row.name === form.data.name && row.id !== unit?.id)
  if (sameName) {
    const retired = sameName.retiredAt ? ' (เลิกใช้แล้ว นำกลับมาใช้ได้จากรายการ)' : ''
    return { values, errors: { name: `มีหน่วยงานชื่อนี้แล้ว${retired}` } }
  }
  if (unit?.isCentre && !form.data.isCentre && !unit.retiredAt && !hasOtherCentre(portal, unit)) {
    return { values, errors: { isCentre: NEEDS_CENTRE } }
  }
  return { value: form.data }
}

/** Why the unit cannot be taken out of use yet. */
export function whyKept(portal: Portal, unit: Unit): string | undefined {
  if (unit.isCentre && !hasOtherCentre(portal, unit)) return NEEDS_CENTRE
  const owned = listCategories(portal.db).filter((row) => row.unitId === unit.id && !row.retiredAt)
  if (owned.length === 0) return undefined
  const names = owned.slice(0, 3).map((row) => `“${row.name}”`)
  return `ยังมีประเภทเรื่องที่ส่งให้หน่วยงานนี้ ${owned.length} ประเภท เช่น ${names.join(' ')} กรุณาเปลี่ยนหน่วยงานของประเภทเรื่องก่อน`
}

function hasOtherCentre({ settings }: Portal, unit: Unit): boolean {
  return settings.units().some((row) => row.isCentre && row.id !== unit.id)
}
