import { z } from 'zod'
import { nextSealedStatus } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import { requiredText } from './register-fields.ts'
import { meetDuties } from './report-store.ts'
import { hasMailbox, messageField, optionalMessage, verb } from './verb.ts'

/** พบมูล: what follows is for discipline and the law. */
export const findGrounds = verb({
  path: 'find-grounds',
  title: 'บันทึกว่าพบมูล',
  lead: 'เรื่องจะอยู่ในขั้นดำเนินการตามกฎหมายหรือวินัย จนกว่าจะบันทึกผลและปิดเรื่อง',
  button: 'บันทึกว่าพบมูล',
  done: 'บันทึกว่าพบมูลแล้ว',
  isOffered: (desk) => isPossible(desk, 'find_grounds'),
  fields: (desk) => [
    { type: 'text', name: 'text', seenBy: 'office', label: 'พบอะไร และจะดำเนินการอย่างไร' },
    ...messageField(desk, { label: 'ข้อความถึงผู้แจ้ง', optional: true }),
  ],
  schema: () => z.object({ text: requiredText('สิ่งที่พบ'), message: optionalMessage }),
  decide: (desk, { text, message }) => ({
    ...{ action: 'find_grounds', text, answer: hasMailbox(desk) ? message : '' },
    change: () => {
      const { report } = desk.opened
      meetDuties(desk.sealed.db, report.id, ['acknowledge', 'check', 'inquire'], desk.today)
      return { status: nextSealedStatus(report.status, 'find_grounds') }
    },
  }),
})
