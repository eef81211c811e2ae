import { z } from 'zod'
import { nextSealedStatus } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import { requiredText } from './register-fields.ts'
import { hasMailbox, messageField, verb } from './verb.ts'

/** ขอข้อมูลเพิ่มเติม: the work waits for an answer; a reply takes it up again by itself. */
export const ask = verb({
  path: 'ask',
  title: 'ขอข้อมูลเพิ่มเติมจากผู้แจ้ง',
  lead: 'ผู้แจ้งจะเห็นคำถามในกล่องข้อความเมื่อเปิดด้วยรหัสลับ กำหนดเวลาของสำนักงานยังเดินต่อ',
  button: 'ส่งคำถามถึงผู้แจ้ง',
  done: 'ส่งคำถามแล้ว เรื่องจะเดินต่อเองเมื่อผู้แจ้งตอบ',
  isOffered: (desk) => isPossible(desk, 'ask') && hasMailbox(desk),
  fields: (desk) =>
    messageField(desk, {
      label: 'คำถามถึงผู้แจ้ง',
      hint: 'ถามเท่าที่จำเป็น และไม่ถามสิ่งที่ทำให้รู้ว่าผู้แจ้งเป็นใคร',
    }),
  schema: () => z.object({ message: requiredText('คำถามถึงผู้แจ้ง') }),
  decide: ({ opened: { report } }, { message }) => ({
    ...{ action: 'ask', text: '', answer: message },
    change: () => ({ status: nextSealedStatus(report.status, 'ask') }),
  }),
})
