import { z } from 'zod'
import type { CivilDate } from '#domain/civil-date.ts'
import { countCharacters, toArabicDigits } from '#domain/text.ts'
import { readDay } from './dates.ts'
import { FIELDS, type Field } from './fields.ts'
import type { Lookups } from './lookups.ts'
import type { Mapping } from './mapping.ts'

/** In characters. Old registers hold whole letters in one cell. */
const LONGEST_TEXT = 50_000
const LONGEST_LINE = 500
const EMAIL = /^[^\s@<>(),:;"\\]+@[^\s@<>(),:;"\\]+\.[^\s@<>(),:;"\\]+$/

/** What is wrong, for the person who mends the register: the column, its cell and the reason in two languages. */
export function reason(field: Field, cell: string, why: string): string {
  const letters = [...cell.replace(/\s+/g, ' ')]
  const shown = letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : letters.join('')
  return `${FIELDS[field]}${shown && ` “${shown}”`}: ${why}`
}

/** Each cell by itself: '' becomes null, words become codes, everything else is checked for form. */
export function cellSchema(lookups: Lookups, mapping: Mapping, today: CivilDate) {
  const word = <T>(field: Field, find: (text: string) => T | undefined) =>
    cell(field, (text) => find(text) ?? fail('ระบบไม่รู้จักคำนี้ / unknown'))
  const day = (field: Field) =>
    cell(field, (text) => {
      const read = readDay(text, mapping.dates) ?? fail('อ่านวันที่ไม่ได้ / is no date')
      return read > today ? fail('เป็นวันในอนาคต / is in the future') : read
    })
  return z.object({
    externalNo: text('externalNo', LONGEST_LINE),
    receivedAt: z.string(),
    receivedTime: z.string(),
    subject: text('subject', LONGEST_LINE),
    detail: text('detail'),
    wish: text('wish'),
    kind: word('kind', lookups.kind),
    category: word('category', lookups.category),
    channel: word('channel', lookups.channel),
    happenedOn: day('happenedOn'),
    village: word('village', lookups.village),
    place: text('place', LONGEST_LINE),
    latitude: degrees('latitude', 90),
    longitude: degrees('longitude', 180),
    name: text('name', LONGEST_LINE),
    phone: cell('phone', (phone) => withLeadingZero(short(phone, LONGEST_LINE))),
    email: cell('email', (email) => (EMAIL.test(email) ? email : fail('ไม่ใช่อีเมล / is no e-mail address'))),
    address: text('address'),
    withholdName: word('withholdName', lookups.yes),
    incomingNo: text('incomingNo', LONGEST_LINE),
    incomingOn: day('incomingOn'),
    unit: word('unit', lookups.unit),
    status: word('status', lookups.status),
    finishedOn: z.string(),
    result: text('result'),
    outcome: word('outcome', lookups.outcome),
    finding: word('finding', lookups.finding),
    cause: text('cause'),
    prevention: text('prevention'),
    rejectReason: word('rejectReason', lookups.rejectReason),
    otherBody: text('otherBody', LONGEST_LINE),
    note: text('note'),
  })
}

class Fault extends Error {}

function fail(why: string): never {
  throw new Fault(why)
}

/** A cell that is empty or what `read` makes of it. */
function cell<T>(field: Field, read: (text: string) => T) {
  return z.string().transform((written, context): T | null => {
    if (written === '') return null
    try {
      return read(written)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      context.addIssue({ code: 'custom', message: reason(field, written, error.message) })
      return z.NEVER
    }
  })
}

const text = (field: Field, longest = LONGEST_TEXT) => cell(field, (written) => short(written, longest))

function short(written: string, longest: number): string {
  if (written.includes('\uFFFD')) return fail('มีตัวอักษรที่อ่านไม่ได้ / has letters that cannot be read')
  return countCharacters(written) > longest ? fail(`ยาวเกิน ${longest} ตัวอักษร / is too long`) : written
}

function degrees(field: Field, most: number) {
  return cell(field, (written) => {
    const number = Number(toArabicDigits(written).replace(',', '.'))
    const isPlace = Number.isFinite(number) && Math.abs(number) <= most
    return isPlace ? number : fail('ไม่ใช่พิกัดเป็นองศา / are no degrees')
  })
}

/** Spreadsheets drop the zero of 0812345678. */
const withLeadingZero = (phone: string): string => (/^[2-9]\d{7,8}$/.test(phone) ? `0${phone}` : phone)
