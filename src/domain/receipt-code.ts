import { toArabicDigits } from './text.ts'

/** Random digits of a receipt: 24 digits are 79.7 bits, beyond any guessing. */
export const RECEIPT_DIGITS = 24

/**
 * The table of Damm's check digit (H. M. Damm, 2004): it finds every single wrong digit and every swap of two
 * neighbours, so that a slip of the pen is told at once and costs no key derivation.
 */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]

/** Signs that stand between the digits of a receipt as people write it down. */
const BETWEEN = '\\s.,\\-\u00AD\u2010-\u2015\u2212\u200B-\u200D\u2060\uFEFF'
const APART = new RegExp(`[${BETWEEN}]+`, 'g')
const NUMBERS = new RegExp(`\\d[\\d${BETWEEN}]*`, 'g')

/** The receipt as it is kept in hand: the random digits and their check digit, 25 in all. */
export function withCheckDigit(digits: string): string {
  return digits + checkDigit(digits)
}

/** '12345 67890 12345 67890 12345', as printed. */
export function formatReceipt(code: string): string {
  return code.replace(/(\d{5})(?=\d)/g, '$1 ')
}

/**
 * Reads a receipt the way people type it: Thai or Arabic digits, spaces, dots, any dashes, line breaks.
 * Undefined when it cannot be one: too short, too long or mistyped.
 */
export function parseReceipt(typed: string): string | undefined {
  const code = toArabicDigits(typed).replace(APART, '')
  return /^\d+$/.test(code) && isReceipt(code) ? code : undefined
}

const isReceipt = (digits: string): boolean =>
  digits.length === RECEIPT_DIGITS + 1 && checkDigit(digits) === '0'

/**
 * Whether a text holds what looks like a whole receipt, which nobody should ever send along: groups of digits
 * that are one together, whatever other numbers stand beside them.
 */
export function containsReceipt(text: string): boolean {
  const rows = toArabicDigits(text).match(NUMBERS) ?? []
  return rows.some((row) => {
    const groups = row.split(APART)
    return groups.some((_, from) => {
      let digits = ''
      for (let at = from; at < groups.length && digits.length <= RECEIPT_DIGITS; at += 1) digits += groups[at]
      return isReceipt(digits)
    })
  })
}

function checkDigit(digits: string): string {
  let state = 0
  for (const digit of digits) state = Number(DAMM[state]?.[Number(digit)])
  return String(state)
}
