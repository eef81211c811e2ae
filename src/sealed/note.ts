import { z } from 'zod'
import { requiredText } from './register-fields.ts'
import { verb } from './verb.ts'

/** บันทึก: among the officers who can open the report. */
export const note = verb({
  path: 'note',
  title: 'บันทึกภายใน',
  lead: 'เห็นเฉพาะเจ้าหน้าที่ที่เปิดเรื่องนี้ได้',
  button: 'บันทึก (ผู้แจ้งไม่เห็น)',
  done: 'บันทึกแล้ว ผู้แจ้งไม่เห็นข้อความนี้',
  isOffered: () => true,
  fields: () => [{ type: 'text', name: 'text', seenBy: 'office', label: 'บันทึกภายใน' }],
  schema: () => z.object({ text: requiredText('บันทึก') }),
  decide: (_desk, { text }) => ({ text }),
})
