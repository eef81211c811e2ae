import { foldThai } from '#domain/text.ts'
import { FIELD_NAMES, type Field } from './fields.ts'

/**
 * Headings as Thai offices write them, and their English names; the first of a list is the best. A running
 * number (ลำดับที่) is left out on purpose: it begins anew every year and would make two cases one.
 */
const HEADINGS: Record<Field, readonly string[]> = {
  externalNo: [
    'เลขที่รับ',
    'เลขรับ',
    'เลขรับที่',
    'เลขที่เรื่อง',
    'เลขเรื่อง',
    'เลขทะเบียน',
    'เลขที่คำร้อง',
    'รหัสเรื่อง',
    'ticket id',
    'case no',
    'case number',
    'reference',
    'reference no',
    'external no',
  ],
  receivedAt: [
    'วันที่รับเรื่อง',
    'วันที่รับ',
    'วันเดือนปีที่รับเรื่อง',
    'วันเดือนปีที่รับ',
    'วันที่รับแจ้ง',
    'วันที่แจ้ง',
    'วันที่ร้องเรียน',
    'วันเดือนปี',
    'วันที่',
    'received at',
    'received on',
    'received',
    'date received',
    'date',
  ],
  receivedTime: ['เวลาที่รับเรื่อง', 'เวลาที่รับ', 'เวลารับแจ้ง', 'เวลา', 'time', 'time received'],
  subject: ['เรื่อง', 'หัวข้อเรื่อง', 'หัวข้อ', 'ชื่อเรื่อง', 'เรื่องที่ร้องเรียน', 'เรื่องร้องเรียน', 'subject', 'title'],
  detail: [
    'รายละเอียด',
    'รายละเอียดเรื่อง',
    'รายละเอียดการร้องเรียน',
    'รายละเอียดปัญหา',
    'เรื่องโดยย่อ',
    'สรุปเรื่อง',
    'ข้อเท็จจริง',
    'ปัญหา',
    'ข้อความ',
    'detail',
    'details',
    'description',
    'comment',
    'message',
  ],
  wish: [
    'สิ่งที่ต้องการ',
    'ความต้องการ',
    'ความประสงค์',
    'ต้องการให้ดำเนินการ',
    'สิ่งที่ต้องการให้ดำเนินการ',
    'wish',
    'requested',
  ],
  kind: ['ชนิดเรื่อง', 'ชนิด', 'ลักษณะเรื่อง', 'kind'],
  category: ['ประเภทเรื่อง', 'ประเภท', 'หมวดเรื่อง', 'หมวด', 'หมวดหมู่', 'ด้าน', 'ประเภทปัญหา', 'category', 'type'],
  channel: ['ช่องทาง', 'ช่องทางที่รับ', 'ช่องทางการร้องเรียน', 'ช่องทางรับเรื่อง', 'ช่องทางการแจ้ง', 'channel'],
  happenedOn: ['วันที่เกิดเหตุ', 'วันที่พบปัญหา', 'วันเกิดเหตุ', 'happened on', 'date of event'],
  village: ['หมู่ที่', 'หมู่', 'หมู่บ้าน', 'ม', 'ชุมชน', 'village', 'moo'],
  place: ['สถานที่', 'สถานที่เกิดเหตุ', 'จุดเกิดเหตุ', 'บริเวณ', 'บริเวณที่เกิดเหตุ', 'จุดสังเกต', 'place', 'location'],
  latitude: ['ละติจูด', 'latitude', 'lat'],
  longitude: ['ลองจิจูด', 'ลองติจูด', 'longitude', 'lon', 'lng', 'long'],
  name: [
    'ชื่อสกุลผู้ร้อง',
    'ชื่อสกุลผู้แจ้ง',
    'ชื่อผู้ร้อง',
    'ชื่อผู้แจ้ง',
    'ชื่อผู้ร้องเรียน',
    'ผู้ร้อง',
    'ผู้แจ้ง',
    'ผู้ร้องเรียน',
    'ชื่อสกุล',
    'ชื่อนามสกุล',
    'name',
    'full name',
    'complainant',
  ],
  phone: [
    'โทรศัพท์',
    'เบอร์โทรศัพท์',
    'เบอร์โทร',
    'หมายเลขโทรศัพท์',
    'โทร',
    'เบอร์ติดต่อ',
    'เบอร์โทรศัพท์ติดต่อ',
    'phone',
    'telephone',
    'mobile',
  ],
  email: ['อีเมล', 'อีเมล์', 'email', 'e-mail'],
  address: ['ที่อยู่', 'ที่อยู่ผู้ร้อง', 'ที่อยู่ผู้แจ้ง', 'บ้านเลขที่', 'address'],
  withholdName: ['ปกปิดชื่อ', 'ไม่เปิดเผยชื่อ', 'ขอปกปิดชื่อ', 'withhold name', 'anonymous'],
  incomingNo: ['เลขรับหนังสือ', 'เลขที่หนังสือ', 'หนังสือเลขที่', 'ที่หนังสือ', 'letter no'],
  incomingOn: ['หนังสือลงวันที่', 'ลงวันที่', 'letter date'],
  unit: [
    'หน่วยงานที่รับผิดชอบ',
    'หน่วยงานรับผิดชอบ',
    'ส่วนราชการที่รับผิดชอบ',
    'กองที่รับผิดชอบ',
    'ผู้รับผิดชอบ',
    'มอบหมายให้',
    'หน่วยงาน',
    'ส่วนราชการ',
    'กอง',
    'unit',
    'department',
    'division',
  ],
  status: ['สถานะ', 'สถานะเรื่อง', 'สถานะการดำเนินการ', 'status', 'state'],
  finishedOn: [
    'วันที่แล้วเสร็จ',
    'วันที่ดำเนินการแล้วเสร็จ',
    'วันที่เสร็จ',
    'วันที่เสร็จสิ้น',
    'วันที่แจ้งผล',
    'วันที่ยุติ',
    'วันที่ปิดเรื่อง',
    'finished on',
    'closed on',
    'resolved on',
    'date closed',
  ],
  result: [
    'ผลการดำเนินการ',
    'ผลการดำเนินงาน',
    'ผลการแก้ไข',
    'ผลการพิจารณาดำเนินการ',
    'การดำเนินการ',
    'ผล',
    'result',
  ],
  outcome: ['ผลลัพธ์', 'outcome'],
  finding: ['ผลการพิจารณา', 'มูลความจริง', 'finding'],
  cause: ['สาเหตุ', 'สาเหตุของปัญหา', 'cause'],
  prevention: ['แนวทางป้องกัน', 'การป้องกัน', 'แนวทางป้องกันไม่ให้เกิดซ้ำ', 'prevention'],
  rejectReason: ['เหตุที่ไม่รับ', 'เหตุผลที่ไม่รับ', 'reject reason'],
  otherBody: ['หน่วยงานที่ส่งต่อ', 'ส่งต่อ', 'ส่งต่อไปยัง', 'ส่งต่อหน่วยงาน', 'forwarded to', 'other body'],
  note: ['หมายเหตุ', 'note', 'notes', 'remark', 'remarks'],
}

/** Where each field stands in a row: field -> index of its cell. */
export type Columns = Partial<Record<Field, number>>

/** A heading without what differs from office to office: spaces, dots, dashes, slashes, brackets, case. */
export function plainHeading(text: string): string {
  return foldThai(text).replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
}

/** Finds the columns whose headings are known; of two for one field the better name wins. */
export function recogniseHeadings(headings: readonly string[]): Columns {
  const plain = headings.map(plainHeading)
  const columns: Columns = {}
  for (const field of FIELD_NAMES) {
    const index = HEADINGS[field].map((name) => plain.indexOf(plainHeading(name))).find((found) => found >= 0)
    if (index !== undefined) columns[field] = index
  }
  return columns
}
