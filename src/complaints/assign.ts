import { z } from 'zod'
import { listAccounts } from '#accounts/store.ts'
import { mayAssignTo } from '#domain/permissions.ts'
import type { Unit } from '#settings/store.ts'
import { actionForm, type Deed } from './action-form.ts'

/** มอบหมาย: to a unit, and within it to an officer or to whoever takes it. */
export const assign = actionForm({
  action: 'assign',
  path: 'assign',
  title: 'มอบหมาย',
  lead: 'ผู้ร้องจะเห็นชื่อหน่วยงานที่รับผิดชอบ แต่ไม่เห็นชื่อเจ้าหน้าที่',
  button: 'มอบหมาย',
  done: 'มอบหมายแล้ว',
  fields: (deed) => [
    {
      ...{ type: 'select', name: 'unit', seenBy: 'citizen', label: 'หน่วยงานที่รับผิดชอบ' },
      value: String(suggestedUnit(deed) ?? ''),
      options: unitsFor(deed).map((unit) => ({ value: String(unit.id), text: unit.name })),
    },
    {
      ...{ type: 'select', name: 'officer', seenBy: 'office', label: 'เจ้าหน้าที่ผู้รับผิดชอบ' },
      hint: 'เลือกได้เฉพาะคนในหน่วยงานที่เลือกไว้ข้างบน',
      optional: true,
      empty: 'ให้หน่วยงานเลือกเอง',
      value: String(deed.row.officerId ?? ''),
      groups: unitsFor(deed).map((unit) => ({
        label: unit.name,
        options: officersOf(deed, unit.id).map(({ id, displayName }) => ({
          value: String(id),
          text: displayName,
        })),
      })),
    },
  ],
  schema: (deed) =>
    z
      .object({ unit: z.string().default(''), officer: z.string().default('') })
      .transform(({ unit, officer }) => ({
        unit: unitsFor(deed).find(({ id }) => String(id) === unit),
        officer,
      }))
      .superRefine(({ unit, officer }, context) => {
        const wrong = (field: string, message: string) =>
          context.addIssue({ code: 'custom', path: [field], message })
        if (!unit) wrong('unit', 'กรุณาเลือกหน่วยงานที่รับผิดชอบ')
        else if (officer !== '' && !findOfficer(deed, unit, officer)) {
          wrong('officer', `กรุณาเลือกเจ้าหน้าที่ของ${unit.name} หรือเลือก “ให้หน่วยงานเลือกเอง”`)
        }
      }),
  decide: (deed, { unit, officer }) => ({
    columns: {
      unitId: unit?.id ?? null,
      officerId: (unit && findOfficer(deed, unit, officer)?.id) ?? null,
    },
    audience: 'public',
    text: null,
  }),
})

/** A head shares out inside the own unit; only the centre moves a case to another. */
function unitsFor({ portal, viewer, row }: Deed): Unit[] {
  return portal.settings.units().filter((unit) => mayAssignTo(viewer, row, unit.id))
}

function suggestedUnit({ portal, row }: Deed): number | null {
  return row.unitId ?? portal.settings.category(row.categoryCode)?.unitId ?? null
}

function officersOf({ portal }: Deed, unitId: number) {
  return listAccounts(portal.db)
    .filter(
      (account) =>
        account.unitId === unitId &&
        account.disabledAt === null &&
        account.roles.some((role) => role === 'officer' || role === 'unit_head'),
    )
    .sort((a, b) => a.displayName.localeCompare(b.displayName, 'th'))
}

function findOfficer(deed: Deed, unit: Unit, officer: string) {
  return officersOf(deed, unit.id).find(({ id }) => String(id) === officer)
}
