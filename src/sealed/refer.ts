import { z } from 'zod'
import { COMPETENT_BODIES, nextSealedStatus } from '#domain/sealed-status.ts'
import { isPossible } from './act.ts'
import { disclosureFields, disclosureOf, disclosureSchema, withOtherBody } from './disclosure.ts'
import { finish } from './finish.ts'
import { oneOfWords, tick } from './register-fields.ts'
import { hasMailbox, messageField, optionalMessage, verb } from './verb.ts'

/** ส่งเรื่องให้หน่วยงานที่มีอำนาจ: the office's own work ends, and somebody outside learns of the report. */
export const refer = verb({
  path: 'refer',
  title: 'ส่งเรื่องให้หน่วยงานที่มีอำนาจ',
  lead: 'บันทึกการส่งลงทะเบียนการเปิดเผยข้อมูล แล้วทำแฟ้มส่งออกได้จากหน้าเรื่อง',
  button: 'บันทึกการส่งเรื่อง',
  done: 'บันทึกการส่งเรื่องแล้ว ขั้นต่อไป ทำแฟ้มส่งออกให้หน่วยงานนั้น',
  isOffered: (desk) => isPossible(desk, 'refer'),
  fields: (desk) => [
    ...disclosureFields('ส่งให้หน่วยงานใด'),
    {
      ...{ type: 'tick', name: 'isCase', seenBy: 'office', label: 'นับเป็นคดีทุจริต (ใช้คำนวณเป้าหมายแผน)' },
    },
    ...messageField(desk, { label: 'ข้อความถึงผู้แจ้ง', optional: true }),
  ],
  schema: () =>
    withOtherBody(
      z.object({
        ...disclosureSchema,
        body: oneOfWords(COMPETENT_BODIES, 'หน่วยงาน'),
        isCase: tick,
        message: optionalMessage,
      }),
    ),
  decide: (desk, { isCase, message, ...input }) => {
    const status = () => nextSealedStatus(desk.opened.report.status, 'refer')
    const { note, change } = finish(desk, status, { outcome: 'referred', finding: 'not_determined', isCase })
    const disclosure = disclosureOf(desk, input)
    return {
      ...{ action: 'refer', text: input.text, answer: hasMailbox(desk) ? message : '' },
      note: { ...note, ...disclosure.note },
      change: () => {
        disclosure.write()
        return change()
      },
    }
  },
})
