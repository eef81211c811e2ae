import { z } from 'zod'
import { addDays, type CivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { countCharacters, normaliseTyped } from '#domain/text.ts'
import { formatDate, formatNumber } from '#web/thai-format.ts'

/** Most characters of a text that an officer writes. */
const MOST_TEXT = 5_000
const MOST_LINE = 300

const typed = z.string().default('').transform(normaliseTyped)
const typedLine = typed.transform((text) => text.replace(/\s+/g, ' '))

const tooLong = (what: string, most: number) => `${what}ยาวเกินไป ใส่ได้ไม่เกิน ${formatNumber(most)} ตัวอักษร`

const within = (what: string, most: number) =>
  z.string().refine((text) => countCharacters(text) <= most, { error: tooLong(what, most) })

/** A text that must be there; `what` names it in the message. */
export const requiredText = (what: string) =>
  typed.pipe(within(what, MOST_TEXT).refine((text) => text !== '', { error: `กรุณากรอก${what}` }))

export const optionalText = (what: string) =>
  typed.pipe(within(what, MOST_TEXT).transform((text) => (text === '' ? null : text)))

export const requiredLine = (what: string) =>
  typedLine.pipe(within(what, MOST_LINE).refine((text) => text !== '', { error: `กรุณากรอก${what}` }))

export const optionalLine = (what: string) =>
  typedLine.pipe(within(what, MOST_LINE).transform((text) => (text === '' ? null : text)))

/** One of the words of a list. */
export const oneOfWords = <T extends string>(words: readonly T[], what: string) =>
  z.enum(words as [T, ...T[]], { error: `กรุณาเลือก${what}` })

/** A day within bounds that the form itself names, both included. */
export const dayBetween = (earliest: CivilDate, latest: CivilDate) =>
  typedLine
    .transform((text) => parseThaiDate(text))
    .refine((day) => day !== undefined, { error: 'กรุณากรอกวันที่ให้ถูกต้อง เช่น 15/11/2569' })
    .refine((day) => !day || day >= earliest, { error: `วันที่ต้องไม่ก่อน ${formatDate(earliest, 'th')}` })
    .refine((day) => !day || day <= latest, { error: `วันที่ต้องไม่เกิน ${formatDate(latest, 'th')}` })
    .transform((day): CivilDate => day ?? earliest)

/** No day will do, and why. */
export const noDay = (error: string) =>
  z
    .string()
    .default('')
    .refine(() => false, { error })

/** A day within bounds, or nothing. */
export const optionalDayBetween = (earliest: CivilDate, latest: CivilDate) =>
  z.preprocess(
    (text) => (typeof text === 'string' && text.trim() !== '' ? text : null),
    dayBetween(earliest, latest).nullable(),
  )

/** How far ahead a date asked of a citizen may lie. */
const FURTHEST_DAYS = 90

/** A day to come, today included. */
export const comingDay = (today: CivilDate) =>
  typedLine
    .transform((text) => parseThaiDate(text))
    .refine((day) => day !== undefined, { error: 'กรุณากรอกวันที่ให้ถูกต้อง เช่น 15/11/2569' })
    .refine((day) => !day || day >= today, { error: 'วันที่ต้องไม่ใช่วันที่ผ่านมาแล้ว' })
    .refine((day) => !day || day <= addDays(today, FURTHEST_DAYS), {
      error: `วันที่ต้องไม่เกิน ${FURTHEST_DAYS} วันนับจากวันนี้`,
    })
    .transform((day): CivilDate => day ?? today)
