import { type CivilDate, instantOf, parseThaiDate, parseThaiTime } from '#domain/civil-date.ts'
import { monthNumberOf, WITH_MONTH_NAME } from '#domain/month-names.ts'
import { toArabicDigits } from '#domain/text.ts'
import type { Mapping } from './mapping.ts'

type DateRules = Mapping['dates']

/** When a register names a day only: the hour at which offices open. */
const OPENING = { hour: 8, minute: 30 }

const ISO =
  /^(\d{4}-\d{1,2}-\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)$/i
const DAY_AND_TIME =
  /^(.+?)(?:\s*,\s*|\s*เวลา\s*|\s+|(?<=\d)T(?=\d))(\d{1,2}[.:]\d{2}\S*(?:\s*(?:น\.?|[ap]m))?)$/i
const TIME = /^(\d{1,2})[.:](\d{2})(?:[.:]\d{2}(?:\.\d+)?)?\s*(?:น\.?|([ap])m)?$/i

/** Reads a day as registers write it, with or without a time behind it; undefined when it is no day. */
export function readDay(text: string, rules: DateRules): CivilDate | undefined {
  const plain = toArabicDigits(text).trim()
  const [, day = plain] = ISO.exec(plain) ?? DAY_AND_TIME.exec(plain) ?? []
  return readNumbers(day, rules) ?? readMonthName(day)
}

/**
 * Reads a day and its time, from one cell or two. A time without a zone is one of `rules.timeZone`.
 * Undefined when one of them cannot be read: half a date would be a wrong date.
 */
export function readInstant(text: string, timeText: string, rules: DateRules): Date | undefined {
  const plain = toArabicDigits(text).trim()
  const day = readDay(plain, rules)
  if (!day) return undefined
  const iso = ISO.exec(plain)
  if (iso) return wallClock(day, { hour: Number(iso[2]), minute: Number(iso[3]) }, iso[5] ?? 'Z')
  const typed = toArabicDigits(timeText).trim() || DAY_AND_TIME.exec(plain)?.[2]
  if (!typed) return instantOf(day, OPENING.hour, OPENING.minute)
  const time = readTime(typed)
  return time && wallClock(day, time, rules.timeZone)
}

interface Time {
  hour: number
  minute: number
}

function readTime(text: string): Time | undefined {
  const [, hours, minutes, half] = TIME.exec(text) ?? []
  const time = parseThaiTime(`${hours}:${minutes}`)
  if (!time || !half) return time
  if (time.hour < 1 || time.hour > 12) return undefined
  return { hour: (time.hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0), minute: time.minute }
}

function readNumbers(text: string, rules: DateRules): CivilDate | undefined {
  const parts = /^(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})$/.exec(text)
  if (!parts) return parseThaiDate(text)
  const [, first = '', second = '', year = ''] = parts
  const [day, month] = rules.order === 'dmy' ? [first, second] : [second, first]
  const full = year.length === 4 ? year : fullYear(year, rules.twoDigitYears)
  return full && parseThaiDate(`${day}/${month}/${full}`)
}

/** '18 พฤษภาคม พ.ศ. 2566', '18 พ.ค. 66', '18 May 2023': beside a Thai month two digits are Buddhist Era. */
function readMonthName(text: string): CivilDate | undefined {
  const [, day = '', name = '', year = ''] = WITH_MONTH_NAME.exec(text) ?? []
  const month = monthNumberOf(name)
  if (month === undefined) return undefined
  const era = /\p{Script=Thai}/u.test(name) ? 'BE' : undefined
  const full = year.length === 4 ? year : fullYear(year, era)
  return full && parseThaiDate(`${day}/${month}/${full}`)
}

function fullYear(year: string, era: 'BE' | 'CE' | undefined): string | undefined {
  if (!era) return undefined
  return era === 'BE' ? `25${year}` : `20${year}`
}

function wallClock(day: CivilDate, { hour, minute }: Time, zone: string): Date | undefined {
  if (hour > 23 || minute > 59) return undefined
  const [, sign = '+', hours = '07', minutes = '00'] =
    /^([+-])(\d{2}):?(\d{2})?$/.exec(zoneOffset(zone)) ?? []
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
  // `instantOf` reads the hour as Bangkok's, seven hours before the same hour in UTC.
  return new Date(instantOf(day, hour, minute).getTime() + (7 * 60 - offset) * 60_000)
}

function zoneOffset(zone: string): string {
  if (zone === 'Asia/Bangkok') return '+07:00'
  return /^(UTC|Z)$/i.test(zone) ? '+00:00' : zone
}
