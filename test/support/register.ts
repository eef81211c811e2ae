import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'

/** Letters as Thai Excel of old writes them: Thai stands 0x0D60 below its place in Unicode. */
export function windows874(text: string): Uint8Array {
  const bytes = [...text].map((letter) => {
    const code = letter.codePointAt(0) ?? 0
    if (code < 0x80) return code
    if (code >= 0x0e01 && code <= 0x0e5b) return code - 0x0d60
    throw new Error(`Windows-874 has no ${letter}`)
  })
  return Buffer.from(bytes)
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)

const HEADINGS = [
  'เลขที่รับ',
  'วันที่รับเรื่อง',
  'เรื่อง',
  'รายละเอียด',
  'ประเภทเรื่อง',
  'หมู่ที่',
  'ช่องทาง',
  'สถานะ',
  'วันที่แล้วเสร็จ',
  'ผลการดำเนินการ',
]

export type RegisterLine = Partial<Record<(typeof HEADINGS)[number], string>>

/** One good row of an office's register; a test says what differs. */
export function registerLine(number: number, differs: RegisterLine = {}): string[] {
  const line: RegisterLine = {
    เลขที่รับ: `${number}/2566`,
    วันที่รับเรื่อง: '18/5/2566',
    เรื่อง: `ไฟทางดับ จุดที่ ${number}`,
    รายละเอียด: `ไฟทางหน้าวัดดับมาสามคืนแล้ว เสาที่ ${number}`,
    ประเภทเรื่อง: 'A2',
    หมู่ที่: '3',
    ช่องทาง: 'โทรศัพท์',
    สถานะ: 'กำลังดำเนินการ',
    ...differs,
  }
  return HEADINGS.map((heading) => line[heading] ?? '')
}

/** A register of our own making, as a spreadsheet would save it. */
export function writeRegister(
  folder: string,
  rows: readonly (readonly string[])[],
  { bom = true, encode = utf8, headings = HEADINGS, name = 'register.csv' } = {},
): string {
  const file = join(folder, name)
  writeFileSync(
    file,
    encode(stringify([headings, ...rows], { bom, record_delimiter: '\r\n', quoted_match: /\n/ })),
  )
  return file
}
