import { isFinished } from '#domain/sealed-status.ts'
import { recordDeed } from './audit-store.ts'
import type { Sealed } from './open.ts'
import { hasNewReply } from './open-report.ts'
import { wasRead } from './register-store.ts'
import {
  deleteReport,
  isKnownFile,
  listFiles,
  listMessages,
  listToDestroy,
  type Report,
} from './report-store.ts'

/**
 * Destroys what has been kept long enough: keys, texts, files, and every copy of them in freed pages and in the
 * log of the database. Never an open report, one that nobody opened, or one with a message that nobody answered.
 * @returns how many reports were destroyed
 */
export async function destroyOld(sealed: Sealed): Promise<number> {
  const { db } = sealed
  const old = listToDestroy(db, sealed.today()).filter((report) => mayBeDestroyed(sealed, report))
  for (const { id } of old) {
    const files = listFiles(db, id)
    db.inTransaction(() => {
      deleteReport(db, id)
      recordDeed(db, { at: sealed.now(), actor: 'ระบบ', action: 'report.destroy', reportId: id })
    })
    await Promise.all(files.map((file) => sealed.blobs.remove(file.id)))
  }
  if (old.length > 0) {
    db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    db.sqlite.exec('vacuum')
    db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  }
  return old.length
}

function mayBeDestroyed({ db }: Sealed, { id, status, finishedOn }: Report): boolean {
  return isFinished(status) && finishedOn !== null && wasRead(db, id) && !hasNewReply(listMessages(db, id))
}

/** Removes the sealed files that a crash left without a row. @returns how many */
export function sweepBlobs(sealed: Sealed): Promise<number> {
  return sealed.blobs.sweep((id) => isKnownFile(sealed.db, id), sealed.today())
}
