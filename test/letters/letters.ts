import type { LetterDocument } from '#letters/document.ts'

const ORG = 'องค์การบริหารส่วนตำบลเมืองใหม่'

/** A delay letter as it leaves the portal: number, date and signature are still to come. */
export function delayLetter(changes: Partial<LetterDocument> = {}): LetterDocument {
  return {
    number: null,
    office: ORG,
    address: '99 หมู่ 4 ตำบลเมืองใหม่\nอำเภอศรีราชา จังหวัดชลบุรี 20230',
    date: null,
    subject: 'ชี้แจงเหตุที่ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด',
    to: 'นางแก้ว ใจดี',
    reference: 'เรื่องเลขที่ รท 0012/2570 ลงวันที่ 3 พฤศจิกายน 2569',
    enclosures: [],
    paragraphs: [
      `ตามที่ท่านได้แจ้งเรื่องไฟทางดับหน้าวัด และ${ORG}มีกำหนดดำเนินการภายใน 15 วัน นั้น`,
      `${ORG} ขอเรียนชี้แจงว่า ไม่สามารถดำเนินการให้แล้วเสร็จภายในกำหนด เนื่องจากหลอดไฟและสายไฟที่สั่งซื้อยังส่งมาไม่ถึง ขณะนี้ได้ดำเนินการแล้วดังนี้ ตรวจสอบเสาไฟทุกต้นและสั่งซื้ออุปกรณ์แล้ว และคาดว่าจะแล้วเสร็จภายในวันที่ 2 ธันวาคม 2569`,
      'จึงเรียนมาเพื่อโปรดทราบ และขออภัยในความล่าช้ามา ณ โอกาสนี้',
    ],
    closing: 'ขอแสดงความนับถือ',
    signerName: '',
    signerPost: `นายก${ORG}`,
    unit: 'กองช่าง',
    contact: ['โทร. 038 123 456', 'อีเมล saraban@example.go.th'],
    caseNumber: 'รท 0012/2570',
    ...changes,
  }
}

const SENTENCE =
  'ตรวจสอบเสาไฟทั้งหมดตั้งแต่ปากซอยถึงท้ายซอยแล้ว พบว่าสายไฟเก่าชำรุด น้ำเข้าขั้วหลอด ต้องสั่งซื้ออุปกรณ์จากญี่ปุ่น ผู้ใหญ่บ้านและชาวบ้านช่วยกันตั้งเสาใหม่ที่หน้าวัด '

/** A text of so many characters, as an officer would write it. */
export const report = (length: number) => SENTENCE.repeat(length / SENTENCE.length + 1).slice(0, length)

/** A result letter of three pages, with everything filled in. */
export function resultLetter(): LetterDocument {
  return delayLetter({
    number: 'ชบ 71401/123',
    date: '25 พฤศจิกายน 2569',
    subject: 'แจ้งผลการดำเนินการเรื่องร้องเรียน / ร้องทุกข์',
    enclosures: ['สำเนาใบสั่งซื้อ จำนวน 1 ฉบับ', `ภาพถ่าย จำนวน 4 ภาพ ${SENTENCE}`],
    paragraphs: [
      report(900),
      report(700),
      `ปรากฏผลดังนี้\n1. ${SENTENCE}\n2. เปลี่ยนหลอดไฟแล้ว\n\n3. ทดลองเปิดไฟต่าง ๆ ทุกต้น`,
      report(500),
      'จึงเรียนมาเพื่อโปรดทราบ',
    ],
    signerName: 'นายสมชาย ใจดี',
  })
}
