import { randomUUID } from 'node:crypto'
import { addDays, type CivilDate } from '#domain/civil-date.ts'
import { dueDate } from '#domain/deadlines.ts'
import type { Contact, ReportBody } from './bodies.ts'
import { readChannel, recoveryHolder } from './channel-store.ts'
import { deriveReceipt } from './crypto/derive.ts'
import { newReceipt } from './crypto/receipt.ts'
import { encrypt, newKeyPair, sealTo, wipe } from './crypto/sodium.ts'
import type { EvidenceFile } from './evidence.ts'
import { countReport } from './figures-store.ts'
import type { Sealed } from './open.ts'
import { recipientsFor } from './recipients.ts'
import {
  insertContactKey,
  insertDuty,
  insertMovedToken,
  insertReport,
  insertReportKey,
  writeContact,
} from './report-store.ts'
import { recordFile, type SealedFile, sealContact, storeMessage, writeFile } from './seal.ts'

export interface Evidence {
  /** Null where a file from the general register could not be cleaned. */
  clean: EvidenceFile | null
  /** Kept at the reporter's wish beside the clean one, or in its place. */
  original: EvidenceFile | null
}

export interface Submission {
  body: ReportBody
  contact: Contact
  files: Evidence[]
  /** Day it came in: earlier than today for a letter. */
  receivedOn: CivilDate
  /** A report from the general register has nobody who could hold a receipt. */
  moved?: { token: string }
}

/** Where a reporter's key belongs: it opens with that report only. */
export const reporterPlace = (reportId: string): string => `rep-sk|v1|${reportId}`

/**
 * Seals a report to everybody who may open it and stores it, wholly or not at all.
 * @returns the receipt, which exists nowhere else; null for a report from the general register
 * @throws AppError unavailable, conflict `nobody_impartial` (see `recipientsFor`)
 */
export async function submitReport(
  sealed: Sealed,
  submission: Submission,
): Promise<{ reportId: string; receipt: string | null }> {
  const { body, contact, receivedOn } = submission
  // Before anything is worked on; whom it is sealed to is decided at the end.
  recipientsFor(sealed, body.involved)
  const id = randomUUID()
  const caseKeys = newKeyPair()
  const reporter = submission.moved ? null : await newReporter(sealed, id)
  const casePublicKey = Buffer.from(caseKeys.publicKey)
  const reporterPublicKey = reporter?.publicKey ?? null
  const report = { id, casePublicKey, reporterPublicKey }
  const sealedContact = sealContact(id, contact)
  const files = await writeFiles(sealed, report, submission.files)
  const settings = readChannel(sealed.db).settings
  const holidays = sealed.portal.settings.holidays()
  const acknowledge = {
    targetDays: settings.acknowledgeDays,
    countMode: 'working' as const,
    rollForward: false,
  }
  try {
    sealed.db.inTransaction(() => {
      // As it is now: while the receipt was derived and files were written, an officer may have been removed.
      const { officers, recovery } = recipientsFor(sealed, body.involved)
      insertReport(sealed.db, {
        id,
        receivedOn,
        status: 'received',
        casePublicKey,
        reporterPublicKey,
        reporterVault: reporter?.vault ?? null,
        receiptLookup: reporter?.lookup ?? null,
      })
      const holders = [
        ...officers.map((officer) => ({ holder: officer.id, publicKey: officer.publicKey })),
        { holder: recoveryHolder(recovery.version), publicKey: recovery.publicKey },
      ]
      for (const { holder, publicKey } of holders) {
        const sealedKey = sealTo(publicKey, caseKeys.secretKey)
        insertReportKey(sealed.db, { reportId: id, holder, epoch: 1, sealedKey })
      }
      writeContact(sealed.db, id, sealedContact.body)
      // One officer, and the recovery key behind them all, may learn who reports.
      for (const { holder, publicKey } of [holders[0], holders.at(-1)].filter((one) => one !== undefined)) {
        insertContactKey(sealed.db, { reportId: id, holder, sealedKey: sealTo(publicKey, sealedContact.key) })
      }
      const messageId = storeMessage(sealed, report, 'in', body)
      for (const file of files) recordFile(sealed, file, messageId)
      insertDuty(sealed.db, {
        reportId: id,
        duty: 'acknowledge',
        dueOn: dueDate(receivedOn, acknowledge, holidays),
      })
      insertDuty(sealed.db, { reportId: id, duty: 'check', dueOn: addDays(receivedOn, settings.checkDays) })
      countReport(sealed.db, 'received', receivedOn, 1, sealed.today())
      if (submission.moved) insertMovedToken(sealed.db, submission.moved.token)
    })
  } catch (error) {
    await removeFiles(sealed, files)
    throw error
  } finally {
    wipe(caseKeys.secretKey, sealedContact.key)
  }
  return { reportId: id, receipt: reporter?.receipt ?? null }
}

/** The reporter's own key, which only the receipt opens. */
async function newReporter(sealed: Sealed, reportId: string) {
  const receipt = newReceipt()
  const salt = readChannel(sealed.db).receiptSalt
  const { lookup, key } = await deriveReceipt(receipt, salt, sealed.pepper, 'report')
  const keys = newKeyPair()
  const vault = encrypt(key, keys.secretKey, reporterPlace(reportId))
  wipe(key, keys.secretKey)
  return { receipt, lookup, vault, publicKey: Buffer.from(keys.publicKey) }
}

/** Seals files onto the disk: 'ไฟล์ 1.jpg', and the original beside it where it was wished for. All or none. */
export async function writeFiles(
  sealed: Sealed,
  report: { id: string; casePublicKey: Buffer },
  evidence: readonly Evidence[],
): Promise<SealedFile[]> {
  const written: SealedFile[] = []
  try {
    for (const [index, { clean, original }] of evidence.entries()) {
      const name = `ไฟล์ ${index + 1}`
      const parts = [
        ...(clean ? [{ ...clean, name: `${name}.${clean.extension}`, isOriginal: false }] : []),
        ...(original ? [{ ...original, name: `${name} ต้นฉบับ.${original.extension}`, isOriginal: true }] : []),
      ]
      for (const part of parts) written.push(await writeFile(sealed, report, part))
    }
  } catch (error) {
    await removeFiles(sealed, written)
    throw error
  }
  return written
}

export async function removeFiles(sealed: Sealed, files: readonly SealedFile[]): Promise<void> {
  await Promise.all(files.map(({ row }) => sealed.blobs.remove(row.id)))
}
