import { type CaseClock, clockEventsOf, clocksOf } from '#clock/clock-store.ts'
import { isOpen } from '#domain/case-status.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import { daysLeft } from '#domain/deadlines.ts'
import { mayApproveDelay, mayDo, type Viewer } from '#domain/permissions.ts'
import { lettersOf } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { formatDate } from '#web/thai-format.ts'
import { statusAfter } from './case-state.ts'
import { type ClockEventLine, clockEventLines } from './clock-words.ts'
import { dueLines, workingOf } from './due-lines.ts'
import { explainDelay } from './explain-delay.ts'
import { APPROVER_NAMES } from './letter-words.ts'
import { caseAddress } from './staff-words.ts'
import type { Case } from './store.ts'

interface ClockLine {
  title: string
  due: string
  /** The date the complainant was told instead. */
  promised: string | null
  /** What else is to be known of it: a breach, a pause. */
  facts: string[]
  working: string[]
  verdict: string
}

/** Everything about the deadlines of a case. */
export interface ClockSection {
  /** The duty to take the case up, in one line. */
  acknowledge: string | null
  clocks: ClockLine[]
  events: ClockEventLine[]
}

/** What must not be overlooked: the date is near or over, and nobody has told the complainant why. */
export interface Pressing {
  text: string
  /** The form that explains, for who may. */
  href: string | null
  linkText: string
}

export function clockSection({ db }: Pick<Portal, 'db'>, row: Case): ClockSection {
  const clocks = clocksOf(db, row.id)
  const acknowledging = clocksOf(db, row.id, 'acknowledge')
  const [first] = acknowledging
  return {
    acknowledge: first ? acknowledgeText(first) : null,
    clocks: clocks.map(clockLine),
    events: clockEventLines(clockEventsOf(db, row.id), [...clocks, ...acknowledging]),
  }
}

function clockLine(clock: CaseClock): ClockLine {
  const { on, working } = dueLines('th', workingOf(clock))
  const { breachedAt, pausedUntil, promisedOn, round } = clock
  const facts = [
    breachedAt && `เลยกำหนดโดยไม่ได้ชี้แจงเมื่อ ${formatDate(breachedAt, 'th')}`,
    pausedUntil && `หยุดนับชั่วคราวเพื่อรอข้อมูลจากผู้ร้อง ถึง ${formatDate(pausedUntil, 'th')}`,
  ]
  return {
    title: round === 1 ? 'กำหนดแก้ไขหรือชี้แจง' : `กำหนดหลังเปิดเรื่องอีกครั้ง (ครั้งที่ ${round - 1})`,
    due: on,
    promised: promisedOn && formatDate(promisedOn, 'th'),
    facts: facts.filter((fact) => fact !== null),
    working,
    verdict: verdictText(clock),
  }
}

function acknowledgeText({ dueOn, stoppedOn, verdict }: CaseClock): string {
  const due = `ลงทะเบียนรับเรื่องภายใน ${formatDate(dueOn, 'th')}`
  if (!stoppedOn) return `${due} ยังไม่ได้ลงทะเบียน`
  const how = { met: 'ลงทะเบียนทันกำหนด', late: 'ลงทะเบียนหลังกำหนด', void: 'หยุดนับ', explained: 'ลงทะเบียนแล้ว' }
  return `${due} ${how[verdict ?? 'void']}เมื่อ ${formatDate(stoppedOn, 'th')}`
}

function verdictText({ verdict, stoppedOn }: CaseClock): string {
  const on = stoppedOn ? formatDate(stoppedOn, 'th') : ''
  switch (verdict) {
    case 'met':
      return `แจ้งผลทันกำหนด เมื่อวันที่ ${on}`
    case 'explained':
      return `แจ้งผลภายในกำหนดที่ชี้แจงไว้ เมื่อวันที่ ${on}`
    case 'late':
      return `แจ้งผลหลังกำหนด เมื่อวันที่ ${on}`
    case 'void':
      return `หยุดนับเมื่อวันที่ ${on}`
    case null:
      return 'ยังไม่ได้แจ้งผล'
  }
}

/** Null where all is told, or time is left, or the clock rests. */
export function pressingOf(portal: Portal, viewer: Viewer, row: Case): Pressing | null {
  const clock = clocksOf(portal.db, row.id).at(-1)
  if (!clock || clock.verdict !== null || clock.pausedUntil !== null || !isOpen(row.status)) return null
  const today = civilDateOf(portal.now())
  const target = targetOf(clock)
  const left = daysLeft(target, today)
  const isExplained = clock.promisedOn !== null && left >= 0
  if (isExplained || left > portal.settings.deadlines().nearDays) return null
  const letter = lettersOf(portal.db, row.id).findLast(({ kind }) => kind === 'delay')
  if (letter?.state === 'issued') {
    const todo = mayDo(viewer, 'message', row)
      ? 'บันทึกการส่งในหัวข้อ “หนังสือถึงผู้ร้อง” กำหนดใหม่จึงจะมีผล'
      : 'กำหนดใหม่จะมีผลเมื่ออีเมลส่งออกแล้ว หรือหน่วยงานที่รับผิดชอบบันทึกการส่งแล้ว'
    return { text: `หนังสือชี้แจงเหตุล่าช้ายังไม่ถึงผู้ร้อง ${todo}`, href: null, linkText: '' }
  }
  const href = mayExplain(viewer, row) ? `${caseAddress(row)}/${explainDelay.path}` : null
  if (letter?.state === 'waiting') {
    const { delayApprover } = portal.settings.deadlines()
    const mayApprove = mayApproveDelay(viewer, row, delayApprover)
    return {
      text: `หนังสือชี้แจงเหตุล่าช้ารอ${APPROVER_NAMES[delayApprover]}อนุมัติ ผู้ร้องยังไม่ได้รับ ${standingText(target, left)}`,
      ...{ href, linkText: mayApprove ? 'ตรวจและอนุมัติหนังสือชี้แจง' : 'แก้ไขหนังสือที่เสนอไว้' },
    }
  }
  const linkText = letter?.state === 'draft' ? 'เปิดร่างหนังสือชี้แจงเหตุล่าช้า' : explainDelay.title
  return { text: pressingText(clock, today, left), href, linkText }
}

function standingText(target: CivilDate, left: number): string {
  const on = formatDate(target, 'th')
  return left < 0 ? `เกินกำหนด ${on} แล้ว` : `กำหนด ${on} ยังนับต่อไป`
}

function pressingText(clock: CaseClock, today: CivilDate, left: number): string {
  const { targetDays, countMode } = clock.policy
  const target = targetOf(clock)
  if (left < 0) {
    return `เรื่องนี้เกินกำหนด ${formatDate(target, 'th')} และยังไม่ได้ชี้แจง กรุณาแจ้งผลหรือชี้แจงเหตุล่าช้าวันนี้`
  }
  const days = `${targetDays} วัน${countMode === 'working' ? 'ทำการ' : ''}`
  if (target === today) return `เรื่องนี้ครบ ${days}วันนี้ ต้องบันทึกผลหรือชี้แจงเหตุล่าช้าภายในวันนี้`
  return `เรื่องนี้จะครบ ${days}ในวันที่ ${formatDate(target, 'th')} ต้องบันทึกผลหรือชี้แจงเหตุล่าช้าภายในวันดังกล่าว`
}

const mayExplain = (viewer: Viewer, row: Case): boolean =>
  statusAfter(explainDelay.action, row) !== undefined && mayDo(viewer, explainDelay.action, row)
