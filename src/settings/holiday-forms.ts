import { z } from 'zod'
import { type CivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { countCharacters, toArabicDigits } from '#domain/text.ts'
import { requiredLine } from '#web/form-fields.ts'
import { LONGEST_NAME, MOST_LINES, readHolidayLines } from './holiday-lines.ts'

const BE_OFFSET = 543
const MOST_TEXT = 10_000
const source = requiredLine(200, 'กรุณากรอกที่มา เช่น มติคณะรัฐมนตรี หรือประกาศของจังหวัด พร้อมวันที่')

/** The words of a holiday. Its day never changes: another day is another holiday. */
export const HolidayWordsForm = z.object({
  name: requiredLine(LONGEST_NAME, 'กรุณากรอกชื่อวันหยุด'),
  substitute: z
    .string()
    .optional()
    .transform((value) => value === 'yes'),
  source,
})

export const HolidayForm = z
  .object({
    day: z
      .string()
      .default('')
      .transform((typed, context) => {
        const day = readDay(typed)
        if (day !== undefined) return day
        context.addIssue({ code: 'custom', message: 'กรุณากรอกวันที่ที่มีอยู่จริง เช่น 7/12/2569' })
        return z.NEVER
      }),
  })
  .extend(HolidayWordsForm.shape)

export const HOLIDAY_FIELDS = ['day', 'name', 'substitute', 'source'] as const
export type HolidayValues = Record<(typeof HOLIDAY_FIELDS)[number], string>

/** '7/12/2569', or '7 ธันวาคม 2569' as the list shows it. */
function readDay(typed: string): CivilDate | undefined {
  const day = parseThaiDate(typed)
  if (day !== undefined) return day
  const year = /(\d{4})\s*$/.exec(toArabicDigits(typed))?.[1]
  const [read] = year ? readHolidayLines(`${typed} วันหยุด`, Number(year)) : []
  return read && 'days' in read && read.days.length === 1 ? read.days[0] : undefined
}

/** Years whose holidays an office may enter: back to those of old cases, and some ahead. */
const Year = z
  .string()
  .default('')
  .transform((text) => toArabicDigits(text.trim()))
  .refine((text) => /^2(?:5[5-9]|6[0-4])\d$/.test(text), 'กรุณากรอกปี พ.ศ. สี่หลัก เช่น 2570')
  .transform(Number)

/** The year (B.E.) that an address asks for. */
export function askedYear(text: unknown): number | undefined {
  return Year.safeParse(typeof text === 'string' ? text : '').data
}

export const ImportForm = z.object({
  year: Year,
  source,
  lines: z
    .string()
    .default('')
    .refine((text) => text.trim() !== '', 'กรุณาวางรายการวันหยุด บรรทัดละหนึ่งวัน')
    .refine((text) => countCharacters(text) <= MOST_TEXT, `รายการยาวเกิน ${MOST_TEXT} ตัวอักษร กรุณานำเข้าทีละส่วน`)
    .refine(
      (text) => text.split('\n').length <= MOST_LINES,
      `รายการยาวเกิน ${MOST_LINES} บรรทัด กรุณานำเข้าทีละส่วน`,
    ),
})

export const IMPORT_FIELDS = ['year', 'source', 'lines'] as const
export type ImportValues = Record<(typeof IMPORT_FIELDS)[number], string>

/** The calendar year of a day, in B.E. */
export function yearOf(day: CivilDate): number {
  return Number(day.slice(0, 4)) + BE_OFFSET
}
