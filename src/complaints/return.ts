import { z } from 'zod'
import { actionForm } from './action-form.ts'
import { requiredText } from './staff-fields.ts'

/** ส่งคืน: the unit says that the matter is not its own; the centre assigns anew. */
export const returnToCentre = actionForm({
  action: 'return',
  path: 'return',
  title: 'ส่งคืน (ไม่ใช่งานของหน่วยงาน)',
  lead: 'เรื่องจะกลับไปที่ศูนย์รับเรื่องเพื่อมอบหมายใหม่ กำหนดวันเดิมยังเดินต่อ',
  button: 'ส่งคืนศูนย์รับเรื่อง',
  done: 'ส่งคืนศูนย์รับเรื่องแล้ว',
  fields: () => [
    {
      ...{ type: 'text', name: 'reason', seenBy: 'office', label: 'เหตุผล' },
      hint: 'บอกด้วยว่าควรเป็นงานของหน่วยงานใด ถ้าทราบ',
    },
  ],
  schema: () => z.object({ reason: requiredText('เหตุผล') }),
  decide: (_deed, { reason }) => ({
    columns: { unitId: null, officerId: null },
    audience: 'internal',
    text: reason,
  }),
})
