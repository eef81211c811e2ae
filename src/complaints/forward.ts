import { z } from 'zod'
import { actionForm } from './action-form.ts'
import { requiredLine, requiredText } from './staff-fields.ts'

/** ส่งต่อหน่วยงานอื่น: the matter is in another body's power; telling so answers the complainant. */
export const forward = actionForm({
  action: 'forward',
  path: 'forward',
  title: 'ส่งต่อหน่วยงานอื่น',
  lead: 'ใช้เมื่อเรื่องอยู่ในอำนาจของหน่วยงานนอกสำนักงาน และได้ส่งเรื่องไปแล้ว',
  button: 'ส่งต่อและแจ้งผู้ร้อง',
  done: 'บันทึกการส่งต่อและแจ้งผู้ร้องแล้ว',
  fields: () => [
    {
      ...{ type: 'line', name: 'otherBody', seenBy: 'citizen', label: 'หน่วยงานที่รับเรื่องต่อ' },
      hint: 'ชื่อเต็ม เช่น แขวงทางหลวงชนบท',
    },
    {
      ...{ type: 'text', name: 'text', seenBy: 'citizen', label: 'คำชี้แจงถึงผู้ร้อง' },
      hint: 'บอกเหตุผล เลขที่และวันที่ของหนังสือส่ง และช่องทางติดต่อหน่วยงานนั้น',
    },
  ],
  schema: () => z.object({ otherBody: requiredLine('หน่วยงานที่รับเรื่องต่อ'), text: requiredText('คำชี้แจงถึงผู้ร้อง') }),
  decide: (_deed, { otherBody, text }) => ({
    columns: { otherBody },
    audience: 'public',
    text,
    clock: 'done',
  }),
})
