import { z } from 'zod'
import { type CivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { countCharacters, isBlank, normaliseTyped } from '#domain/text.ts'
import { line } from '#web/form-fields.ts'
import { formatDate, formatNumber } from '#web/thai-format.ts'

/** Most characters of a text that an officer types. */
const MOST_TEXT = 10_000
const MOST_LINE = 300

/** Several lines, or ''; `what` names the text in the message. */
export const text = (what: string) =>
  z
    .string()
    .default('')
    .transform((typed) => (isBlank(typed) ? '' : normaliseTyped(typed)))
    .refine((typed) => countCharacters(typed) <= MOST_TEXT, {
      error: `${what}ยาวเกินไป ใส่ได้ไม่เกิน ${formatNumber(MOST_TEXT)} ตัวอักษร`,
    })

export const requiredText = (what: string) =>
  text(what).refine((typed) => typed !== '', { error: `กรุณากรอก${what}` })

export const shortLine = line(MOST_LINE)

export const requiredLine = (what: string) =>
  shortLine.refine((typed) => !isBlank(typed), { error: `กรุณากรอก${what}` })

export const oneOfWords = <T extends string>(words: readonly T[], what: string) =>
  z.enum(words as [T, ...T[]], { error: `กรุณาเลือก${what}` })

/** A box that is ticked or not. */
export const tick = z
  .string()
  .optional()
  .transform((value) => value === 'yes')

/** A day within bounds, both included. */
export const dayBetween = (earliest: CivilDate, latest: CivilDate) =>
  shortLine
    .transform((typed) => parseThaiDate(typed))
    .refine((day) => day !== undefined, { error: 'กรุณากรอกวันที่ให้ถูกต้อง เช่น 15/11/2569' })
    .refine((day) => !day || day >= earliest, { error: `วันที่ต้องไม่ก่อน ${formatDate(earliest, 'th')}` })
    .refine((day) => !day || day <= latest, { error: `วันที่ต้องไม่เกิน ${formatDate(latest, 'th')}` })
    .transform((day): CivilDate => day ?? earliest)
