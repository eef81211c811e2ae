/** The twelve sections of a summary report, in their order; each holds a text of the office. */
export const SECTIONS = [
  { key: 's1', heading: 'ความเป็นมา', isNeeded: true },
  { key: 's2', heading: 'วัตถุประสงค์', isNeeded: true },
  { key: 's3', heading: 'ช่องทางและขั้นตอน', isNeeded: true },
  { key: 's4', heading: 'ผลการดำเนินการ', isNeeded: false },
  { key: 's5', heading: 'ระยะเวลาดำเนินการ', isNeeded: false },
  { key: 's6', heading: 'เรื่องร้องเรียนการทุจริต', isNeeded: false },
  { key: 's7', heading: 'ความพึงพอใจ', isNeeded: false },
  { key: 's8', heading: 'การวิเคราะห์สาเหตุและปัญหาที่เกิดซ้ำ', isNeeded: false },
  { key: 's9', heading: 'ปัญหาและอุปสรรค', isNeeded: true },
  { key: 's10', heading: 'แนวทางแก้ไขและป้องกัน', isNeeded: true },
  { key: 's11', heading: 'ข้อเสนอแนะ', isNeeded: true },
  { key: 's12', heading: 'การรายงานผู้บริหารและการเผยแพร่', isNeeded: true },
] as const

export type SectionKey = (typeof SECTIONS)[number]['key']
