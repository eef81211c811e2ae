import type { CaseClock, ClockCase } from '#clock/clock-store.ts'
import { addDays, type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { insertLetter, type Letter, lettersOf } from '#letters/store.ts'
import type { LetterContent } from '#letters/tables.ts'
import type { Portal } from '#settings/portal.ts'
import { formatDate } from '#web/thai-format.ts'
import { type CaseEvent, publicEventsOf } from './history-store.ts'

/** What an explanation usually asks for: as long again as the plan gave. */
const USUAL_DAYS = 15

/**
 * Noon of the last day, and nobody has told the complainant anything: a letter is made ready from what the
 * history knows, so that the unit head has only to correct and send it. Runs in the clock's transaction.
 */
export function makeDraft(
  portal: Pick<Portal, 'db' | 'settings'>,
  kind: 'delay' | 'progress',
  clock: CaseClock,
  row: ClockCase,
  at: Date,
): void {
  const { db } = portal
  // One that is being written is not written over; of an explanation on its way, the answer is waited for.
  const open = lettersOf(db, row.id).filter(
    (letter) => letter.kind === kind && (letter.clockId === null || letter.clockId === clock.id),
  )
  const isInHand = ({ state }: Letter) =>
    state === 'draft' || state === 'waiting' || (state === 'issued' && kind === 'delay')
  if (open.some(isInHand)) return
  const today = civilDateOf(at)
  insertLetter(db, {
    ...{ caseId: row.id, clockId: clock.id, kind, state: 'draft', createdAt: at },
    ...{ authorName: 'ระบบ', content: contentFor(portal, kind, clock, row, today) },
  })
}

function contentFor(
  { db, settings }: Pick<Portal, 'db' | 'settings'>,
  kind: 'delay' | 'progress',
  clock: CaseClock,
  row: ClockCase,
  today: CivilDate,
): LetterContent {
  const unit = settings.unit(row.unitId)?.name ?? 'ศูนย์รับเรื่อง'
  const doneText = doneSoFar(publicEventsOf(db, row.id))
  if (kind === 'progress') {
    return { text: `ขณะนี้${unit}ยังดำเนินการอยู่ สิ่งที่ดำเนินการไปแล้ว: ${doneText}` }
  }
  const { extensionDays, extensionTotalDays } = settings.deadlines()
  const wanted = addDays(today, Math.min(USUAL_DAYS, extensionDays))
  const latest = addDays(clock.dueOn, extensionTotalDays)
  return {
    text: `อยู่ระหว่างการตรวจสอบและดำเนินการของ${unit} ซึ่งต้องใช้เวลามากกว่าที่กำหนด`,
    doneText,
    nextText: `${unit}จะดำเนินการต่อและแจ้งผลให้ท่านทราบเป็นลายลักษณ์อักษร`,
    dueOn: wanted < latest ? wanted : latest,
  }
}

/** What was done, in words to the complainant. */
const DONE: Partial<Record<CaseEvent['type'], string>> = {
  register: 'ลงทะเบียนรับเรื่อง',
  assign: 'ส่งให้หน่วยงานที่รับผิดชอบ',
  accept: 'หน่วยงานเริ่มดำเนินการ',
  progress: 'แจ้งความคืบหน้า',
  ask_info: 'ขอข้อมูลเพิ่มเติมจากท่าน',
  answer_info: 'ได้รับข้อมูลเพิ่มเติมจากท่าน',
}

/** The last things that the complainant can see were done, in one line. */
function doneSoFar(events: readonly CaseEvent[]): string {
  const told = events.filter(({ type }) => DONE[type] !== undefined).slice(-4)
  if (told.length === 0) return 'ได้รับเรื่องและกำลังตรวจสอบ'
  return told
    .map(
      ({ at, type, text }) =>
        `เมื่อวันที่ ${formatDate(at, 'th')} ${type === 'progress' && text ? text : DONE[type]}`,
    )
    .join(' ')
}
