import { z } from 'zod'
import { nextSealedStatus } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import { text } from './register-fields.ts'
import { verb } from './verb.ts'

/** ดำเนินการต่อ: without an answer of who reports. */
export const resume = verb({
  path: 'resume',
  title: 'ดำเนินการต่อโดยไม่รอคำตอบ',
  lead: 'ใช้เมื่อได้ข้อมูลทางอื่นแล้ว หรือผู้แจ้งไม่ตอบ',
  button: 'ดำเนินการต่อ',
  done: 'เรื่องเดินต่อแล้ว',
  isOffered: (desk) => isPossible(desk, 'resume'),
  fields: () => [{ type: 'text', name: 'text', seenBy: 'office', label: 'เหตุผลหรือบันทึก', optional: true }],
  schema: () => z.object({ text: text('เหตุผล') }),
  decide: ({ opened: { report } }, { text }) => ({
    ...{ action: 'resume', text },
    change: () => ({ status: nextSealedStatus(report.status, 'resume', report.inquiryBegun) }),
  }),
})
