import { randomUUID } from 'node:crypto'
import type { Viewer } from '#domain/permissions.ts'
import type { Involvement } from '#domain/sealed-status.ts'
import type { FieldErrors } from '#web/forms.ts'
import type { AccountBook } from './account-book.ts'
import { recordDeed } from './audit-store.ts'
import { insertOfficer, listOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { MOST_OFFICERS } from './readiness.ts'

/** What an administrator says of a new officer. */
export interface Naming {
  accountId: number
  post: string
  concerns: Involvement[]
}

/** An administrator, as the log of the channel names one. */
export const administrator = ({ displayName }: Viewer): string => `ผู้ดูแลระบบ ${displayName}`

/**
 * Names an officer. Being named gives no key: that is for an officer who takes part to give.
 * @returns what is wrong with it; nothing when it is done
 */
export function nameOfficer(
  sealed: Sealed,
  accounts: AccountBook,
  viewer: Viewer,
  { accountId, post, concerns }: Naming,
): FieldErrors {
  const account = accounts.find(accountId)
  if (!account || account.disabled) return { accountId: 'ไม่พบบัญชีที่เลือก หรือบัญชีถูกปิดใช้งาน กรุณาเลือกใหม่' }
  if (account.id === viewer.accountId || account.isAdministrator) {
    return {
      accountId:
        'ผู้ดูแลระบบเป็นเจ้าหน้าที่ตามคำสั่งไม่ได้ ผู้ที่ดูแลเครื่องแม่ข่ายและบัญชีต้องเปิดเรื่องไม่ได้ และผู้ที่เปิดเรื่องได้ต้องไม่ดูแลบัญชี ให้ระบุชื่อผู้อื่น',
    }
  }
  return sealed.db.inTransaction((): FieldErrors => {
    const officers = listOfficers(sealed.db)
    if (officers.some((officer) => officer.accountId === account.id)) {
      return { accountId: 'คนนี้เป็นเจ้าหน้าที่ตามคำสั่งอยู่แล้ว' }
    }
    if (officers.length >= MOST_OFFICERS) {
      return { accountId: `มีเจ้าหน้าที่ครบ ${MOST_OFFICERS} คนแล้ว ต้องสิ้นสุดการเป็นเจ้าหน้าที่ของคนเดิมก่อน` }
    }
    insertOfficer(sealed.db, {
      ...{ id: randomUUID(), accountId: account.id, displayName: account.displayName, post },
      isReceiving: concerns.includes('receiving'),
      isSuperior: concerns.includes('superior'),
      isChief: concerns.includes('chief'),
      namedAt: sealed.now(),
    })
    recordDeed(sealed.db, {
      at: sealed.now(),
      actor: administrator(viewer),
      action: 'officer.name',
      detail: `${account.displayName} (${post})`,
    })
    return {}
  })
}
