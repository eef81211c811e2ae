import { z } from 'zod'
import { REJECT_REASONS, type RejectReason } from '#domain/vocabulary.ts'
import { t } from '#web/languages.ts'
import { officeParams } from '#web/views.ts'
import { actionForm } from './action-form.ts'
import { oneOfWords, optionalLine, requiredText } from './staff-fields.ts'

/** Where somebody else can help, the complainant is told who. */
const ELSEWHERE: readonly RejectReason[] = ['court', 'decided', 'power', 'private']

/** ไม่รับไว้พิจารณา: with the reason in writing and where else to go. */
export const reject = actionForm({
  action: 'reject',
  path: 'reject',
  title: 'ไม่รับไว้พิจารณา',
  lead: 'ใช้เมื่อสำนักงานไม่มีอำนาจหรือดำเนินการไม่ได้จริง ๆ ผู้ร้องจะได้เหตุผลและช่องทางอื่นเป็นลายลักษณ์อักษร',
  button: 'ยืนยันไม่รับไว้พิจารณา',
  done: 'บันทึกไม่รับไว้พิจารณาและแจ้งผู้ร้องแล้ว',
  fields: ({ portal }) => [
    {
      ...{ type: 'radios', name: 'reason', seenBy: 'citizen', label: 'เหตุผล' },
      options: REJECT_REASONS.map((value) => ({
        value,
        text: t('th', `na.${value}`, officeParams(portal.office(), 'th')),
      })),
    },
    { type: 'text', name: 'text', seenBy: 'citizen', label: 'คำชี้แจงถึงผู้ร้อง' },
    {
      ...{ type: 'line', name: 'otherBody', seenBy: 'citizen', label: 'ผู้ร้องไปติดต่อที่ใดได้' },
      hint: 'เช่น ศูนย์ดำรงธรรมอำเภอ โทร 1567 เว้นว่างได้เฉพาะกรณีข้อมูลไม่พอหรือข้อความก่อกวน',
    },
  ],
  schema: () =>
    z
      .object({
        reason: oneOfWords(REJECT_REASONS, 'เหตุผล'),
        text: requiredText('คำชี้แจงถึงผู้ร้อง'),
        otherBody: optionalLine('ช่องทางอื่น'),
      })
      .refine(({ reason, otherBody }) => otherBody !== null || !ELSEWHERE.includes(reason), {
        path: ['otherBody'],
        error: 'กรุณาบอกว่าผู้ร้องไปติดต่อที่ใดได้',
      }),
  decide: (_deed, { reason, text, otherBody }) => ({
    columns: { rejectReason: reason, otherBody },
    audience: 'public',
    text,
    clock: 'done',
  }),
})
