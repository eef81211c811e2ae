import { z } from 'zod'
import { actionForm } from './action-form.ts'

/** ปิดเรื่อง: nothing more is to come after the result. */
export const close = actionForm({
  action: 'close',
  path: 'close',
  title: 'ปิดเรื่อง',
  lead: 'แจ้งผลแล้วและไม่มีสิ่งที่ต้องทำอีก ผู้ร้องยังขอเปิดเรื่องอีกครั้งได้ภายใน 30 วันหลังแจ้งผล',
  button: 'ปิดเรื่อง',
  done: 'ปิดเรื่องแล้ว',
  schema: () => z.object({}),
  decide: () => ({ audience: 'public', text: null }),
})
