import { z } from 'zod'
import { actionForm } from './action-form.ts'
import { requiredText } from './staff-fields.ts'

/** บันทึกภายใน: for colleagues only; never shown or mailed to the complainant. */
export const note = actionForm({
  action: 'note',
  path: 'note',
  title: 'บันทึกภายใน',
  lead: 'เห็นเฉพาะเจ้าหน้าที่ที่ดูเรื่องนี้ได้ ผู้ร้องไม่เห็น',
  button: 'บันทึกภายใน (ผู้ร้องไม่เห็น)',
  done: 'บันทึกภายในแล้ว ผู้ร้องไม่เห็นข้อความนี้',
  fields: () => [{ type: 'text', name: 'text', seenBy: 'office', label: 'บันทึกภายใน (ผู้ร้องไม่เห็น)' }],
  schema: () => z.object({ text: requiredText('บันทึกภายใน') }),
  decide: (_deed, { text }) => ({ audience: 'internal', text }),
})
