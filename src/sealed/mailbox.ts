import { addDays, type CivilDate } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { parseReceipt } from '#domain/receipt-code.ts'
import { nextSealedStatus } from '#domain/sealed-status.ts'
import type { AnswerBody } from './bodies.ts'
import { readChannel } from './channel-store.ts'
import { replaceContact } from './contact.ts'
import { deriveReceipt } from './crypto/derive.ts'
import { decrypt, type KeyPair, wipe } from './crypto/sodium.ts'
import type { Sealed } from './open.ts'
import {
  changeReport,
  findReport,
  findReportByReceipt,
  listContactKeys,
  listMessagesOut,
  type Report,
} from './report-store.ts'
import { openAnswer, recordFile, storeMessage } from './seal.ts'
import { type Evidence, removeFiles, reporterPlace, writeFiles } from './submit.ts'
import type { Visit } from './visits.ts'

/** Wrong guesses in an hour, by anybody, from which on every further one is held back. */
const FREE_GUESSES = 60

/** A quarter of a second more with each, up to five seconds: no number of wrong ones shuts a mailbox for long. */
const millisecondsAfter = (wrong: number): number =>
  Math.min(5_000, 250 * Math.max(0, wrong - FREE_GUESSES + 1))

/**
 * Opens the mailbox of a receipt as it was typed. What is mistyped, unknown or destroyed gives undefined, and
 * what can be a receipt at all costs the same derivation whether it is known or not.
 * @returns the token of the visit
 * @throws AppError unavailable `busy`
 */
export async function openMailbox(sealed: Sealed, typed: string): Promise<string | undefined> {
  const code = parseReceipt(typed)
  if (!code) return undefined
  const salt = readChannel(sealed.db).receiptSalt
  const holdBack = () => millisecondsAfter(sealed.wrongGuesses.count())
  const { lookup, key } = await deriveReceipt(code, salt, sealed.pepper, 'guess', holdBack)
  const report = findReportByReceipt(sealed.db, lookup)
  if (!report?.reporterVault || !report.reporterPublicKey) {
    sealed.wrongGuesses.add()
    return undefined
  }
  const secretKey = decrypt(key, report.reporterVault, reporterPlace(report.id))
  const token = sealed.visits.begin({
    reportId: report.id,
    keys: { publicKey: report.reporterPublicKey, secretKey },
  })
  wipe(key, secretKey)
  return token
}

export interface Mailbox {
  report: Report
  answers: AnswerBody[]
}

/** What the holder of the receipt may read: the status and what officers wrote. Never the report itself. */
export function readMailbox(sealed: Sealed, visit: Visit): Mailbox | undefined {
  const report = findReport(sealed.db, visit.reportId)
  if (!report) return undefined
  return { report, answers: answersOf(sealed, visit.keys, report.id) }
}

function answersOf(sealed: Sealed, keys: KeyPair, reportId: string): AnswerBody[] {
  return listMessagesOut(sealed.db, reportId)
    .map((row) => openAnswer(keys, row))
    .filter((body): body is AnswerBody => body?.kind === 'answer')
}

/** A report that was written to lately is kept at least so many days more. */
const DAYS_AFTER_REPLY = 30

/**
 * Adds what who reports writes, with files; sealed to the officers only. What waited for an answer goes on.
 * @throws AppError not_found when the report was destroyed meanwhile
 */
export async function addReply(
  sealed: Sealed,
  reportId: string,
  text: string,
  evidence: readonly Evidence[],
): Promise<void> {
  for (;;) {
    const report = findReport(sealed.db, reportId)
    if (!report) throw new AppError('not_found', 'report')
    const files = await writeFiles(sealed, report, evidence)
    let isStored = false
    try {
      sealed.db.inTransaction(() => {
        const now = findReport(sealed.db, reportId)
        // The case key was renewed while the files were being written: they are sealed anew.
        if (now?.epoch !== report.epoch) return
        const messageId = storeMessage(sealed, now, 'in', { kind: 'reply', day: sealed.today(), text })
        for (const file of files) recordFile(sealed, file, messageId)
        changeReport(sealed.db, now, afterReply(now, sealed.today()))
        isStored = true
      })
    } finally {
      if (!isStored) await removeFiles(sealed, files)
    }
    if (isStored) return
  }
}

function afterReply(report: Report, today: CivilDate): Partial<Report> {
  const { status, inquiryBegun, destroyOn } = report
  const atLeast = addDays(today, DAYS_AFTER_REPLY)
  return {
    ...(status === 'need_info' && { status: nextSealedStatus(status, 'resume', inquiryBegun) }),
    ...(destroyOn !== null && destroyOn < atLeast && { destroyOn: atLeast }),
  }
}

/**
 * The contact is gone for good. In its place stands an empty one, for the same persons to open: nobody learns
 * from the outside that there was another.
 * @returns false when the report was destroyed meanwhile
 */
export function eraseContact(sealed: Sealed, reportId: string): boolean {
  const isThere = sealed.db.inTransaction(() => {
    if (!findReport(sealed.db, reportId)) return false
    const holders = listContactKeys(sealed.db, reportId).map(({ holder }) => holder)
    replaceContact(sealed, reportId, { name: '', contact: '' }, holders)
    return true
  })
  sealed.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
  return isThere
}
