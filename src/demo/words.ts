import type { Story } from './story.ts'

/** Sentences that fit any case. */
export const NOTES = [
  'โทรนัดผู้ใหญ่บ้านแล้ว เข้าดูพื้นที่พรุ่งนี้เช้า',
  'ตรวจทะเบียนแล้ว ไม่เคยมีเรื่องเดียวกันในรอบสามเดือน',
  'ขอรถงานจากกองช่างไว้วันพฤหัสบดี รอยืนยัน',
  'จุดเดิมเคยซ่อมเมื่อปีที่แล้ว ควรดูสาเหตุให้ถาวร',
  'ผู้แจ้งสะดวกรับโทรศัพท์หลังบ่ายสาม',
] as const

export const INQUIRIES = [
  'ขอทราบว่าจะเข้ามาดำเนินการวันใด จะได้รออยู่บ้าน',
  'เรื่องที่แจ้งไว้ตอนนี้ถึงขั้นตอนไหนแล้ว',
  'เมื่อเช้ามีเจ้าหน้าที่มาดูแล้ว ขอบคุณมาก ขอทราบขั้นต่อไปด้วย',
] as const

export const REPLIES = [
  'เจ้าหน้าที่จะเข้าพื้นที่ภายในสัปดาห์นี้ และจะโทรแจ้งก่อนหนึ่งวัน',
  'อยู่ระหว่างจัดหาวัสดุ คาดว่าแล้วเสร็จก่อนวันครบกำหนด หากมีการเปลี่ยนแปลงจะแจ้งให้ทราบทันที',
] as const

export const REOPENINGS = [
  'ปัญหากลับมาเหมือนเดิมหลังฝนตกเมื่อวาน ขอให้มาดูอีกครั้ง',
  'ซ่อมแล้วใช้ได้ไม่กี่วันก็เป็นอีก',
  'ยังเหลืออีกจุดหนึ่งถัดไปประมาณ 50 เมตรที่ยังไม่ได้แก้',
  'ผลที่แจ้งมาไม่ตรงกับสภาพจริงในพื้นที่ ขอให้ตรวจใหม่',
] as const

export const SECOND_RESULT =
  'ตรวจซ้ำร่วมกับผู้แจ้งแล้ว แก้ไขส่วนที่เหลือครบถ้วน และจะกลับมาตรวจอีกครั้งใน 30 วัน ขออภัยในความไม่สะดวก'

export const WITHDRAWALS = ['ตกลงกับคู่กรณีกันเองได้แล้ว', 'แก้ไขเองแล้ว ขอบคุณที่ติดต่อกลับ', null] as const

/** Puts the story's own particulars into a text. Letters and offices speak without a person's particle. */
export function worded(text: string, story: Story, villageName: string): string {
  const { spot, days, n, person, channel } = story
  const village = `หมู่ที่ ${story.village} ${villageName}`
  const isWritten = channel === 'letter' || channel === 'agency' || channel === 'damrong'
  const values: Record<string, string | number> = {
    ...{ spot, village, days, n },
    me: isWritten ? 'ข้าพเจ้า' : person.me,
    krap: isWritten ? '' : person.krap,
  }
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
