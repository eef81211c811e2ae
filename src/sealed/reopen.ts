import { z } from 'zod'
import { nextSealedStatus } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import { countReport } from './figures-store.ts'
import { takeOutcomeBack } from './finish.ts'
import { beginInquiry } from './inquire.ts'
import { requiredText } from './register-fields.ts'
import { hasMailbox, messageField, optionalMessage, verb } from './verb.ts'

/** เปิดเรื่องอีกครั้ง: the figures take back what they counted, and fact-finding begins anew. */
export const reopen = verb({
  path: 'reopen',
  title: 'เปิดเรื่องอีกครั้ง',
  lead: 'เรื่องจะกลับไปอยู่ในขั้นตรวจสอบข้อเท็จจริง และยังไม่ถูกทำลาย',
  button: 'เปิดเรื่องอีกครั้ง',
  done: 'เปิดเรื่องอีกครั้งแล้ว',
  isOffered: (desk) => isPossible(desk, 'reopen'),
  fields: (desk) => [
    { type: 'text', name: 'text', seenBy: 'office', label: 'เหตุผลที่เปิดเรื่องอีกครั้ง' },
    ...messageField(desk, { label: 'ข้อความถึงผู้แจ้ง', optional: true }),
  ],
  schema: () => z.object({ text: requiredText('เหตุผล'), message: optionalMessage }),
  decide: (desk, { text, message }) => ({
    ...{ action: 'reopen', text, answer: hasMailbox(desk) ? message : '' },
    change: () => {
      const { sealed, opened, today } = desk
      const { status, finishedOn } = opened.report
      takeOutcomeBack(desk)
      if (finishedOn !== null) countReport(sealed.db, 'finished', finishedOn, -1, today)
      beginInquiry(desk)
      return {
        ...{ status: nextSealedStatus(status, 'reopen'), inquiryBegun: true },
        ...{ outcome: null, finishedOn: null, destroyOn: null },
      }
    },
  }),
})
