import type { CaseClock, ClockEvent } from '#clock/clock-store.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Duty } from '#domain/clock-schedule.ts'
import { formatDate, formatDateTime } from '#web/thai-format.ts'

/** What happened to a clock, as an officer reads it. */
export interface ClockEventLine {
  at: string
  who: string
  text: string
}

/** The events of a case's clocks, oldest first, in plain words. */
export function clockEventLines(
  events: readonly ClockEvent[],
  clocks: readonly Pick<CaseClock, 'id' | 'duty'>[],
): ClockEventLine[] {
  const dutyOf = (event: ClockEvent): Duty => clocks.find(({ id }) => id === event.clockId)?.duty ?? 'resolve'
  return events
    .filter((event, index) => !isToldByNext(event, events[index + 1]))
    .map((event) => ({
      at: formatDateTime(event.at, 'th'),
      who: event.actorName,
      text: dutyOf(event) === 'acknowledge' ? `ลงทะเบียนรับเรื่อง: ${textOf(event)}` : textOf(event),
    }))
}

/** An explanation and the date it moves are two events and one sentence. */
const isToldByNext = (event: ClockEvent, next: ClockEvent | undefined): boolean =>
  event.type === 'explained' && next?.type === 'extended' && next.clockId === event.clockId

function textOf(event: ClockEvent): string {
  const { type, mark } = event
  switch (type) {
    case 'started':
      return `เริ่มนับ กำหนด ${day(event.dueAfter)}`
    case 'warned':
    case 'overdue':
    case 'drafted':
    case 'progress_due':
      return `${reminderText(mark)}${toldText(event)}`
    case 'breached':
      return 'เลยกำหนดโดยไม่มีผลและไม่ได้ชี้แจง'
    case 'explained':
      return 'ส่งคำชี้แจงถึงผู้ร้องแล้ว'
    case 'extended':
      return `ส่งคำชี้แจงแล้ว กำหนดใหม่ ${day(event.dueAfter)} (เดิม ${day(event.dueBefore)})`
    case 'told':
      return `แจ้งความคืบหน้าให้ผู้ร้องเป็นลายลักษณ์อักษรแล้ว${on(event, ' เมื่อ ')}`
    case 'recalculated':
      // Of a clock that stands still nothing moves yet.
      if (event.dueAfter === null)
        return `จะนับตามกำหนดใหม่เมื่อนับต่อ เพราะ${detailOf(event, 'reason') ?? 'เปลี่ยนกำหนดเวลา'}`
      return movedText(event, detailOf(event, 'reason'))
    case 'paused':
      return `หยุดนับเพื่อรอข้อมูลจากผู้ร้อง ถึง ${day(detailOf(event, 'until'))}`
    case 'resumed':
      return event.dueBefore === event.dueAfter ? 'นับต่อ กำหนดเดิม' : movedText(event, 'หยุดนับระหว่างรอผู้ร้อง')
    case 'superseded':
      return `ข้ามการเตือน “${reminderText(mark)}” ${overtakenText(event)}`
    case 'met':
      return detailOf(event, 'verdict') === 'explained' ? 'เสร็จภายในกำหนดใหม่ที่ชี้แจงไว้' : 'เสร็จทันกำหนด'
    case 'late':
      return 'เสร็จหลังกำหนด'
    case 'void':
      return 'หยุดนับ ไม่มีกำหนดต้องแจ้งผลอีก'
    case 'urged':
      return 'เร่งรัด'
  }
}

/** A reminder by its mark, such as 'warn:3@2026-12-01': what it was and for which date. */
function reminderText(mark: string | null): string {
  const [what = '', date = ''] = (mark ?? '').split('@')
  const [kind, days] = what.split(':')
  switch (kind) {
    case 'warn':
      return days === '0' ? `เตือนในวันครบกำหนด ${day(date)}` : `เตือนก่อนครบกำหนด ${days} วัน`
    case 'overdue':
      return `เตือนว่าเกินกำหนด ${days} วัน`
    case 'draft':
      return 'ระบบร่างหนังสือชี้แจงเหตุล่าช้าให้หัวหน้าตรวจ'
    case 'progress':
      return 'เตือนให้แจ้งความคืบหน้า'
    case 'progress_draft':
      return 'ระบบร่างหนังสือแจ้งความคืบหน้า'
    default:
      return 'เตือน'
  }
}

function toldText({ detail }: ClockEvent): string {
  const told = detail?.told
  if (typeof told !== 'number') return ''
  return told === 0 ? ' (ไม่มีผู้รับแจ้งในระบบ)' : ` (แจ้ง ${told} คน)`
}

const overtakenText = ({ detail }: ClockEvent): string =>
  typeof detail?.by === 'string' ? 'เพราะมีการเตือนหลังกว่า' : 'เพราะมีการดำเนินการก่อนถึงเวลาส่ง'

const movedText = ({ dueBefore, dueAfter }: ClockEvent, reason: string | null): string =>
  `กำหนดเลื่อนจาก ${day(dueBefore)} เป็น ${day(dueAfter)}${reason ? ` เพราะ${reason}` : ''}`

function on(event: ClockEvent, before: string): string {
  const date = detailOf(event, 'on')
  return date ? `${before}${day(date)}` : ''
}

function detailOf({ detail }: ClockEvent, key: string): string | null {
  const value = detail?.[key]
  return typeof value === 'string' ? value : null
}

const day = (date: CivilDate | null): string => (date ? formatDate(date, 'th') : '–')
