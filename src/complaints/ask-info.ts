import { z } from 'zod'
import { runningClock } from '#clock/clock-store.ts'
import { addDays } from '#domain/civil-date.ts'
import { actionForm } from './action-form.ts'
import { comingDay, requiredText } from './staff-fields.ts'
import { typedDate } from './staff-words.ts'

const USUAL_DAYS = 5

/** ขอข้อมูลเพิ่มเติม: the due date goes on unless the office has set otherwise; it is shown beside the question. */
export const askInfo = actionForm({
  action: 'ask_info',
  path: 'ask-info',
  title: 'ขอข้อมูลเพิ่มเติม',
  lead: ({ portal, row }) =>
    runningClock(portal.db, row.id)?.policy.pausesOnAsk
      ? 'ถามเฉพาะสิ่งที่จำเป็น ระหว่างรอคำตอบ กำหนดวันหยุดนับไว้จนกว่าผู้ร้องจะตอบ หรือพ้นวันที่ขอคำตอบ'
      : 'ถามเฉพาะสิ่งที่จำเป็น ระหว่างรอคำตอบ กำหนดวันของเรื่องยังนับต่อไป',
  button: 'ส่งคำถามถึงผู้ร้อง',
  done: 'ส่งคำถามถึงผู้ร้องแล้ว',
  fields: ({ today }) => [
    {
      ...{ type: 'text', name: 'text', seenBy: 'citizen', label: 'คำถามถึงผู้ร้อง' },
      hint: 'ใช้ถ้อยคำสุภาพ ถามทีละข้อ ไม่ใช้คำย่อของราชการ',
    },
    {
      ...{ type: 'date', name: 'answerBy', seenBy: 'citizen', label: 'ขอคำตอบภายในวันที่' },
      value: typedDate(addDays(today, USUAL_DAYS)),
    },
  ],
  schema: ({ today }) => z.object({ text: requiredText('คำถามถึงผู้ร้อง'), answerBy: comingDay(today) }),
  decide: (_deed, { text, answerBy }) => ({ audience: 'public', text, facts: { answerBy } }),
})
