import { addDays, type CivilDate, isCivilDate } from '#domain/civil-date.ts'
import { normaliseTyped, toArabicDigits } from '#domain/text.ts'
import { formatDate, THAI_MONTH, thaiMonth, weekdayOf } from '#web/thai-format.ts'

/** A pasted line as it was understood, or why it was not. */
export type ReadLine = { line: number; text: string } & (
  | { days: CivilDate[]; name: string; substitute: boolean }
  | { problem: string }
)

const BE_OFFSET = 543
const LONGEST_LINE = 300
export const LONGEST_NAME = 150
export const MOST_LINES = 150

const RANGE = String.raw`\s?(?:-|–|ถึงวันที่|ถึง)\s?`
const NUMBERS = new RegExp(
  String.raw`(?<!\d)(?:(\d{1,2})${RANGE})?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})(?!\d)`,
)
const ISO = /(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/
// 1 มกราคม 2570, 13-15 เม.ย. พ.ศ. 2570, 1 ม.ค.
const NAMED = new RegExp(
  String.raw`(?<!\d)(?:(\d{1,2})${RANGE})?(\d{1,2})\s?(${THAI_MONTH})\s?(?:พ\.\s?ศ\.\s?)?(?:(\d{4}|\d{2})(?!\d))?`,
)
const WEEKDAY = /(?:วัน)?(จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์)\s?(?:ที่)?\s?$/
const TWO_DATES = 'มีวันที่สองวัน กรุณาเขียนช่วงวันเป็น 13-15 เมษายน 2570 หรือแยกเป็นบรรทัดละวัน'
const EDGES = /^[\s,;:|"“”–-]+|[\s,;:|"“”–-]+$/g

/** Reads a list of holidays of one year (B.E.), a line each; empty lines do not count. */
export function readHolidayLines(text: string, year: number): ReadLine[] {
  const seen = new Map<CivilDate, number>()
  return normaliseTyped(text)
    .split('\n')
    .map((typed, index) => ({ line: index + 1, text: typed.trim() }))
    .filter((line) => line.text !== '')
    .map((line) => withoutDoubles({ ...line, ...readLine(line.text, year) }, seen))
}

function withoutDoubles(read: ReadLine, seen: Map<CivilDate, number>): ReadLine {
  if ('problem' in read) return read
  const { line, text, days } = read
  const double = days.find((day) => seen.has(day))
  if (double) {
    return { line, text, problem: `วันที่ ${formatDate(double, 'th')} ซ้ำกับบรรทัดที่ ${seen.get(double)}` }
  }
  for (const day of days) seen.set(day, line)
  return read
}

type Understood = { days: CivilDate[]; name: string; substitute: boolean } | { problem: string }

function readLine(typed: string, year: number): Understood {
  if (typed.length > LONGEST_LINE) return { problem: 'บรรทัดยาวเกินไป กรุณาใส่วันหยุดบรรทัดละหนึ่งวัน' }
  const text = toArabicDigits(typed).replace(/\s+/g, ' ')
  const found = findDate(text)
  if (!found) return { problem: 'ไม่พบวันที่ กรุณาใส่วันที่ เช่น 1 มกราคม 2570 หรือ 1/1/2570' }
  const days = daysOf(found, year)
  if ('problem' in days) return days
  const before = text.slice(0, found.at)
  const after = text.slice(found.at + found.length)
  if (/^\s?(?:-|–|ถึง)/.test(after) && findDate(after)) return { problem: TWO_DATES }
  const wrong = wrongWeekday(before, days.days[0] ?? '')
  if (wrong) return wrong
  const name = nameAround(before, after)
  if (name === '') return { problem: 'ไม่พบชื่อวันหยุด กรุณาใส่ชื่อต่อจากวันที่' }
  if (name.length > LONGEST_NAME) return { problem: `ชื่อวันหยุดยาวเกิน ${LONGEST_NAME} ตัวอักษร` }
  return { ...days, name, substitute: name.includes('ชดเชย') }
}

interface Found {
  at: number
  length: number
  day: number
  lastDay: number
  month: number
  /** As typed; undefined where the year is left out. */
  year: string | undefined
}

function findDate(text: string): Found | undefined {
  const iso = ISO.exec(text)
  if (iso) {
    const [{ length }, year, month, day] = iso
    return { at: iso.index, length, day: Number(day), lastDay: Number(day), month: Number(month), year }
  }
  const found = NUMBERS.exec(text) ?? NAMED.exec(text)
  if (!found) return undefined
  const [{ length }, first, last, month = '', year] = found
  return {
    ...{ at: found.index, length, day: Number(first ?? last), lastDay: Number(last) },
    month: thaiMonth(month) ?? Number(month),
    year,
  }
}

function daysOf(
  { day, lastDay, month, year: typed }: Found,
  year: number,
): { days: CivilDate[] } | { problem: string } {
  const meant = typed === undefined ? year : fullYear(typed, year)
  if (meant !== year) return { problem: `ปี ${typed} ไม่ตรงกับปี ${year} ที่กำลังนำเข้า` }
  const written = (date: number) =>
    [year - BE_OFFSET, String(month).padStart(2, '0'), String(date).padStart(2, '0')].join('-')
  const [from, to] = [written(day), written(lastDay)]
  if (!isCivilDate(from) || !isCivilDate(to)) return { problem: 'ไม่มีวันที่นี้ในปฏิทิน กรุณาตรวจวันและเดือน' }
  if (to < from) return { problem: 'วันสุดท้ายมาก่อนวันแรก กรุณาตรวจช่วงวันที่' }
  const days: CivilDate[] = []
  for (let one = from; one <= to; one = addDays(one, 1)) days.push(one)
  return { days }
}

/** Two digits are the year that is being read, or nothing: '70' alone could be another century's. */
function fullYear(typed: string, year: number): number {
  if (typed.length === 2) return typed === String(year).slice(-2) ? year : Number(typed)
  return Number(typed) + (Number(typed) < 2400 ? BE_OFFSET : 0)
}

/** A weekday that does not fit tells of a slip in the day, the month or the year. */
function wrongWeekday(before: string, day: CivilDate): { problem: string } | undefined {
  const typed = WEEKDAY.exec(before.trimEnd())?.[1]
  const real = weekdayOf(day, 'th')
  if (!typed || real.startsWith(typed.replace('ฯ', ''))) return undefined
  return { problem: `วันที่ ${formatDate(day, 'th')} เป็นวัน${real} ไม่ใช่วัน${typed}` }
}

function nameAround(before: string, after: string): string {
  const lead = before
    .trimEnd()
    .replace(WEEKDAY, '')
    .replace(/วันที่\s*$/, '')
    .replace(/^(?:\d{1,3}[.)]|[-–•*])\s*/, '')
  return [lead, after]
    .map((piece) => piece.replace(EDGES, ''))
    .filter(Boolean)
    .join(' ')
}
