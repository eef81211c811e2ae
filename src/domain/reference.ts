import { toArabicDigits } from './text.ts'

export { toArabicDigits } from './text.ts'

export interface CaseReference {
  /** Fiscal year in B.E. */
  fy: number
  /** Running number within the fiscal year, from 1. */
  seq: number
}

/** The case number as printed on letters and slips: 'รท 0001/2570'. */
export function caseNumber(fy: number, seq: number): string {
  return `รท ${paddedSeq(seq)}/${fy}`
}

/** The same number for addresses and file names: 'RT-2570-0001'. */
export function caseSlug(fy: number, seq: number): string {
  return `RT-${fy}-${paddedSeq(seq)}`
}

/**
 * Reads a case number the way people copy it off a slip or say it on the phone: either form, prefix and
 * leading zeros optional, Thai digits, spaces, dots and any kind of dash.
 */
export function parseCaseReference(text: string): CaseReference | undefined {
  const typed = plainSeparators(text).toLowerCase()
  const match = /^-?(?:(รท|rt)-?)?(\d{1,9})(-?\/-?|-)(\d{1,9})-?$/.exec(typed)
  if (!match) return undefined
  const [, prefix, first = '', separator = '', second = ''] = match
  const seqFirst = prefix === 'รท' || separator.includes('/')
  return seqFirst
    ? (reference(second, first) ?? reference(first, second))
    : (reference(first, second) ?? reference(second, first))
}

/** The twelve digits of a tracking code without the grouping people type; undefined when there are not twelve. */
export function parseTrackingCode(text: string): string | undefined {
  const digits = plainSeparators(text).replaceAll('-', '')
  return /^\d{12}$/.test(digits) ? digits : undefined
}

/** '1234 5678 9012', as printed on the slip. */
export function formatTrackingCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`
}

/** Arabic digits; dots and invisible characters gone; every run of white space and dashes one hyphen. */
function plainSeparators(text: string): string {
  return toArabicDigits(text)
    .replace(/[.\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(/[\s\-\u2010-\u2015\u2212]+/g, '-')
}

/** A four-digit year of the 2500s or 2600s B.E. tells which of the two typed numbers is the year. */
function reference(year: string, running: string): CaseReference | undefined {
  const seq = Number(running)
  return /^2[56]\d\d$/.test(year) && seq >= 1 ? { fy: Number(year), seq } : undefined
}

function paddedSeq(seq: number): string {
  return String(seq).padStart(4, '0')
}
