import { z } from 'zod'
import { actionForm } from './action-form.ts'

/** ลงทะเบียนรับเรื่อง: the centre has checked that the case is one. */
export const register = actionForm({
  action: 'register',
  path: 'register',
  title: 'ลงทะเบียนรับเรื่อง',
  lead: 'ลงทะเบียนเมื่อตรวจแล้วว่าเรื่องมีข้อมูลพอให้ดำเนินการ ผู้ร้องจะเห็นสถานะ “รับเรื่องแล้ว”',
  button: 'ลงทะเบียนรับเรื่อง',
  done: 'ลงทะเบียนรับเรื่องแล้ว',
  schema: () => z.object({}),
  decide: () => ({ audience: 'public', text: null }),
})
