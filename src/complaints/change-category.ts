import { z } from 'zod'
import { runningClock } from '#clock/clock-store.ts'
import { pausesOf } from '#clock/pauses-store.ts'
import { dueWorking, promisedDays } from '#domain/deadlines.ts'
import type { Category } from '#settings/store.ts'
import { actionForm, type Deed } from './action-form.ts'
import { categoriesOf } from './forms.ts'

/** เปลี่ยนประเภทเรื่อง: may bring the due date forward, never push it back. */
export const changeCategory = actionForm({
  action: 'change_category',
  path: 'change-category',
  title: 'เปลี่ยนประเภทเรื่อง',
  lead: 'กำหนดวันจะไม่เลื่อนออกไป ถ้าประเภทใหม่เป็นเรื่องจำกัดสิทธิ์ เฉพาะผู้รับผิดชอบและหัวหน้าเท่านั้นที่จะเห็นเรื่องนี้ต่อไป',
  button: 'เปลี่ยนประเภทเรื่อง',
  done: 'เปลี่ยนประเภทเรื่องแล้ว',
  fields: (deed) => [
    {
      ...{ type: 'select', name: 'category', seenBy: 'office', label: 'ประเภทเรื่อง' },
      value: deed.row.categoryCode,
      groups: deed.portal.settings
        .categoryTree()
        .map((group) => ({
          label: group.name,
          options: group.children
            .filter(({ kind }) => kind === deed.row.kind)
            .map(({ code, name }) => ({ value: code, text: name })),
        }))
        .filter(({ options }) => options.length > 0),
    },
  ],
  isAsWanted: ({ row }, fields) => fields.category?.[0] === row.categoryCode,
  schema: (deed) =>
    z.object({ category: z.string().default('') }).transform(({ category: code }, context) => {
      const category = categoriesOf(deed.portal.settings, deed.row.kind).find((row) => row.code === code)
      const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['category'], message })
      if (!category) wrong('กรุณาเลือกประเภทเรื่อง')
      else if (code === deed.row.categoryCode) wrong('เรื่องนี้อยู่ในประเภทนี้แล้ว กรุณาเลือกประเภทอื่น')
      else return category
      return z.NEVER
    }),
  decide: (deed, category) => {
    const sooner = soonerDue(deed, category)
    return {
      columns: {
        categoryCode: category.code,
        categoryGroup: category.groupCode ?? deed.row.categoryGroup,
        restricted: category.restricted,
        ...(sooner && { dueOn: sooner.dueOn }),
      },
      audience: 'internal',
      text: null,
      ...(sooner && { clock: sooner }),
    }
  },
})

/**
 * The due date that the category's shorter promise brings, if it does; not a day that is over, because nobody
 * could have kept it.
 */
function soonerDue({ portal, row, today }: Deed, category: Category) {
  const running = runningClock(portal.db, row.id)
  if (!running || running.breachedAt || running.promisedOn) return undefined
  const { policy, startedOn, pausedUntil } = running
  if (pausedUntil !== null && pausedUntil >= today) return undefined
  const targetDays = promisedDays(policy.targetDays, category.targetDays)
  const holidays = portal.settings.holidays()
  // Days of waiting for the complainant stay uncounted.
  const pauses = pausesOf(portal.db, running.id)
  const promised = dueWorking(startedOn, { ...policy, targetDays }, holidays, pauses).dueOn
  const dueOn = promised < today ? today : promised
  return dueOn < running.dueOn ? { dueOn, targetDays } : undefined
}
