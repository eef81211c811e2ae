import { z } from 'zod'
import { countCharacters, normaliseTyped } from '#domain/text.ts'

/** One line of text, tidied; '' when nothing was typed. Messages are Thai: for staff forms. */
export const line = (most: number) =>
  z
    .string()
    .default('')
    .transform((text) => normaliseTyped(text).replace(/\s+/g, ' '))
    .refine((text) => countCharacters(text) <= most, `ยาวเกินไป กรอกได้ไม่เกิน ${most} ตัวอักษร`)

export const requiredLine = (most: number, message: string) =>
  line(most).refine((text) => text.length > 0, message)

const address = z.email()

export const emailLine = line(200).refine(
  (text) => text === '' || address.safeParse(text).success,
  'รูปแบบอีเมลไม่ถูกต้อง เช่น name@example.com',
)
