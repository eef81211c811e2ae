import { z } from 'zod'
import { toArabicDigits } from '#domain/text.ts'
import { line, requiredLine } from '#web/form-fields.ts'

/** An English name that is left out is the Thai one. */
export const VillageForm = z
  .object({
    number: z
      .string()
      .default('')
      .transform((text) => toArabicDigits(text.trim()))
      .refine((text) => /^[1-9]\d{0,2}$/.test(text), 'กรุณากรอกหมู่ที่เป็นตัวเลข เช่น 3')
      .transform(Number),
    name: requiredLine(150, 'กรุณากรอกชื่อหมู่บ้าน'),
    nameEn: line(150),
  })
  .transform(({ number, name, nameEn }) => ({ number, name, nameEn: nameEn || name }))

export type VillageFields = z.infer<typeof VillageForm>
