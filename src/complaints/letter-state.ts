import { findClock } from '#clock/clock-store.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import type { Letter } from '#letters/store.ts'
import type { Portal } from '#settings/portal.ts'
import { formatDate } from '#web/thai-format.ts'
import { APPROVER_NAMES } from './letter-words.ts'
import type { CaseMail } from './staff-case-store.ts'
import type { Contact } from './store.ts'

export interface LetterState {
  /** In words, with what to do. */
  state: string
  /** `todo` somebody is to do something, `trouble` it did not arrive, `over` it is not sent any more. */
  look: 'todo' | 'wait' | 'trouble' | 'done' | 'over'
}

/** How the complainant can be reached, as far as the reader may know it. */
export interface Reach {
  portal: Pick<Portal, 'settings' | 'config'>
  contact: Contact | undefined
  /** The way by hand, which does not depend on what the reader may know. */
  byHand: 'post' | 'phone' | null
}

export const isTrouble = (state: CaseMail['state']): boolean =>
  state === 'failed' || state === 'unknown' || state === 'suppressed'

export function stateOf(reach: Reach, letter: Letter, mail: CaseMail | undefined): LetterState {
  const { portal } = reach
  switch (letter.state) {
    case 'draft':
      return { state: 'ร่างพร้อมลงนาม ยังไม่ได้ส่ง', look: 'todo' }
    case 'waiting': {
      const approver = APPROVER_NAMES[portal.settings.deadlines().delayApprover]
      return { state: `รอ${approver}อนุมัติ เสนอโดย ${letter.authorName} ผู้ร้องยังไม่เห็น`, look: 'todo' }
    }
    case 'sent':
      return { state: 'แจ้งผู้ร้องแล้ว', look: 'done' }
    case 'dropped':
      return { state: 'ไม่ได้ส่ง เพราะมีหนังสือฉบับอื่นแทน หรือเรื่องสิ้นสุดก่อน', look: 'over' }
    case 'issued':
      return mail ? mailedState(reach, mail) : { state: handState(reach), look: 'todo' }
  }
}

function mailedState(reach: Reach, mail: CaseMail): LetterState {
  if (isTrouble(mail.state)) return troubleOf(reach, mail)
  if (mail.state === 'sent') return { state: 'ส่งอีเมลแล้ว', look: 'done' }
  if (reach.portal.config.smtpUrl) return { state: 'กำลังรอส่งอีเมล', look: 'wait' }
  const instead = 'ถ้ารอไม่ได้ ให้พิมพ์แล้วส่งทางไปรษณีย์หรือโทรแจ้ง แล้วบันทึกการส่ง'
  return { state: `ยังไม่ได้ส่งอีเมล เพราะยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล ${instead}`, look: 'todo' }
}

export function troubleOf({ contact }: Reach, mail: CaseMail): LetterState {
  const call = contact?.phone ? `โทร ${contact.phone}` : 'ติดต่อผู้ร้องทางอื่น'
  const look = 'trouble'
  if (mail.state === 'failed') return { state: `อีเมลส่งไม่ถึง ${call} หรือส่งหนังสือทางไปรษณีย์ แล้วบันทึกการส่ง`, look }
  if (mail.state === 'unknown')
    return { state: `ไม่แน่ใจว่าอีเมลส่งถึงหรือไม่ ${call} เพื่อสอบถาม แล้วเลือกด้านล่าง`, look }
  return { state: `ไม่ได้ส่งอีเมล: ${mail.reason ?? ''} ${contact?.phone ? call : ''}`.trim(), look }
}

function handState({ byHand, contact }: Reach): string {
  const start = 'รอส่ง: ผู้ร้องไม่มีอีเมล'
  if (byHand === 'post') return `${start} พิมพ์แล้วส่งทางไปรษณีย์ แล้วบันทึกการส่ง`
  if (byHand === 'phone') return `${start} โทรแจ้ง ${contact?.phone ?? ''} แล้วบันทึกการส่ง`.replace(/ {2,}/g, ' ')
  return `${start} พิมพ์แล้วส่งทางไปรษณีย์หรือโทรแจ้ง แล้วบันทึกการส่ง`
}

/** What hangs on the delivery: the new date stands from then on, and only then. */
export function promiseNote(
  { db, now }: Pick<Portal, 'db' | 'now'>,
  letter: Letter,
  isMailed = false,
): string | null {
  const { kind, state, clockId, content } = letter
  if (kind !== 'delay' || state === 'sent' || clockId === null || !content.dueOn) return null
  const clock = findClock(db, clockId)
  if (!clock || clock.verdict !== null) return null
  const newDate = formatDate(content.dueOn, 'th')
  const target = targetOf(clock)
  const when = isMailed ? 'อีเมลส่งออกแล้ว หรือบันทึกการส่งทางอื่นแล้ว' : 'บันทึกการส่งแล้ว'
  if (clock.breachedAt !== null || target < civilDateOf(now())) {
    return `เลยกำหนดแล้ว กำหนดใหม่ ${newDate} จะมีผลเมื่อ${when} กรุณาส่งโดยเร็วที่สุด`
  }
  const until = formatDate(target, 'th')
  return `กำหนดใหม่ ${newDate} มีผลเมื่อ${when}เท่านั้น ต้องไม่เกินวันที่ ${until}`
}
