import { formatDate } from '#web/thai-format.ts'
import { CHANNEL_HEADING, GUIDELINE_HEADINGS } from './headings.ts'
import { type OfficeFacts, orBlank, type SealedFacts, section } from './manual-facts.ts'
import type { DocumentSection } from './tables.ts'

const [HOW, STEPS, WHO, TIMES] = GUIDELINE_HEADINGS

/** The guideline for complaints about corruption, with the headings that the assessment asks for. */
export function corruptionManual(facts: OfficeFacts, sealed: SealedFacts): DocumentSection[] {
  return [how(facts, sealed), steps(sealed), who(facts, sealed), times(sealed), channels(facts, sealed)]
}

function how(facts: OfficeFacts, { isOpen }: SealedFacts): DocumentSection {
  const { office } = facts
  return section(
    HOW,
    'บุคคลใดพบเห็นหรือทราบว่าเจ้าหน้าที่ของหน่วยงานเรียกรับเงินหรือประโยชน์ ทุจริต หรือประพฤติมิชอบ แจ้งได้โดยไม่ต้องบอกชื่อ ไม่ต้องมีบัญชีผู้ใช้ และไม่มีค่าใช้จ่าย',
    ...(isOpen
      ? [
          `1. เปิดหน้าแจ้งเบาะแสการทุจริตที่ ${facts.address('/safe')} ซึ่งแยกจากแบบแจ้งเรื่องร้องเรียนทั่วไป`,
          '2. เล่าว่าเกิดอะไรขึ้น ผู้ใดเกี่ยวข้อง และมีหลักฐาน พยาน หรือแหล่งที่ตรวจสอบได้อย่างไร แนบไฟล์ได้ถ้ามี',
          '3. หากเรื่องเกี่ยวข้องกับผู้รับเรื่อง ผู้บังคับบัญชา หรือผู้บริหาร ให้เลือกไว้ในแบบ ผู้นั้นจะเปิดอ่านไม่ได้',
          '4. เลือกว่าจะไม่เปิดเผยตัว ให้เฉพาะช่องทางติดต่อ หรือเปิดเผยชื่อแก่ผู้รับเรื่องเท่านั้น',
          '5. เก็บรหัสลับที่ได้รับไว้ ใช้เปิดกล่องข้อความเพื่ออ่านคำถาม ตอบกลับ และดูความคืบหน้า รหัสนี้แสดงเพียงครั้งเดียวและกู้คืนไม่ได้',
        ]
      : [
          `ขณะนี้ช่องทางออนไลน์สำหรับแจ้งเบาะแสการทุจริตของ${office.orgName}ยังไม่เปิดรับเรื่อง ให้แจ้งหน่วยงานภายนอกตามหัวข้อ “${CHANNEL_HEADING}” โดยตรง`,
        ]),
    'เรื่องที่ไม่ระบุชื่อจะตรวจสอบได้เมื่อมีพฤติการณ์ชัดเจน และมีหลักฐานหรือแหล่งที่ตรวจสอบต่อได้',
    'ไม่ควรใช้แบบแจ้งเรื่องร้องเรียนทั่วไปสำหรับเรื่องการทุจริต เพราะมีเจ้าหน้าที่หลายคนเปิดอ่านได้',
  )
}

function steps({ acknowledgeDays, checkDays, inquiryDays, extensionDays }: SealedFacts): DocumentSection {
  const extended = extensionDays > 0 ? ` ขยายได้อีก ${extensionDays} วัน` : ''
  return section(
    STEPS,
    '## แผนผังการจัดการ',
    '> ผู้แจ้งส่งเรื่องทางช่องทางเฉพาะ และได้รับรหัสลับ',
    `> ผู้รับเรื่องตามคำสั่งเปิดอ่านและรับเรื่อง ภายใน ${acknowledgeDays} วันทำการ`,
    `> ตรวจสอบเบื้องต้น ภายใน ${checkDays} วัน`,
    '> มีข้อมูลพอที่จะตรวจสอบต่อหรือไม่ | ไม่พอ: ถามผู้แจ้งทางกล่องข้อความ หากยังไม่พอ ยุติเรื่องเมื่อผู้รับเรื่องสองคนเห็นพ้องกัน (สิ้นสุด) | พอ: ดำเนินการในขั้นต่อไป',
    `> ตรวจสอบข้อเท็จจริง ภายใน ${inquiryDays} วัน${extended}`,
    '> มีมูลหรือไม่ | มีมูล: ดำเนินการทางวินัยหรือตามกฎหมาย หรือส่งหน่วยงานที่มีอำนาจ | ไม่มีมูล: ยุติเรื่องเมื่อผู้รับเรื่องสองคนเห็นพ้องกัน',
    '> แจ้งผลทางกล่องข้อความ และนับเป็นสถิติโดยไม่ระบุตัวผู้แจ้ง',
    '## หลักปฏิบัติของผู้รับเรื่อง',
    '1. เรื่องลงไว้ในทะเบียนลับ แยกจากทะเบียนเรื่องร้องเรียนทั่วไป เปิดได้เฉพาะผู้รับเรื่องตามคำสั่ง และบันทึกการเปิดอ่านทุกครั้ง',
    '2. ผู้ถูกร้องเรียนและผู้มีส่วนได้เสียต้องไม่เกี่ยวข้องกับการตรวจสอบเรื่องนั้น',
    '3. ห้ามเปิดเผยชื่อผู้แจ้งหรือข้อมูลที่ทำให้ทราบว่าเป็นผู้ใด ต่อสาธารณชนหรือผู้ถูกร้องเรียน',
    '4. ให้โอกาสผู้ถูกร้องเรียนชี้แจงข้อเท็จจริง โดยไม่เปิดเผยตัวผู้แจ้ง',
    '5. เรื่องที่อยู่ในอำนาจของสำนักงาน ป.ป.ช. หรือหน่วยงานอื่น ให้ส่งเรื่องต่อหน่วยงานนั้น',
  )
}

function who({ office }: OfficeFacts, { posts, orderNo, orderOn }: SealedFacts): DocumentSection {
  const number = orBlank(orderNo, 'เลขที่คำสั่งแต่งตั้งผู้รับเรื่อง')
  const on = orderOn === '' ? '[กรอกวันที่ของคำสั่ง]' : formatDate(orderOn, 'th')
  return section(
    WHO,
    `${office.orgName} แต่งตั้งผู้รับเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ ตามคำสั่งที่ ${number} ลงวันที่ ${on} ดังนี้`,
    ...(posts.length > 0 ? posts : ['[กรอกตำแหน่งผู้รับเรื่องและผู้รับเรื่องสำรอง]']).map((post) => `- ${post}`),
    'เรื่องที่เกี่ยวกับนายก รองนายก หรือประธานสภา ควรแจ้งนายอำเภอ หรือสำนักงาน ป.ป.ช. โดยตรง',
  )
}

function times({ acknowledgeDays, checkDays, inquiryDays, extensionDays }: SealedFacts): DocumentSection {
  return section(
    TIMES,
    'ขั้นตอน | ระยะเวลา',
    `เปิดอ่านและรับเรื่อง | ภายใน ${acknowledgeDays} วันทำการ`,
    `ตรวจสอบเบื้องต้น | ภายใน ${checkDays} วันนับจากวันที่ได้รับเรื่อง`,
    `ตรวจสอบข้อเท็จจริง | ภายใน ${inquiryDays} วันนับจากวันที่เริ่มตรวจสอบ`,
    extensionDays > 0 && `ขยายเวลาตรวจสอบข้อเท็จจริง | ได้อีกหนึ่งครั้ง ไม่เกิน ${extensionDays} วัน`,
  )
}

function channels(facts: OfficeFacts, { isOpen }: SealedFacts): DocumentSection {
  const { office } = facts
  return section(
    CHANNEL_HEADING,
    isOpen && `- หน้าแจ้งเบาะแสการทุจริต ${facts.address('/safe')} ตลอด 24 ชั่วโมง`,
    isOpen &&
      `- จดหมายปิดผนึกถึงผู้รับเรื่องตามคำสั่ง ${office.orgName} ${orBlank(office.address, 'ที่อยู่')} โดยไม่ต้องระบุชื่อผู้ส่ง`,
    ...facts.corruptionBodies.map((body) => `- ${body}`),
  )
}
