/**
 * What a register can tell about a case. The keys are the names used in a mapping file; the texts name the
 * column in a message about a faulty row.
 */
export const FIELDS = {
  externalNo: 'เลขที่รับ',
  receivedAt: 'วันที่รับเรื่อง',
  receivedTime: 'เวลาที่รับเรื่อง',
  subject: 'เรื่อง',
  detail: 'รายละเอียด',
  wish: 'สิ่งที่ต้องการ',
  kind: 'ชนิดเรื่อง',
  category: 'ประเภทเรื่อง',
  channel: 'ช่องทาง',
  happenedOn: 'วันที่เกิดเหตุ',
  village: 'หมู่ที่',
  place: 'สถานที่',
  latitude: 'ละติจูด',
  longitude: 'ลองจิจูด',
  name: 'ชื่อผู้แจ้ง',
  phone: 'โทรศัพท์',
  email: 'อีเมล',
  address: 'ที่อยู่',
  withholdName: 'ปกปิดชื่อ',
  incomingNo: 'เลขรับหนังสือ',
  incomingOn: 'หนังสือลงวันที่',
  unit: 'หน่วยงานที่รับผิดชอบ',
  status: 'สถานะ',
  finishedOn: 'วันที่แล้วเสร็จ',
  result: 'ผลการดำเนินการ',
  outcome: 'ผลลัพธ์',
  finding: 'ผลการพิจารณา',
  cause: 'สาเหตุ',
  prevention: 'แนวทางป้องกัน',
  rejectReason: 'เหตุที่ไม่รับ',
  otherBody: 'หน่วยงานที่ส่งต่อ',
  note: 'หมายเหตุ',
} as const

export type Field = keyof typeof FIELDS

export const FIELD_NAMES = Object.keys(FIELDS) as Field[]

/** One row's cells by field; '' where the register says nothing. */
export type Cells = Record<Field, string>
