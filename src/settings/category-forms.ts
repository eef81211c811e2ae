import { z } from 'zod'
import { toArabicDigits } from '#domain/text.ts'
import { line, requiredLine } from '#web/form-fields.ts'

/**
 * What may change about a category; its code, kind and restriction never do: statistics and old cases
 * stand on them.
 * @param officeDays the office's promise; a category may promise fewer days, never more
 */
export const categoryForm = (officeDays: number) =>
  z.object({
    name: requiredLine(150, 'กรุณากรอกชื่อประเภทเรื่อง'),
    nameEn: line(150),
    unitId: z.string().default(''),
    targetDays: z
      .string()
      .default('')
      .transform((text) => toArabicDigits(text.trim()))
      .refine(
        (text) => text === '' || (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= officeDays),
        `กรุณากรอกจำนวนวันตั้งแต่ 1 ถึง ${officeDays} หรือเว้นว่าง`,
      )
      .transform((text) => (text === '' ? null : Number(text))),
  })
