import { z } from 'zod'
import { isPossible } from './act.ts'
import { requiredText } from './register-fields.ts'
import { dueMessage, hasMailbox, messageField, verb } from './verb.ts'

const ENDS = {
  end_no_ground: {
    ...{ path: 'end-no-ground', title: 'เสนอยุติเรื่อง: ไม่พบมูล' },
    label: 'ตรวจสอบอะไรแล้วบ้าง และเหตุใดจึงไม่พบมูล',
  },
  end_insufficient: {
    ...{ path: 'end-insufficient', title: 'เสนอยุติเรื่อง: ข้อมูลไม่เพียงพอ' },
    label: 'ตรวจสอบอะไรแล้วบ้าง และยังขาดข้อมูลใด',
  },
}

/**
 * เสนอยุติเรื่อง: an end without result is never one person's decision. Nothing is told to who reports, and
 * nothing counted, before a second officer confirms.
 */
function proposal(action: keyof typeof ENDS) {
  const { path, title, label } = ENDS[action]
  return verb({
    ...{ path, title },
    lead: 'ต้องมีเจ้าหน้าที่คนที่สองยืนยัน เรื่องจึงจะยุติ และผู้แจ้งจึงจะได้รับข้อความ',
    button: 'เสนอให้เจ้าหน้าที่คนที่สองยืนยัน',
    done: 'เสนอแล้ว รอเจ้าหน้าที่คนที่สองยืนยัน',
    isOffered: (desk) => isPossible(desk, action) && desk.others.length > 0,
    fields: (desk) => [
      { type: 'text', name: 'text', seenBy: 'office', label },
      ...messageField(desk, {
        label: 'ข้อความถึงผู้แจ้งเมื่อยืนยันแล้ว',
        hint: 'บอกผลและเหตุผลสั้น ๆ และบอกว่าส่งข้อมูลใหม่ได้ด้วยรหัสลับเดิม',
      }),
    ],
    schema: (desk) => z.object({ text: requiredText('เหตุผล'), message: dueMessage(desk) }),
    decide: (desk, { text, message }) => ({
      ...{ action, text, note: hasMailbox(desk) ? { farewell: message } : {} },
      change: () => ({ pendingAction: action, pendingBy: desk.officer.id }),
    }),
  })
}

export const endNoGround = proposal('end_no_ground')
export const endInsufficient = proposal('end_insufficient')
