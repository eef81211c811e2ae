import { z } from 'zod'
import { type CivilDate, compareDates, parseThaiDate } from '#domain/civil-date.ts'
import { countCharacters, isBlank, normaliseTyped, toArabicDigits } from '#domain/text.ts'
import type { MessageKey } from '#web/languages.ts'

/** Most characters of each text, as countCharacters counts them; the citizen is told these numbers. */
export const MOST_CHARACTERS = {
  subject: 150,
  detail: 10_000,
  wish: 2_000,
  place: 300,
  name: 150,
  address: 500,
} as const
export const LEAST_DETAIL = 10

const says = (key: MessageKey): MessageKey => key

/** A text as typed, in the one form that is stored; '' when the field is missing. */
const typedText = z.string().default('').transform(normaliseTyped)

/** White space of every kind becomes one space: pasted headlines bring line breaks along. */
const typedLine = typedText.transform((text) => text.replace(/\s+/g, ' '))

const notLongerThan = (max: number) => (text: string) => countCharacters(text) <= max

const orNull = (text: string): string | null => (text === '' ? null : text)

export const Subject = typedLine.pipe(
  z
    .string()
    .refine((text) => !isBlank(text), { error: says('form.err.subject') })
    .refine(notLongerThan(MOST_CHARACTERS.subject), { error: says('form.err.tooLong') }),
)

export const Detail = typedText.pipe(
  z
    .string()
    .refine((text) => countCharacters(text) >= LEAST_DETAIL && !isBlank(text), {
      error: says('form.err.detail'),
    })
    .refine(notLongerThan(MOST_CHARACTERS.detail), { error: says('form.err.tooLong') }),
)

export const optionalText = (max: number) =>
  typedText.pipe(
    z
      .string()
      .refine(notLongerThan(max), { error: says('form.err.tooLong') })
      .transform(orNull),
  )

export const optionalLine = (max: number) =>
  typedLine.pipe(
    z
      .string()
      .refine(notLongerThan(max), { error: says('form.err.tooLong') })
      .transform(orNull),
  )

/** A day that has been: '15/11/2569' in any of the ways people write it, or nothing. */
export const pastDay = (today: CivilDate) =>
  typedLine
    .transform((text) => (text === '' ? null : parseThaiDate(text)))
    .refine((day) => day !== undefined, { error: says('form.err.date') })
    .refine((day) => !day || compareDates(day, today) <= 0, { error: says('form.err.dateFuture') })
    .transform((day): CivilDate | null => day ?? null)

/** A Thai telephone number, kept as 9 or 10 plain digits; +66 is read as the leading 0. */
export const Phone = typedLine
  .transform((text) =>
    toArabicDigits(text)
      .replace(/[\s().\-\u2010-\u2015\u2212\u200B-\u200D\u2060\uFEFF]/g, '')
      .replace(/^(?:\+|00)66(?:0(?=\d{8}))?/, '0'),
  )
  .pipe(
    z
      .string()
      .regex(/^(?:\d{9,10})?$/, { error: says('form.err.phone') })
      .transform(orNull),
  )

const address = z.email()

/** One address, or nothing: mail goes to nobody else. */
export const Email = typedLine.pipe(
  z
    .string()
    .max(254, { error: says('form.err.email') })
    .refine((text) => text === '' || address.safeParse(text).success, { error: says('form.err.email') })
    .transform(orNull),
)

/** Degrees in decimals within Thailand's bounds, or nothing; undefined when it is neither. */
export function readDegrees(text: string, least: number, most: number): number | null | undefined {
  const plain = toArabicDigits(normaliseTyped(text)).replace(/[°\s]/g, '').replace(',', '.')
  if (plain === '') return null
  if (!/^\d{1,3}(?:\.\d{1,15})?$/.test(plain)) return undefined
  const degrees = Number(Number(plain).toFixed(6))
  return degrees >= least && degrees <= most ? degrees : undefined
}

export const ticked = z
  .string()
  .optional()
  .transform((value) => value !== undefined && value !== '')
