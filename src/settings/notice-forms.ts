import { AUDIENCES, type NoticeAudience, type NoticeRule } from '#domain/clock-schedule.ts'
import { toArabicDigits } from '#domain/text.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'

/** A reminder as it stands in the form: row `n` has the fields notice<n>Days, notice<n>When, notice<n>To. */
export interface NoticeRow {
  n: number
  days: string
  when: string
  to: string[]
}

const MOST_ROWS = 8
/** Empty rows to write into, so that no script is needed to add one. */
const SPARE_ROWS = 2
const EARLIEST = 14
const LATEST = 60

const NUMBERS = Array.from({ length: MOST_ROWS }, (_, index) => index + 1)

export function rowsOf(rules: readonly NoticeRule[]): NoticeRow[] {
  const rows = rules.map(({ daysLeft, to }, index) => ({
    ...{
      n: index + 1,
      days: String(Math.abs(daysLeft)),
      when: daysLeft < 0 ? 'after' : 'before',
      to: [...to],
    },
  }))
  return withSpare(rows)
}

export function typedRows(fields: Fields): NoticeRow[] {
  const rows = NUMBERS.map((n) => rowIn(fields, n))
  const last = rows.findLastIndex((row) => !isEmpty(row))
  return withSpare(rows.slice(0, last + 1))
}

function withSpare(rows: NoticeRow[]): NoticeRow[] {
  const length = Math.min(MOST_ROWS, rows.length + SPARE_ROWS)
  return NUMBERS.slice(0, Math.max(length, rows.length)).map(
    (n, index) => rows[index] ?? { n, days: '', when: 'before', to: [] },
  )
}

/** Rows left empty do not count: that is how a reminder is taken out. */
export function readNotices(fields: Fields): { rules: NoticeRule[] } | { errors: FieldErrors } {
  const errors: FieldErrors = {}
  const rules = new Map<number, NoticeRule>()
  for (const row of NUMBERS.map((n) => rowIn(fields, n))) {
    if (isEmpty(row)) continue
    const daysLeft = daysLeftIn(row)
    const to = AUDIENCES.filter((audience) => row.to.includes(audience))
    const what = `การแจ้งเตือนที่ ${row.n}`
    if (typeof daysLeft === 'string') errors[`notice${row.n}Days`] = `${what} ${daysLeft}`
    else if (rules.has(daysLeft)) errors[`notice${row.n}Days`] = `${what} ซ้ำกับข้างต้น กรุณารวมผู้รับไว้ด้วยกัน`
    else rules.set(daysLeft, { daysLeft, to })
    if (to.length === 0) errors[`notice${row.n}To`] = `${what} ยังไม่มีผู้รับ กรุณาเลือก หรือลบจำนวนวันหากไม่ใช้`
  }
  if (Object.keys(errors).length > 0) return { errors }
  if (rules.size === 0) return { errors: { notice1Days: 'ต้องมีการแจ้งเตือนอย่างน้อยหนึ่งครั้ง' } }
  return { rules: [...rules.values()].sort((a, b) => b.daysLeft - a.daysLeft) }
}

function rowIn(fields: Fields, n: number): NoticeRow {
  const one = (name: string) => fields[`notice${n}${name}`]?.[0] ?? ''
  return { n, days: one('Days'), when: one('When'), to: fields[`notice${n}To`] ?? [] }
}

const isEmpty = ({ days, to }: NoticeRow): boolean => days.trim() === '' && to.length === 0

/** The days left, or what is wrong. */
function daysLeftIn({ days, when }: NoticeRow): number | string {
  const plain = toArabicDigits(days.trim())
  const most = when === 'after' ? LATEST : EARLIEST
  if (!/^\d{1,2}$/.test(plain) || Number(plain) > most) {
    return `ต้องมีจำนวนวันตั้งแต่ 0 ถึง ${most}`
  }
  return when === 'after' ? 0 - Number(plain) : Number(plain)
}

export const AUDIENCE_NAMES: Record<NoticeAudience, string> = {
  officer: 'เจ้าหน้าที่ผู้รับผิดชอบ',
  unit_head: 'หัวหน้าหน่วยงาน',
  centre: 'ศูนย์รับเรื่อง',
  working_group: 'คณะทำงาน',
  executive: 'ผู้บริหาร',
}
