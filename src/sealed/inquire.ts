import { z } from 'zod'
import { addDays } from '#domain/civil-date.ts'
import { nextSealedStatus } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import { readChannel } from './channel-store.ts'
import type { Desk } from './desk.ts'
import { text } from './register-fields.ts'
import { changeDuty, insertDuty, meetDuties } from './report-store.ts'
import { hasMailbox, messageField, optionalMessage, verb } from './verb.ts'

/** เริ่มตรวจสอบข้อเท็จจริง: the preliminary check is done, and a duty of its own begins. */
export const inquire = verb({
  path: 'inquire',
  title: 'เริ่มตรวจสอบข้อเท็จจริง',
  lead: (desk) => `การตรวจสอบเบื้องต้นเสร็จแล้ว นับจากวันนี้ต้องตรวจสอบข้อเท็จจริงให้เสร็จภายใน ${daysOf(desk)} วัน`,
  button: 'เริ่มตรวจสอบข้อเท็จจริง',
  done: 'เริ่มตรวจสอบข้อเท็จจริงแล้ว',
  isOffered: (desk) => isPossible(desk, 'inquire'),
  fields: (desk) => [
    {
      ...{ type: 'text', name: 'text', seenBy: 'office', label: 'ผลการตรวจสอบเบื้องต้น', optional: true },
    },
    ...messageField(desk, { label: 'ข้อความถึงผู้แจ้ง', optional: true }),
  ],
  schema: () => z.object({ text: text('ผลการตรวจสอบเบื้องต้น'), message: optionalMessage }),
  decide: (desk, { text, message }) => ({
    ...{ action: 'inquire', text, answer: hasMailbox(desk) ? message : '' },
    change: () => {
      meetDuties(desk.sealed.db, desk.opened.report.id, ['acknowledge', 'check'], desk.today)
      beginInquiry(desk)
      return { status: nextSealedStatus(desk.opened.report.status, 'inquire'), inquiryBegun: true }
    },
  }),
})

const daysOf = ({ sealed }: Desk): number => readChannel(sealed.db).settings.inquiryDays

/** Fact-finding is due anew, also where it was done before. */
export function beginInquiry(desk: Desk): void {
  const { sealed, opened, today } = desk
  const reportId = opened.report.id
  const dueOn = addDays(today, daysOf(desk))
  insertDuty(sealed.db, { reportId, duty: 'inquire', dueOn })
  changeDuty(sealed.db, reportId, 'inquire', { dueOn, metOn: null, extended: false })
}
