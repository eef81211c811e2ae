import { civilDateOf, instantOf } from '#domain/civil-date.ts'
import { isClosed } from '#domain/deadlines.ts'
import { queueMail } from '#mail/outbox.ts'
import type { AddressBook } from './address-book.ts'
import { readChannel } from './channel-store.ts'
import { listOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { markMailed, wasMailed } from './register-store.ts'

// The same every day, to everybody, whatever happened: neither when it comes nor what it says tells anything.
const SUBJECT = 'กรุณาเข้าระบบงานเพื่อตรวจสอบงานประจำวัน'
const BODY = [
  'กรุณาเข้าระบบงานเพื่อตรวจสอบงานที่ท่านได้รับมอบหมาย',
  'อีเมลนี้ส่งทุกวันทำการ เวลาเดียวกัน และมีข้อความเหมือนกันทุกครั้ง ไม่ว่าจะมีงานใหม่หรือไม่',
].join('\n\n')

/**
 * Queues the day's mail to every named officer, once on each working day, from the hour that is set on. Asked
 * again it does nothing.
 * @returns how many mails were queued
 */
export function sendDailyMail(sealed: Sealed, addresses: AddressBook): number {
  const { db, portal } = sealed
  const now = sealed.now()
  const today = civilDateOf(now)
  const { openedAt, settings } = readChannel(db)
  const isTime = now >= instantOf(today, settings.mailHour, 0)
  if (!openedAt || !isTime || isClosed(today, portal.settings.holidays()) || wasMailed(db, today)) return 0
  const recipients = listOfficers(db).flatMap(({ accountId }) => addresses.emailOf(accountId) ?? [])
  return db.inTransaction(() => {
    markMailed(db, today)
    return queueAll(sealed, new Set(recipients), now)
  })
}

/** In a database of its own: after a crash between the two, the day is marked and the mails are there. */
function queueAll({ portal }: Sealed, recipients: ReadonlySet<string>, at: Date): number {
  const day = civilDateOf(at)
  const host = new URL(portal.config.publicUrl).hostname
  try {
    return portal.db.inTransaction(() => {
      for (const recipient of recipients) {
        // A digest that has its words goes out as it is.
        queueMail(portal.db, {
          ...{ dedupeKey: `daily:${day}:${recipient}`, kind: 'digest', caseId: null, recipient },
          ...{ subject: SUBJECT, body: BODY, at, host },
        })
      }
      return recipients.size
    })
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE') return 0
    throw error
  }
}
