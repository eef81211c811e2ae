import type { CivilDate } from '#domain/civil-date.ts'
import {
  COMPETENT_BODIES,
  CONDUCTS,
  type CompetentBody,
  type Conduct,
  registerNumber,
  type SealedDuty,
  type SealedOutcome,
  type SealedStatus,
} from '#domain/sealed-status.ts'
import { t } from '#web/languages.ts'
import type { NoteAction, NoteBody, ReportChannel } from './bodies.ts'
import type { Report } from './report-store.ts'

// The officers' pages are in Thai only.

export const REGISTER_TITLE = 'ทะเบียนเรื่องร้องเรียนการทุจริต (ลับ)'
export const REGISTER_WARNING = 'ข้อมูลในหน้านี้เป็นความลับ ห้ามคัดลอก ส่งต่อ หรือเปิดเผยแก่ผู้ไม่เกี่ยวข้อง การเปิดดูทุกครั้งถูกบันทึก'
export const DAMAGED = 'ข้อมูลเสียหาย'

/** Where no officer of the office may decide alone, somebody outside can. */
export const REFER_OUTSIDE =
  'ให้ส่งเรื่องให้หน่วยงานที่มีอำนาจแทน เช่น สำนักงาน ป.ป.ช. (โทร 1205) สำนักงาน ป.ป.ท. (โทร 1206) หรือนายอำเภอ'

/** As who reports reads it, but for what is said to a person. */
export const statusText = (status: SealedStatus): string =>
  status === 'need_info' ? 'รอข้อมูลเพิ่มเติมจากผู้แจ้ง' : t('th', `wb.st.${status}`)

/** What is to be done next, said on every report. */
export const NEXT_STEPS: Record<SealedStatus, string> = {
  received: 'อ่านเรื่อง เลือกลักษณะการทุจริต แล้วรับเรื่อง ระบบจะออกเลขทะเบียนให้',
  screening:
    'ตรวจสอบเบื้องต้นว่ามีเหตุให้ตรวจสอบต่อหรือไม่ ถ้ามี ให้เริ่มตรวจสอบข้อเท็จจริงหรือส่งหน่วยงานที่มีอำนาจ ถ้าข้อมูลไม่พอ ให้ถามผู้แจ้ง',
  need_info: 'รอคำตอบจากผู้แจ้ง เมื่อผู้แจ้งตอบ เรื่องจะเดินต่อเอง ถ้าได้ข้อมูลทางอื่นแล้ว ให้ดำเนินการต่อ',
  inquiry: 'ตรวจสอบข้อเท็จจริงภายในกำหนด แล้วบันทึกว่าพบมูล ส่งหน่วยงานที่มีอำนาจ หรือเสนอยุติเรื่อง',
  action: 'ดำเนินการตามกฎหมายหรือวินัย เมื่อเสร็จแล้ว ให้บันทึกผลและปิดเรื่อง',
  referred: 'ส่งเรื่องแล้ว งานของสำนักงานเสร็จสิ้น ถ้าหน่วยงานนั้นแจ้งผลกลับมา ให้บันทึกผลและปิดเรื่อง',
  no_ground: 'เรื่องสิ้นสุดแล้ว ถ้าได้ข้อมูลใหม่ ให้เปิดเรื่องอีกครั้งก่อนวันทำลาย',
  insufficient: 'เรื่องสิ้นสุดแล้ว ถ้าได้ข้อมูลใหม่ ให้เปิดเรื่องอีกครั้งก่อนวันทำลาย',
  closed: 'เรื่องเสร็จสิ้นแล้ว ไม่มีขั้นตอนที่ต้องทำ',
}

export const CONDUCT_OPTIONS = CONDUCTS.map((value) => ({ value, text: t('th', `wb.type.${value}`) }))

export const conductText = (conduct: Conduct | ''): string =>
  conduct === '' ? 'ยังไม่ได้ระบุลักษณะ' : t('th', `wb.type.${conduct}`)

export const DUTY_WORDS: Record<SealedDuty, string> = {
  acknowledge: 'รับเรื่อง',
  check: 'ตรวจสอบเบื้องต้น',
  inquire: 'ตรวจสอบข้อเท็จจริง',
}

export const OUTCOME_WORDS: Record<SealedOutcome, string> = {
  referred: 'ส่งหน่วยงานที่มีอำนาจ',
  no_ground: 'ไม่พบมูล',
  insufficient: 'ข้อมูลไม่เพียงพอ',
  disciplinary: 'ดำเนินการทางวินัย',
  prosecution: 'ดำเนินคดีหรือร้องทุกข์กล่าวโทษ',
  corrected: 'แก้ไขการปฏิบัติหรือเรียกคืนประโยชน์แล้ว',
  other: 'อื่น ๆ',
}

export const FINDING_WORDS: Record<NonNullable<NoteBody['finding']>, string> = {
  yes: 'มีมูล',
  part: 'มีมูลบางส่วน',
  no: 'ไม่มีมูล',
  not_determined: 'ยังวินิจฉัยไม่ได้',
}

export const BODY_WORDS: Record<CompetentBody, string> = {
  nacc: 'สำนักงาน ป.ป.ช.',
  pacc: 'สำนักงาน ป.ป.ท.',
  district: 'อำเภอ (นายอำเภอ)',
  police: 'สถานีตำรวจ',
  other: 'หน่วยงานหรือบุคคลอื่น',
}
export const BODY_OPTIONS = COMPETENT_BODIES.map((value) => ({ value, text: BODY_WORDS[value] }))

export const CHANNEL_WORDS: Record<ReportChannel, string> = {
  online: 'แบบแจ้งออนไลน์',
  letter: 'หนังสือหรือจดหมาย',
  oral: 'แจ้งด้วยวาจา',
  moved: 'ย้ายมาจากทะเบียนเรื่องร้องเรียนทั่วไป',
}

export const ACTION_WORDS: Record<NoteAction, string> = {
  accept: 'รับเรื่อง',
  answer: 'เขียนถึงผู้แจ้ง',
  ask: 'ขอข้อมูลเพิ่มเติมจากผู้แจ้ง',
  resume: 'ดำเนินการต่อ',
  inquire: 'เริ่มตรวจสอบข้อเท็จจริง',
  extend: 'ขยายเวลาตรวจสอบข้อเท็จจริง',
  refer: 'ส่งเรื่องให้หน่วยงานที่มีอำนาจ',
  find_grounds: 'บันทึกว่าพบมูล',
  end_no_ground: 'เสนอยุติเรื่อง: ไม่พบมูล',
  end_insufficient: 'เสนอยุติเรื่อง: ข้อมูลไม่เพียงพอ',
  confirm: 'ยืนยันการยุติเรื่อง',
  refuse: 'ไม่ยืนยันการยุติเรื่อง',
  take_back: 'ถอนคำเสนอยุติเรื่อง',
  conclude: 'บันทึกผลและปิดเรื่อง',
  reopen: 'เปิดเรื่องอีกครั้ง',
  disclose: 'บันทึกการเปิดเผยข้อมูล',
  export: 'ทำแฟ้มส่งออก',
  category: 'แก้ไขลักษณะการทุจริต',
  contact: 'เปิดดูข้อมูลผู้แจ้ง',
  hold: 'เลื่อนวันทำลาย',
  withdraw: 'ถอนตัวเพราะมีส่วนได้เสีย',
}

export function numberOf({ fiscalYear, series, seq }: Pick<Report, 'fiscalYear' | 'series' | 'seq'>): string {
  if (fiscalYear === null || seq === null) return 'ยังไม่รับ'
  return registerNumber(fiscalYear, series ?? '', seq)
}

/** Days left from which on a duty is marked as near. */
export const NEAR_DAYS = 3

/** What nobody has read yet is not destroyed, however long it has been kept. */
export function destructionText(destroyedIn: number, hasNewReply: boolean): string {
  if (destroyedIn > 0) return `จะถูกทำลายในอีก ${destroyedIn} วัน`
  return hasNewReply ? 'ถึงวันทำลายแล้ว รอเจ้าหน้าที่อ่านข้อความใหม่' : 'จะถูกทำลายคืนนี้'
}

export const reportAddress = (id: string): string => `/staff/sealed/reports/${id}`

/** A day as it is typed into a date field: '15/11/2569'. */
export function typedDate(date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${Number(day)}/${Number(month)}/${Number(year) + 543}`
}

/** The beginning of a text, for a line in a list. */
export function firstWords(text: string, most = 110): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const letters = [...new Intl.Segmenter('th', { granularity: 'grapheme' }).segment(line.slice(0, 4 * most))]
  if (letters.length <= most) return line
  return `${letters
    .slice(0, most)
    .map(({ segment }) => segment)
    .join('')}…`
}
