import { z } from 'zod'
import { CONDUCTS, isFinished } from '#domain/sealed-status.ts'
import { oneOfWords, text } from './register-fields.ts'
import { CONDUCT_OPTIONS } from './register-words.ts'
import { verb } from './verb.ts'

/** แก้ไขลักษณะการทุจริต: the figures will count the report by it when it ends. */
export const categorise = verb({
  path: 'categorise',
  title: 'แก้ไขลักษณะการทุจริต',
  lead: 'ใช้ในสถิติเมื่อเรื่องสิ้นสุด',
  button: 'บันทึก',
  done: 'แก้ไขลักษณะการทุจริตแล้ว',
  isOffered: ({ opened: { report } }) =>
    report.seq !== null && report.pendingAction === null && !isFinished(report.status),
  fields: ({ opened }) => [
    {
      ...{ type: 'select', name: 'conduct', seenBy: 'office', label: 'ลักษณะการทุจริต' },
      ...{ value: opened.conduct, options: CONDUCT_OPTIONS },
    },
    { type: 'text', name: 'text', seenBy: 'office', label: 'เหตุผล', optional: true },
  ],
  schema: () => z.object({ conduct: oneOfWords(CONDUCTS, 'ลักษณะการทุจริต'), text: text('เหตุผล') }),
  decide: (_desk, { conduct, text }) => ({
    ...{ action: 'category', text, note: { conduct } },
    change: () => ({}),
  }),
})
