import { formatDate } from '#web/thai-format.ts'
import { currentRecoveryKey, listRecoveryKeys, readChannel } from './channel-store.ts'
import { listActiveOfficers, listOfficers, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { isOpen } from './recipients.ts'

export const LEAST_OFFICERS = 2
export const MOST_OFFICERS = 4

/** What has to be there before the channel opens, in the order in which it is done. */
export const READY_STEPS = ['order', 'named', 'vaults', 'sheets', 'verified', 'opened'] as const
export type ReadyStepId = (typeof READY_STEPS)[number]

export interface ReadyStep {
  id: ReadyStepId
  title: string
  isDone: boolean
  /** What is there, or what is missing. */
  detail: string
  /** Whose task it is: an administrator prepares, and opens nothing. */
  who: string
}

const ADMINISTRATOR = 'ผู้ดูแลระบบ'
const OFFICERS = 'เจ้าหน้าที่ตามคำสั่ง'

/** How far the opening ceremony is. */
export function readiness(sealed: Sealed): ReadyStep[] {
  const officers = listOfficers(sealed.db)
  const newest = listRecoveryKeys(sealed.db)[0]
  const isVerified = currentRecoveryKey(sealed.db) !== undefined
  const { openedAt } = readChannel(sealed.db)
  return [
    orderStep(sealed),
    namedStep(officers),
    vaultsStep(officers),
    {
      ...{ id: 'sheets', title: 'ทำกุญแจกู้คืนและพิมพ์แผ่นกู้คืนสามแผ่น', who: OFFICERS },
      isDone: newest !== undefined,
      detail: newest ? `ชุดที่ ${newest.version} ทำเมื่อ ${formatDate(newest.madeAt, 'th')}` : 'ยังไม่ได้ทำ',
    },
    {
      ...{ id: 'verified', title: 'ตรวจแผ่นกู้คืน โดยพิมพ์สองแผ่น', who: OFFICERS },
      isDone: isVerified,
      detail: isVerified ? 'สองแผ่นกู้คืนกุญแจได้จริง' : 'ยังไม่ได้ตรวจ',
    },
    {
      ...{ id: 'opened', title: 'เปิดรับเรื่อง', who: OFFICERS },
      isDone: isOpen(sealed),
      detail: openedText(sealed, openedAt),
    },
  ]
}

/** Whether everything but the opening itself is done. */
export function mayOpen(sealed: Sealed): boolean {
  return readiness(sealed).every(({ id, isDone }) => isDone || id === 'opened')
}

function orderStep(sealed: Sealed): ReadyStep {
  const { orderNo, orderOn } = readChannel(sealed.db)
  const isDone = orderNo !== '' && orderOn !== ''
  return {
    ...{ id: 'order', title: 'กรอกคำสั่งแต่งตั้งเจ้าหน้าที่', who: ADMINISTRATOR, isDone },
    detail: isDone ? `คำสั่งที่ ${orderNo} ลงวันที่ ${formatDate(orderOn, 'th')}` : 'ยังไม่ได้กรอกเลขที่และวันที่',
  }
}

function namedStep(officers: readonly Officer[]): ReadyStep {
  const isEnough = officers.length >= LEAST_OFFICERS && officers.length <= MOST_OFFICERS
  const hasReceiving = officers.some(({ isReceiving }) => isReceiving)
  const missing = [
    !isEnough && `ต้องมี ${LEAST_OFFICERS}–${MOST_OFFICERS} คน ขณะนี้มี ${officers.length} คน`,
    !hasReceiving && 'ยังไม่ได้ระบุว่าใครเป็นผู้รับเรื่อง',
  ].filter(Boolean)
  return {
    ...{ id: 'named', title: 'ระบุชื่อเจ้าหน้าที่ตามคำสั่ง', who: ADMINISTRATOR },
    isDone: missing.length === 0,
    detail: missing.length === 0 ? namesOf(officers) : missing.join(' และ'),
  }
}

function vaultsStep(officers: readonly Officer[]): ReadyStep {
  const made = officers.filter(({ publicKey }) => publicKey !== null)
  const waiting = officers.filter(({ publicKey }) => publicKey === null)
  const parts = [
    made.length > 0 && `สร้างแล้ว: ${namesOf(made)}`,
    waiting.length > 0 && `ยังไม่ได้สร้าง: ${namesOf(waiting)}`,
    officers.length === 0 && 'ยังไม่มีเจ้าหน้าที่',
  ]
  return {
    ...{ id: 'vaults', title: 'เจ้าหน้าที่แต่ละคนสร้างตู้นิรภัยของตน', who: OFFICERS },
    isDone: made.length >= LEAST_OFFICERS,
    detail: parts.filter(Boolean).join(' · '),
  }
}

function openedText(sealed: Sealed, openedAt: Date | null): string {
  if (openedAt === null) return 'ยังไม่เปิด ผู้แจ้งเห็นหน้าที่บอกหน่วยงานภายนอกแทน'
  if (isOpen(sealed)) return `เปิดเมื่อ ${formatDate(openedAt, 'th')}`
  return 'ปิดอยู่ เพราะไม่มีเจ้าหน้าที่ที่เปิดเรื่องได้'
}

const namesOf = (officers: readonly Officer[]): string =>
  officers.map(({ displayName }) => displayName).join(', ')

/** What an office should mend although the channel works. */
export function channelWarnings(sealed: Sealed): string[] {
  const { openedAt } = readChannel(sealed.db)
  if (openedAt === null) return []
  const active = listActiveOfficers(sealed.db)
  const warnings: string[] = []
  if (active.length === 0) {
    warnings.push('ไม่มีเจ้าหน้าที่ที่เปิดเรื่องได้ ช่องทางจึงปิดรับเรื่อง เจ้าหน้าที่ที่มีตู้นิรภัยต้องใช้แผ่นกู้คืนสองแผ่น')
  } else if (active.length < LEAST_OFFICERS) {
    warnings.push(
      'เหลือเจ้าหน้าที่ที่เปิดเรื่องได้เพียงคนเดียว ไม่มีคนที่สองยืนยันการยุติเรื่อง และถ้าคนนี้ลืมวลีจะต้องใช้แผ่นกู้คืน ควรแต่งตั้งเพิ่มและให้สิทธิ์โดยเร็ว',
    )
  } else if (active.every(({ isReceiving, isSuperior, isChief }) => isReceiving || isSuperior || isChief)) {
    warnings.push(
      'เจ้าหน้าที่ทุกคนเป็นผู้รับเรื่อง ผู้บังคับบัญชา หรือผู้บริหาร ถ้าผู้แจ้งเลือกว่าเรื่องเกี่ยวกับบุคคลเหล่านี้ทั้งหมด จะไม่มีใครรับเรื่องได้ ควรมีเจ้าหน้าที่ที่ไม่อยู่ในกลุ่มนี้อย่างน้อยหนึ่งคน',
    )
  }
  return warnings
}
