import { type CaseStatus, isOpen } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { type Urgency, urgency } from '#domain/deadlines.ts'
import type { Portal } from '#settings/portal.ts'
import { daysLeftText, formatDateShort } from '#web/thai-format.ts'
import { isReopenPending } from './case-state.ts'
import type { QueueRow } from './queue-store.ts'
import { caseAddress, numberOf, statusText } from './staff-words.ts'

/** One case in a list. */
export interface QueueLine {
  href: string
  number: string
  subject: string
  category: string
  village: string
  unit: string
  officer: string
  received: string
  due: string
  left: string
  urgency: Urgency
  status: CaseStatus
  statusText: string
  marks: string[]
}

export function queueLine(
  { settings }: Pick<Portal, 'settings'>,
  row: QueueRow,
  today: CivilDate,
): QueueLine {
  const village = settings.village(row.villageId)
  const open = isOpen(row.status)
  const due = row.promisedOn ?? row.dueOn
  const marks = [
    row.urgent && open && 'อาจเป็นอันตราย',
    row.restricted && 'จำกัดสิทธิ์ดู',
    open && row.promisedOn !== null && 'ชี้แจงเหตุล่าช้าแล้ว',
    isReopenPending(row) && 'ขอเปิดเรื่องอีกครั้ง',
  ]
  return {
    href: caseAddress(row),
    number: numberOf(row),
    subject: row.subject,
    category: settings.category(row.categoryCode)?.name ?? row.categoryCode,
    village: village ? `หมู่ที่ ${village.number}` : '–',
    unit: settings.unit(row.unitId)?.name ?? 'ยังไม่มอบหมาย',
    officer: row.officerName ?? '–',
    received: formatDateShort(row.receivedOn, 'th'),
    due: due ? formatDateShort(due, 'th') : 'ไม่มีกำหนด',
    left: due && open ? daysLeftText('th', due, today) : '',
    urgency: open ? urgency(due, today, settings.deadlines().nearDays) : 'none',
    status: row.status,
    statusText: statusText(row.status),
    marks: marks.filter((mark) => mark !== false),
  }
}
