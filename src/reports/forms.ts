import { z } from 'zod'
import { monthsIn } from '#analysis/months.ts'
import { type CivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { monthOf } from '#domain/fiscal-year.ts'
import { countCharacters, normaliseTyped, toArabicDigits } from '#domain/text.ts'
import { PARTS, type Part, type Period, periodOf } from '#statistics/period.ts'
import { line, requiredLine } from '#web/form-fields.ts'
import { SECTIONS, type SectionKey } from './sections.ts'
import type { ReportTexts } from './tables.ts'

const MOST_TEXT = 20_000
const MOST_MONTHS = 24

export const NEW_FIELDS = ['span', 'fiscalYear', 'from', 'to'] as const
export type NewValues = Record<(typeof NEW_FIELDS)[number], string>

/** A month as it is typed, '10/2569' or '2026-10', as 'YYYY-MM'. */
function typedMonth(text: string): string | undefined {
  const typed = toArabicDigits(text).trim()
  const day = /^\d{4}-\d{1,2}$/.test(typed) ? parseThaiDate(`${typed}-1`) : parseThaiDate(`1/${typed}`)
  return day && monthOf(day)
}

const month = line(20).transform((text) => ({ text, month: typedMonth(text) }))

/** The period of a new report: what has not begun cannot be reported. */
export const newForm = (today: CivilDate, years: readonly number[]) =>
  z
    .object({
      span: z.enum([...PARTS, 'months'], 'กรุณาเลือกรอบของรายงาน'),
      fiscalYear: line(4).transform((text) => Number(toArabicDigits(text))),
      ...{ from: month, to: month },
    })
    .transform((form, context): Period => {
      const fault = (field: string, message: string) => {
        context.addIssue({ code: 'custom', path: [field], message })
        return z.NEVER
      }
      if (form.span !== 'months') {
        if (!years.includes(form.fiscalYear)) return fault('fiscalYear', 'กรุณาเลือกปีงบประมาณ')
        const period = periodOf(form.fiscalYear, form.span satisfies Part)
        return period.from <= monthOf(today) ? period : fault('span', 'รอบนี้ยังไม่เริ่ม')
      }
      const [from, to] = [form.from.month, form.to.month]
      const hint = 'กรุณากรอกเดือนและปี เช่น 10/2569'
      if (!from) return fault('from', hint)
      if (!to) return fault('to', hint)
      if (from > monthOf(today)) return fault('from', 'เดือนนี้ยังไม่เริ่ม')
      if (to < from) return fault('to', 'เดือนสุดท้ายต้องไม่อยู่ก่อนเดือนแรก')
      if (monthsIn({ from, to }).length > MOST_MONTHS)
        return fault('to', `รายงานหนึ่งฉบับครอบคลุมได้ไม่เกิน ${MOST_MONTHS} เดือน`)
      return { from, to }
    })

const text = z
  .string()
  .default('')
  .transform(normaliseTyped)
  .refine(
    (typed) => countCharacters(typed) <= MOST_TEXT,
    `ข้อความยาวเกิน ${MOST_TEXT.toLocaleString('en')} ตัวอักษร กรุณาย่อ`,
  )

export const TEXT_KEYS = SECTIONS.map(({ key }) => key)
export const EDIT_FIELDS = ['title', ...TEXT_KEYS] as const
export type EditValues = Record<(typeof EDIT_FIELDS)[number], string>

/** The title and a text for each section. */
export const EditForm = z
  .object({
    title: requiredLine(200, 'กรุณากรอกชื่อรายงาน'),
    ...(Object.fromEntries(TEXT_KEYS.map((key) => [key, text])) as Record<SectionKey, typeof text>),
  })
  .transform(({ title, ...texts }) => ({ title, texts: texts satisfies ReportTexts }))

/** Who took note and when, as the writer was told. */
export const noteForm = (today: CivilDate, from: CivilDate) =>
  z.object({
    by: requiredLine(120, 'กรุณากรอกชื่อและตำแหน่งของผู้บริหารที่รับทราบ'),
    on: z
      .string()
      .default('')
      .transform((typed) => parseThaiDate(typed))
      .refine((day): day is CivilDate => day !== undefined, 'กรุณากรอกวันที่ที่มีอยู่จริง เช่น 16/11/2569')
      .refine((day) => day === undefined || day <= today, 'วันที่รับทราบต้องไม่เป็นวันในอนาคต')
      .refine((day) => day === undefined || day >= from, 'วันที่รับทราบต้องไม่อยู่ก่อนรอบของรายงาน'),
  })
