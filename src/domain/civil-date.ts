import { monthNumberOf, WITH_MONTH_NAME } from './month-names.ts'
import { toArabicDigits } from './text.ts'

/** A day in the calendar of Thailand, written 'YYYY-MM-DD' in the Common Era; sorts as text. */
export type CivilDate = string

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Thailand has kept UTC+7 without summer time since 1920, so a fixed offset is exact. */
const BANGKOK_OFFSET_MS = 7 * HOUR_MS
const BE_OFFSET = 543
/** Typed years from here on are Buddhist Era: no case was received in the Common Era's 2400s. */
const FIRST_BE_YEAR = 2400

/** The day it is in Bangkok at an instant. */
export function civilDateOf(at: Date): CivilDate {
  return new Date(at.getTime() + BANGKOK_OFFSET_MS).toISOString().slice(0, 10)
}

/** Whether the text is a day that exists, in exactly the form 'YYYY-MM-DD'. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  // The thirtieth of February is read as a day in March.
  return !Number.isNaN(at) && new Date(at).getUTCDate() === Number(text.slice(8))
}

/** The day `days` after (or, negative, before) `date`. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10)
}

/** Days from one date to the other: 1 from today to tomorrow, negative when `to` lies before `from`. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** Order for `sort`: negative when `a` is the earlier day. */
export function compareDates(a: CivilDate, b: CivilDate): number {
  return dayNumber(a) - dayNumber(b)
}

/** The instant at which the day begins in Bangkok. */
export function startOfDay(date: CivilDate): Date {
  return instantOf(date, 0, 0)
}

/** The instant of a Bangkok wall-clock time on a day. */
export function instantOf(date: CivilDate, hour: number, minute: number): Date {
  return new Date(dayNumber(date) * DAY_MS + (hour * 60 + minute) * 60_000 - BANGKOK_OFFSET_MS)
}

/**
 * Reads a typed day: '15/11/2569', '15-11-2569', '15.11.2569', '15 พฤศจิกายน 2569', '15 พ.ย. 2569' or ISO, year in
 * B.E. or C.E. with four digits, Thai digits accepted. Two-digit years are refused: '69' is 2569 to one person,
 * 1969 to another.
 */
export function parseThaiDate(text: string): CivilDate | undefined {
  const typed = toArabicDigits(text).trim()
  const dayFirst = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(typed)
  if (dayFirst) return existingDate(dayFirst[3], dayFirst[2], dayFirst[1])
  const yearFirst = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (yearFirst) return existingDate(yearFirst[1], yearFirst[2], yearFirst[3])
  const [, day, name = '', year = ''] = WITH_MONTH_NAME.exec(typed) ?? []
  const month = monthNumberOf(name)
  return month && year.length === 4 ? existingDate(year, String(month), day) : undefined
}

/** Reads a typed time of day: '13.30', '13:30', '13.30 น.', Thai digits accepted. */
export function parseThaiTime(text: string): { hour: number; minute: number } | undefined {
  const match = /^(\d{1,2})\s*[.:]\s*(\d{2})(?:\s*น\.?)?$/.exec(toArabicDigits(text).trim())
  if (!match) return undefined
  const hour = Number(match[1])
  const minute = Number(match[2])
  return hour < 24 && minute < 60 ? { hour, minute } : undefined
}

function existingDate(year = '', month = '', day = ''): CivilDate | undefined {
  const typedYear = Number(year)
  const commonYear = typedYear >= FIRST_BE_YEAR ? typedYear - BE_OFFSET : typedYear
  const date = `${String(commonYear).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return commonYear >= 1900 && commonYear < 2200 && isCivilDate(date) ? date : undefined
}

/** Days since 1970-01-01. Throws on a text that is no day: that is a bug of the caller, not of the citizen. */
function dayNumber(date: CivilDate): number {
  const known = dayNumbers.get(date)
  if (known !== undefined) return known
  if (!isCivilDate(date)) throw new RangeError(`not a civil date: ${date}`)
  const day = Date.parse(`${date}T00:00:00Z`) / DAY_MS
  if (dayNumbers.size >= MOST_KNOWN_DAYS) dayNumbers.clear()
  dayNumbers.set(date, day)
  return day
}

// Counting days goes over the same few months again and again, and reading a date is what it costs.
const dayNumbers = new Map<CivilDate, number>()
const MOST_KNOWN_DAYS = 5_000
