import { z } from 'zod'
import { parseCaseReference } from '#domain/reference.ts'
import { actionForm, type Deed } from './action-form.ts'
import { findOtherForViewer } from './staff-case-store.ts'
import { findCaseNumbered } from './staff-find-case.ts'
import { numberOf } from './staff-words.ts'
import type { Case } from './store.ts'

/** รวมกับเรื่องเดิม: the old number keeps working for its complainant and points to the other case. */
export const merge = actionForm({
  action: 'merge',
  path: 'merge',
  title: 'รวมกับเรื่องเดิม',
  lead: 'ใช้เมื่อมีผู้แจ้งเรื่องเดียวกันไว้ก่อนแล้ว เรื่องนี้จะหยุดที่นี่ และผู้ร้องจะเห็นสถานะ “รวมกับเรื่องเดิม” โดยไม่เห็นข้อมูลของผู้แจ้งรายอื่น',
  button: 'รวมเรื่อง',
  done: 'รวมกับเรื่องเดิมแล้ว',
  fields: () => [
    {
      ...{ type: 'line', name: 'into', seenBy: 'office', label: 'เลขที่เรื่องเดิม' },
      hint: 'เช่น รท 0001/2570',
    },
  ],
  schema: (deed) =>
    z.object({ into: z.string().default('') }).transform(({ into }, context) => {
      const found = findTarget(deed, into)
      if (typeof found !== 'string') return found
      context.addIssue({ code: 'custom', path: ['into'], message: found })
      return z.NEVER
    }),
  check: ({ portal, viewer, row }, { columns }) => {
    const target = findOtherForViewer(portal.db, viewer, columns?.mergedIntoId ?? 0)
    return [
      { key: 'เรื่องนี้', value: `${numberOf(row)} ${row.subject}` },
      { key: 'รวมเข้ากับ', value: target ? `${numberOf(target)} ${target.subject}` : '' },
    ]
  },
  decide: (_deed, target) => ({
    columns: { mergedIntoId: target.id },
    audience: 'public',
    text: null,
    clock: 'void',
  }),
})

/** The case named, or what is wrong with it. One that is not to be seen is as one that does not exist. */
function findTarget({ portal, viewer, row }: Deed, typed: string): Case | string {
  const reference = parseCaseReference(typed)
  if (!reference) return 'กรุณากรอกเลขที่เรื่องให้ถูกต้อง เช่น รท 0001/2570'
  const target = findCaseNumbered(portal, viewer, reference)
  if (!target) return 'ไม่พบเรื่องเลขที่นี้ กรุณาตรวจสอบเลขที่'
  if (target.id === row.id) return 'รวมเรื่องเข้ากับตัวเองไม่ได้ กรุณากรอกเลขที่ของอีกเรื่องหนึ่ง'
  if (target.status !== 'merged') return target
  return 'เรื่องนั้นถูกรวมกับเรื่องอื่นไปแล้ว กรุณากรอกเลขที่ของเรื่องที่ยังอยู่'
}
