import { runningClock } from '#clock/clock-store.ts'
import { targetOf } from '#domain/clock-schedule.ts'
import type { StaffAction } from '#domain/permissions.ts'
import { wayTo } from '#letters/deliver.ts'
import type { DeliveryMeans } from '#letters/tables.ts'
import { isStopped } from '#mail/mailbox-store.ts'
import { formatDate } from '#web/thai-format.ts'
import type { CaseChange, Deed } from './action-form.ts'
import { APPROVER_NAMES } from './letter-words.ts'
import { isOfficialLetter } from './send-words.ts'
import { mergedForViewer } from './staff-case-store.ts'

/** How the complainant will get the words, said before they are sent. */
export interface PreviewNotes {
  /** Whether a mail goes out at all. */
  isMailed: boolean
  /** What will not happen by itself, or not at once. */
  warnings: string[]
  infos: string[]
}

const RECORD = 'แล้วบันทึกการส่ง'

export function previewNotes(deed: Deed, action: StaffAction, change: CaseChange): PreviewNotes {
  const { portal, contact } = deed
  const isStoppedAddress = contact.email !== null && isStopped(portal.db, contact.email)
  const isMailed = change.text !== null && contact.email !== null && !isStoppedAddress
  if (change.text === null) return { isMailed, warnings: mergedNotes(deed, change), infos: [] }
  const isLetter = isOfficialLetter(action)
  const isProposed = change.delay?.isApproved === false
  const missing = isStoppedAddress ? 'เพราะเจ้าของที่อยู่อีเมลนี้ขอไม่รับอีเมลจากเรา' : 'เพราะไม่มีที่อยู่อีเมล'
  const way = wayTo({ ...contact, email: null })
  const isReachable = Boolean(contact.phone || contact.address)
  const notMailed = isLetter
    ? letterNotes(missing, way, isStoppedAddress, isReachable)
    : [messageNote(missing)]
  return {
    isMailed,
    warnings: [
      ...(isProposed ? [proposalNote(deed)] : []),
      ...(isMailed ? serverNotes(deed, isLetter) : notMailed),
      ...wishNotes(deed, isMailed, isLetter),
      ...(action === 'explain' ? promiseNotes(deed, isMailed, way) : []),
      ...mergedNotes(deed, change),
    ],
    infos: isLetter ? ['หลังส่งแล้ว พิมพ์หนังสือหรือเปิดเป็นไฟล์ PDF ได้ในหัวข้อ “หนังสือถึงผู้ร้อง” ของหน้าเรื่อง'] : [],
  }
}

function letterNotes(
  why: string,
  way: DeliveryMeans,
  isStoppedAddress: boolean,
  isReachable: boolean,
): string[] {
  const start = `จะไม่ถูกส่งทางอีเมล ${why}`
  if (way === 'post') return [`${start}: พิมพ์หนังสือแล้วส่งทางไปรษณีย์ ${RECORD}`]
  if (way === 'phone') return [`${start}: โทรแจ้งผู้ร้อง ${RECORD}`]
  // Whoever gave an address did not choose to follow the case alone.
  if (isStoppedAddress && isReachable) return [`${start}: พิมพ์หนังสือแล้วส่งทางไปรษณีย์ หรือโทรแจ้ง ${RECORD}`]
  if (isStoppedAddress) return [`${start} และไม่มีช่องทางอื่น: ถือว่าแจ้งแล้วเมื่อแสดงในหน้าติดตามเรื่อง`]
  return [`${start} ผู้ร้องติดตามเอง: ถือว่าแจ้งแล้วเมื่อแสดงในหน้าติดตามเรื่อง`]
}

const messageNote = (why: string): string => `จะไม่มีอีเมลถึงผู้ร้อง ${why} ผู้ร้องจะเห็นข้อความนี้ในหน้าติดตามเรื่องเท่านั้น`

function proposalNote({ portal }: Deed): string {
  const approver = APPROVER_NAMES[portal.settings.deadlines().delayApprover]
  return `รอ${approver}อนุมัติก่อน: ยังไม่ส่งถึงผู้ร้อง และผู้ร้องยังไม่เห็น ด้านบนคือสิ่งที่ผู้ร้องจะได้รับเมื่ออนุมัติแล้ว`
}

function serverNotes({ portal }: Deed, isLetter: boolean): string[] {
  if (portal.config.smtpUrl) return []
  const note = 'อีเมลจะยังไม่ถูกส่ง เพราะยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล อีเมลจะรออยู่ในระบบจนกว่าจะตั้งค่า'
  return [isLetter ? `${note} ถ้ารอไม่ได้ ให้พิมพ์หนังสือส่งทางไปรษณีย์หรือโทรแจ้ง ${RECORD}` : note]
}

/** The way that was asked for, where nothing else says it. */
function wishNotes({ contact }: Deed, isMailed: boolean, isLetter: boolean): string[] {
  if (isLetter && !isMailed) return []
  if (contact.replyBy === 'phone') return ['ผู้ร้องขอรับแจ้งผลทางโทรศัพท์ กรุณาโทรแจ้งด้วย']
  if (contact.replyBy === 'post') return ['ผู้ร้องขอรับแจ้งผลทางจดหมาย กรุณาส่งหนังสือทางไปรษณีย์ด้วย']
  return []
}

/** The new date stands only once the letter has reached the complainant. */
function promiseNotes({ portal, row, today }: Deed, isMailed: boolean, way: DeliveryMeans): string[] {
  if (!isMailed && way === 'tracking') return []
  const clock = runningClock(portal.db, row.id)
  if (!clock || targetOf(clock) < today) return []
  const when = isMailed ? 'อีเมลส่งออกแล้ว หรือบันทึกการส่งทางอื่นแล้ว' : 'บันทึกการส่งแล้ว'
  return [`กำหนดใหม่มีผลเมื่อ${when}เท่านั้น ต้องไม่เกินวันที่ ${formatDate(targetOf(clock), 'th')}`]
}

function mergedNotes({ portal, viewer, row }: Deed, { text }: CaseChange): string[] {
  const others = text === null ? 0 : mergedForViewer(portal.db, viewer, row.id).length
  return others === 0
    ? []
    : [`ผู้แจ้งของเรื่องที่รวมไว้กับเรื่องนี้อีก ${others} เรื่องอาจเห็นข้อความนี้ด้วย อย่าใส่ข้อมูลส่วนตัวของผู้ร้อง`]
}
