import { z } from 'zod'
import { actionForm } from './action-form.ts'

/** รับดำเนินการ: whoever accepts a case that nobody was named for becomes its officer. */
export const accept = actionForm({
  action: 'accept',
  path: 'accept',
  title: 'รับดำเนินการ',
  lead: 'เมื่อรับแล้ว เรื่องนี้จะอยู่ใน “งานของฉัน” ของผู้รับผิดชอบ ผู้ร้องจะเห็นสถานะ “กำลังดำเนินการ”',
  button: 'รับดำเนินการ',
  done: 'รับดำเนินการแล้ว',
  schema: () => z.object({}),
  decide: ({ row, viewer }) => ({
    columns: { officerId: row.officerId ?? viewer.accountId },
    audience: 'public',
    text: null,
  }),
})
