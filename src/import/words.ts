import type { CaseStatus } from '#domain/case-status.ts'
import type { Channel, Finding, Kind, Outcome, RejectReason } from '#domain/vocabulary.ts'

/** What an old register can say of a case; merging needs a second case, moving a register to move it to. */
export type ImportedStatus = Exclude<CaseStatus, 'merged' | 'moved'>

type Words<T extends string> = Record<T, readonly string[]>

/** Words that registers use, beside our own codes; anything else needs a list in the mapping file. */
export const STATUS_WORDS: Words<ImportedStatus> = {
  submitted: ['รอตรวจรับ', 'รอรับเรื่อง', 'เรื่องใหม่', 'new'],
  registered: ['รับเรื่องแล้ว', 'รับเรื่อง', 'รอดำเนินการ', 'ยังไม่ดำเนินการ', 'received', 'open', 'pending'],
  assigned: ['มอบหมายแล้ว', 'ส่งหน่วยงานที่รับผิดชอบแล้ว', 'ส่งกองที่เกี่ยวข้อง'],
  in_progress: ['กำลังดำเนินการ', 'อยู่ระหว่างดำเนินการ', 'ระหว่างดำเนินการ', 'in progress', 'ongoing'],
  need_info: ['ขอข้อมูลเพิ่มเติม', 'รอข้อมูลจากผู้ร้อง', 'รอข้อมูลเพิ่มเติม'],
  resolved: ['ดำเนินการแล้วแจ้งผลแล้ว', 'แจ้งผลแล้ว', 'resolved'],
  closed: [
    'ปิดเรื่อง',
    'เสร็จสิ้น',
    'แล้วเสร็จ',
    'ดำเนินการแล้วเสร็จ',
    'ดำเนินการแล้ว',
    'ดำเนินการเรียบร้อย',
    'ยุติเรื่อง',
    'ยุติ',
    'done',
    'finished',
  ],
  not_accepted: ['ไม่รับไว้พิจารณา', 'ไม่รับเรื่อง', 'ไม่รับพิจารณา', 'rejected'],
  forwarded: ['ส่งต่อ', 'ส่งต่อหน่วยงานอื่น', 'ส่งต่อหน่วยงานอื่นแล้ว', 'ส่งต่อแล้ว'],
  withdrawn: ['ถอนเรื่อง', 'ผู้แจ้งขอถอนเรื่อง', 'ผู้ร้องถอนเรื่อง', 'ขอถอนเรื่อง', 'cancelled'],
}

export const CHANNEL_WORDS: Words<Channel> = {
  web: ['เว็บไซต์', 'เว็บ', 'website', 'ออนไลน์'],
  walkin: ['มาด้วยตนเอง', 'ด้วยตนเอง', 'ร้องเรียนด้วยตนเอง', 'walk-in', 'in person'],
  phone: ['โทรศัพท์', 'ทางโทรศัพท์', 'telephone'],
  letter: ['จดหมาย', 'หนังสือ', 'จดหมาย/หนังสือ', 'ไปรษณีย์', 'mail'],
  box: ['กล่องรับความคิดเห็น', 'ตู้รับความคิดเห็น', 'ตู้แดง', 'กล่องรับเรื่องร้องเรียน'],
  line: ['ไลน์', 'line oa', 'line official'],
  facebook: ['เฟซบุ๊ก', 'เฟสบุ๊ค', 'เพจ', 'fb'],
  email: ['อีเมล', 'e-mail'],
  qr: ['คิวอาร์โค้ด', 'qr code'],
  forum: ['เวทีประชาคม', 'ประชาคม', 'ประชุมหมู่บ้าน', 'ประชาคมหมู่บ้าน'],
  field: ['ลงพื้นที่', 'ผู้นำชุมชนแจ้ง', 'ผู้ใหญ่บ้านแจ้ง', 'กำนัน/ผู้ใหญ่บ้าน'],
  traffy: ['traffy fondue', 'ทราฟฟี่ฟองดูว์'],
  damrong: ['ศูนย์ดำรงธรรม', 'ดำรงธรรม'],
  psc1111: ['1111', 'ศูนย์รับเรื่องราวร้องทุกข์ของรัฐบาล 1111', 'สายด่วน 1111'],
  agency: ['หน่วยงานอื่นส่งต่อ', 'หน่วยงานอื่น', 'อำเภอ', 'จังหวัด'],
  other: ['อื่นๆ', 'อื่น ๆ'],
}

export const KIND_WORDS: Words<Kind> = {
  complaint: ['ร้องเรียน', 'ร้องทุกข์', 'เรื่องร้องเรียน', 'เรื่องร้องทุกข์', 'ร้องเรียน/ร้องทุกข์', 'แจ้งปัญหา'],
  request: ['คำร้อง', 'ขอรับบริการ', 'คำร้องขอรับบริการ', 'ขอความช่วยเหลือ', 'ขอความอนุเคราะห์'],
  question: ['สอบถาม', 'คำถาม', 'ขอข้อมูล', 'สอบถามข้อมูล'],
  suggestion: ['ข้อเสนอแนะ', 'เสนอแนะ', 'ความคิดเห็น', 'ข้อคิดเห็น'],
  praise: ['ชมเชย', 'คำชมเชย', 'ชื่นชม'],
}

export const OUTCOME_WORDS: Words<Outcome> = {
  solved: ['แก้ไขแล้ว', 'แก้ไขแล้วเสร็จ'],
  partly: ['แก้ไขบางส่วน', 'แก้ไขได้บางส่วน'],
  answered: ['ชี้แจงแล้ว', 'ตอบแล้ว', 'ให้ข้อมูลแล้ว'],
  referred: ['ส่งต่อ', 'ส่งเรื่องต่อ'],
  no_action: ['ไม่ต้องดำเนินการ', 'ไม่ดำเนินการ'],
  unverifiable: ['ตรวจสอบไม่ได้', 'ตรวจสอบไม่พบ'],
}

export const FINDING_WORDS: Words<Finding> = {
  yes: ['มีมูล'],
  part: ['มีมูลบางส่วน'],
  no: ['ไม่มีมูล'],
  na: ['ไม่เกี่ยวข้อง'],
}

export const REJECT_WORDS: Words<RejectReason> = {
  court: ['อยู่ระหว่างการพิจารณาของศาล'],
  decided: ['วินิจฉัยเสร็จเด็ดขาดแล้ว'],
  power: ['ไม่อยู่ในอำนาจหน้าที่', 'นอกอำนาจหน้าที่'],
  private: ['ข้อพิพาทระหว่างบุคคล', 'เรื่องส่วนตัว'],
  insufficient: ['ข้อมูลไม่เพียงพอ'],
  abusive: ['ข้อความก่อกวน', 'ไม่ใช่เรื่องร้องเรียน'],
}

export const YES_WORDS: Words<'yes' | 'no'> = {
  yes: ['ใช่', 'ปกปิด', 'ประสงค์ปกปิด', 'ไม่เปิดเผย', 'true', '1', 'y'],
  no: ['ไม่ใช่', 'เปิดเผย', 'ไม่ปกปิด', 'false', '0', 'n'],
}
