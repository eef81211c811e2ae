import type { CaseAction, CaseStatus } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { caseNumber, caseSlug } from '#domain/reference.ts'
import { t } from '#web/languages.ts'
import type { Case } from './store.ts'

// Staff pages are in Thai only; what the citizen reads comes from web/messages in the case's language.

type Numbered = Pick<Case, 'fiscalYear' | 'seq'>

export const numberOf = (row: Numbered): string => caseNumber(row.fiscalYear, row.seq)
export const caseAddress = (row: Numbered): string => `/staff/cases/${caseSlug(row.fiscalYear, row.seq)}`

export const statusText = (status: CaseStatus): string => t('th', `st.${status}`)

/** A day as it is typed into a date field: '15/11/2569'. */
export function typedDate(date: CivilDate): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${Number(day)}/${Number(month)}/${Number(year) + 543}`
}

type EventType = CaseAction | 'submitted' | 'imported'

const EVENTS: Record<EventType, string> = {
  submitted: 'รับเรื่องเข้าระบบ',
  imported: 'นำเข้าจากทะเบียนเดิม',
  register: 'ลงทะเบียนรับเรื่อง',
  assign: 'มอบหมาย',
  accept: 'รับดำเนินการ',
  return: 'ส่งคืนศูนย์รับเรื่อง',
  ask_info: 'ขอข้อมูลเพิ่มเติม',
  answer_info: 'ผู้ร้องตอบข้อมูลเพิ่มเติม',
  progress: 'ความคืบหน้า',
  explain: 'ชี้แจงเหตุล่าช้า',
  urge: 'เร่งรัด',
  note: 'บันทึกภายใน',
  message: 'ข้อความ',
  forward: 'ส่งต่อหน่วยงานอื่น',
  conclude: 'สรุปผลและแจ้งผู้ร้อง',
  close: 'ปิดเรื่อง',
  reject: 'ไม่รับไว้พิจารณา',
  merge: 'รวมกับเรื่องเดิม',
  change_category: 'เปลี่ยนประเภทเรื่อง',
  move_confidential: 'ย้ายไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ)',
  withdraw: 'ผู้ร้องขอถอนเรื่อง',
  reopen: 'ผู้ร้องขอเปิดเรื่องอีกครั้ง',
}

export function eventTitle(type: string, byCitizen: boolean): string {
  if (type === 'message') return byCitizen ? 'ข้อความจากผู้ร้อง' : 'ข้อความถึงผู้ร้อง'
  return Object.hasOwn(EVENTS, type) ? EVENTS[type as EventType] : type
}

/** What is to be done next, said on every open case to whoever looks at it. */
export function nextStep(status: CaseStatus, reopenPending: boolean, isOverdue: boolean): string {
  if (reopenPending) return 'ผู้ร้องขอเปิดเรื่องอีกครั้ง อ่านเหตุผลในข้อความล่าสุด แล้วรับดำเนินการ'
  return {
    submitted: 'ตรวจความครบถ้วนและประเภทเรื่อง แล้วลงทะเบียนรับเรื่อง',
    registered: 'เลือกหน่วยงานที่รับผิดชอบ แล้วมอบหมาย',
    assigned: 'หน่วยงานตรวจว่าเป็นงานของตน แล้วรับดำเนินการ หรือส่งคืน',
    in_progress: isOverdue
      ? 'เกินกำหนดแล้วและยังไม่ได้ชี้แจง ชี้แจงเหตุล่าช้าให้ผู้ร้องทราบวันนี้ แล้วเร่งสรุปผล'
      : 'ดำเนินการแก้ไข บอกความคืบหน้าให้ผู้ร้องทราบ แล้วสรุปผลภายในกำหนด',
    need_info: 'รอคำตอบจากผู้ร้อง ถ้าได้ข้อมูลทางอื่นแล้ว บันทึกความคืบหน้าหรือสรุปผลได้เลย',
    resolved: 'แจ้งผลแล้ว ถ้าไม่มีสิ่งที่ต้องทำอีก ให้ปิดเรื่อง',
    closed: 'เรื่องนี้เสร็จสิ้นแล้ว ไม่มีขั้นตอนที่ต้องทำ',
    not_accepted: 'เรื่องนี้ไม่รับไว้พิจารณา และแจ้งผู้ร้องแล้ว',
    forwarded: 'ส่งต่อหน่วยงานอื่นแล้ว ไม่มีขั้นตอนที่ต้องทำ',
    merged: 'เรื่องนี้รวมกับเรื่องเดิมแล้ว ดำเนินการต่อที่เรื่องเดิม',
    withdrawn: 'ผู้ร้องขอถอนเรื่องแล้ว',
    moved: 'เรื่องนี้ย้ายไปทะเบียนเรื่องร้องเรียนการทุจริต (ลับ) แล้ว',
  }[status]
}

/** Whose turn it is, for readers who may not do the step themselves. */
export function whoseTurn(status: CaseStatus): string | null {
  if (status === 'submitted' || status === 'registered') return 'ขั้นตอนนี้เป็นหน้าที่ของศูนย์รับเรื่อง'
  if (status === 'assigned' || status === 'in_progress') {
    return 'ขั้นตอนนี้เป็นหน้าที่ของหน่วยงานที่รับผิดชอบ'
  }
  return null
}
