import { z } from 'zod'
import { openLetterOf } from '#letters/store.ts'
import { actionForm } from './action-form.ts'
import { requiredText } from './staff-fields.ts'

/** บันทึกความคืบหน้า: what was done so far, for the complainant to read. */
export const progress = actionForm({
  action: 'progress',
  path: 'progress',
  title: 'บันทึกความคืบหน้า',
  lead: 'บอกผู้ร้องว่าทำอะไรไปแล้ว และจะทำอะไรต่อไป',
  button: 'ส่งความคืบหน้าให้ผู้ร้อง',
  done: 'บันทึกความคืบหน้าให้ผู้ร้องเห็นแล้ว',
  fields: ({ portal, row }) => [
    {
      ...{ type: 'text', name: 'text', seenBy: 'citizen', label: 'ความคืบหน้า' },
      // Where the time for a notice has come, the portal has one ready.
      value: openLetterOf(portal.db, row.id, 'progress')?.content.text ?? '',
    },
  ],
  schema: () => z.object({ text: requiredText('ความคืบหน้า') }),
  decide: (_deed, { text }) => ({ audience: 'public', text }),
})

/** ส่งข้อความถึงผู้ร้อง: an answer or a word that changes nothing about the case. */
export const message = actionForm({
  action: 'message',
  path: 'message',
  title: 'ส่งข้อความถึงผู้ร้อง',
  lead: 'สำหรับตอบข้อความหรือแจ้งเรื่องทั่วไป สถานะของเรื่องไม่เปลี่ยน',
  button: 'ส่งข้อความถึงผู้ร้อง',
  done: 'ส่งข้อความถึงผู้ร้องแล้ว',
  fields: () => [{ type: 'text', name: 'text', seenBy: 'citizen', label: 'ข้อความถึงผู้ร้อง' }],
  schema: () => z.object({ text: requiredText('ข้อความถึงผู้ร้อง') }),
  decide: (_deed, { text }) => ({ audience: 'public', text }),
})
