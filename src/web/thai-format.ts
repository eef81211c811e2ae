import { type CivilDate, civilDateOf, startOfDay } from '#domain/civil-date.ts'
import { daysLeft } from '#domain/deadlines.ts'
import { type Language, t } from './languages.ts'

const BUDDHIST_ERA_OFFSET = 543

const MONTHS = {
  th: 'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
}
const SHORT_MONTHS = {
  th: 'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.'.split(' '),
  en: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' '),
}
const WEEKDAYS = {
  th: 'อาทิตย์ จันทร์ อังคาร พุธ พฤหัสบดี ศุกร์ เสาร์'.split(' '),
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
}
const NUMBER = new Intl.NumberFormat('en-US')

/** '23 พฤศจิกายน 2569' / '23 November 2026'. An instant is read in Thai time. */
export function formatDate(date: CivilDate | Date, lang: Language): string {
  const { year, month, day } = partsOf(date)
  return `${day} ${MONTHS[lang][month - 1]} ${lang === 'th' ? year + BUDDHIST_ERA_OFFSET : year}`
}

/** '23 พ.ย. 69' / '23 Nov 2026', for narrow columns. */
export function formatDateShort(date: CivilDate | Date, lang: Language): string {
  const { year, month, day } = partsOf(date)
  const shown = lang === 'th' ? String(year + BUDDHIST_ERA_OFFSET).slice(-2) : String(year)
  return `${day} ${SHORT_MONTHS[lang][month - 1]} ${shown}`
}

/** 'วันเสาร์ที่ 5 ธันวาคม 2569' / 'Saturday, 5 December 2026'. */
export function formatDay(date: CivilDate, lang: Language): string {
  const weekday = weekdayOf(date, lang)
  return lang === 'th' ? `วัน${weekday}ที่ ${formatDate(date, lang)}` : `${weekday}, ${formatDate(date, lang)}`
}

/** '28–29 พ.ย. 69', '31 ต.ค. – 1 พ.ย. 69', or one day as `formatDateShort` has it. */
export function formatSpan(from: CivilDate, to: CivilDate, lang: Language): string {
  const end = formatDateShort(to, lang)
  if (from === to) return end
  const start = formatDateShort(from, lang)
  if (from.slice(0, 7) === to.slice(0, 7)) return `${partsOf(from).day}–${end}`
  return `${from.slice(0, 4) === to.slice(0, 4) ? start.slice(0, start.lastIndexOf(' ')) : start} – ${end}`
}

/**
 * Pattern of a month's Thai name, in full or short, with or without its dots. Without dots it must end there:
 * 'มีคนถาม' is not March.
 */
export const THAI_MONTH = [
  ...MONTHS.th,
  ...SHORT_MONTHS.th.map((name) => name.replaceAll('.', '\\.\\s?')),
  ...SHORT_MONTHS.th.map((name) => `${name.replaceAll('.', '')}(?![ก-๎])`),
].join('|')

/** The month (1 to 12) of a Thai name, in full or short, with or without its dots. */
export function thaiMonth(name: string): number | undefined {
  const plain = (text: string) => text.replace(/[.\s]/g, '')
  const month = [MONTHS.th, SHORT_MONTHS.th]
    .map((names) => names.findIndex((known) => plain(known) === plain(name)))
    .find((index) => index >= 0)
  return month === undefined ? undefined : month + 1
}

/** The day of the week, as in 'วันเสาร์': 'เสาร์' / 'Saturday'. */
export function weekdayOf(date: CivilDate, lang: Language): string {
  return WEEKDAYS[lang][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? ''
}

/** A month given as 'YYYY-MM': 'พฤศจิกายน 2569' / 'November 2026'. */
export function formatMonth(month: string, lang: Language): string {
  return formatDate(`${month}-01`, lang).slice('1 '.length)
}

/** 'พ.ย. 69' / 'Nov 2026', for narrow columns. */
export function formatMonthShort(month: string, lang: Language): string {
  return formatDateShort(`${month}-01`, lang).slice('1 '.length)
}

/** '13.30 น.' / '13.30', in Thai time. */
export function formatTime(at: Date, lang: Language): string {
  const minutes = Math.floor((at.getTime() - startOfDay(civilDateOf(at)).getTime()) / 60_000)
  const time = `${pad(Math.floor(minutes / 60))}.${pad(minutes % 60)}`
  return lang === 'th' ? `${time} น.` : time
}

/** '23 พฤศจิกายน 2569 เวลา 13.30 น.' / '23 November 2026, 13.30'. */
export function formatDateTime(at: Date, lang: Language): string {
  return `${formatDate(at, lang)}${lang === 'th' ? ' เวลา ' : ', '}${formatTime(at, lang)}`
}

/** '1,234': Arabic digits with separators in both languages. Not for years. */
export function formatNumber(value: number): string {
  return NUMBER.format(value)
}

/** 'เหลือ 3 วัน', 'ครบกำหนดวันนี้', 'เกินกำหนด 2 วัน' and the English of it. */
export function daysLeftText(lang: Language, dueOn: CivilDate, today: CivilDate): string {
  const left = daysLeft(dueOn, today)
  if (left === 0) return t(lang, 'due.today')
  const days = Math.abs(left)
  if (left > 0) return t(lang, days === 1 ? 'due.leftOne' : 'due.left', { n: days })
  return t(lang, days === 1 ? 'due.overOne' : 'due.over', { n: days })
}

function partsOf(date: CivilDate | Date): { year: number; month: number; day: number } {
  const civil = date instanceof Date ? civilDateOf(date) : date
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN] = civil.split('-').map(Number)
  return { year, month, day }
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
