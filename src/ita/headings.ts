import type { DocumentSection } from './tables.ts'

/** What a guideline for complaints about corruption has to contain at least, as the assessment words it. */
export const GUIDELINE_HEADINGS = [
  'วิธีการที่บุคคลภายนอกจะทำการร้องเรียน',
  'ขั้นตอนหรือวิธีการในการจัดการ',
  'ส่วนงานที่รับผิดชอบ',
  'ระยะเวลาดำเนินการ',
] as const

/** Asked for in addition in some years. */
export const CHANNEL_HEADING = 'ช่องทาง'

/** Of these headings, the ones without a section that says something. A number before it and words after it do not matter. */
export function missingHeadings(
  sections: readonly DocumentSection[],
  wanted: readonly string[] = GUIDELINE_HEADINGS,
): string[] {
  const written = sections.filter(({ text }) => text.trim() !== '').map(({ heading }) => plain(heading))
  return wanted.filter((heading) => !written.some((candidate) => candidate.startsWith(plain(heading))))
}

/** Without numbering and spaces: "2) ขั้นตอน หรือวิธีการในการจัดการ..." is the second heading. */
function plain(heading: string): string {
  return heading.replace(/^[\s(]*(?:ข้อ)?\s*[\d๐-๙]+[\d๐-๙.)\s-]*/, '').replace(/\s+/g, '')
}

/** A place that the first draft leaves open for the office. */
const BLANK = /\[กรอก[^\]]*\]/g

export function blanksIn(sections: readonly DocumentSection[]): string[] {
  return sections.flatMap(({ text }) => [...text.matchAll(BLANK)].map(([blank]) => blank))
}
