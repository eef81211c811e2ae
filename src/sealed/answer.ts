import { z } from 'zod'
import { requiredText } from './register-fields.ts'
import { hasMailbox, messageField, verb } from './verb.ts'

/** เขียนถึงผู้แจ้ง: words only, at any time; the report stays where it is. */
export const answer = verb({
  path: 'answer',
  title: 'เขียนถึงผู้แจ้ง',
  lead: 'สถานะของเรื่องไม่เปลี่ยน',
  button: 'ส่งข้อความถึงผู้แจ้ง',
  done: 'ส่งข้อความถึงผู้แจ้งแล้ว',
  isOffered: hasMailbox,
  fields: (desk) => messageField(desk, { label: 'ข้อความถึงผู้แจ้ง', hint: 'ไม่แสดงชื่อเจ้าหน้าที่' }),
  schema: () => z.object({ message: requiredText('ข้อความถึงผู้แจ้ง') }),
  decide: (_desk, { message }) => ({ action: 'answer', text: '', answer: message, change: () => ({}) }),
})
