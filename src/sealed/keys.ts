import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { recordDeed } from './audit-store.ts'
import type { ReportBody } from './bodies.ts'
import { currentRecoveryKey, recoveryHolder } from './channel-store.ts'
import { type KeyPair, newKeyPair, openSealed, orDamaged, sealTo, wipe } from './crypto/sodium.ts'
import {
  type ActiveOfficer,
  changeOfficer,
  dropKeysOf,
  findOfficer,
  listActiveOfficers,
  listNamings,
  type Officer,
} from './officer-store.ts'
import type { Sealed } from './open.ts'
import { isExcluded } from './recipients.ts'
import {
  askForRotation,
  deleteReportKey,
  findContact,
  insertContactKey,
  insertReportKey,
  listContactKeys,
  listFiles,
  listHolders,
  listMessages,
  listReportsFor,
  listWithdrawn,
  markRotationDue,
  type Report,
  setCaseKey,
  setFileKey,
  setMessageKey,
} from './report-store.ts'
import { openCaseKeys, openMessage } from './seal.ts'
import type { OpenVault } from './vaults.ts'

/** Whose keys open reports: an officer at work, or a recovery key restored from two sheets. */
export interface KeyHolder {
  holder: string
  keys: KeyPair
}

/** How many reports were passed on, and how many could not be because they are damaged. */
export interface Shared {
  shared: number
  damaged: number
}

export const holderOf = (vault: OpenVault): KeyHolder => ({ holder: vault.officerId, keys: vault.keys })

/**
 * Seals every report that the granting holder can open to a newcomer, but for those that concern this person
 * or from which this person withdrew. A damaged report is passed over: whom it concerns cannot be read. To be
 * called inside a transaction.
 */
export function shareReports(sealed: Sealed, from: KeyHolder, newcomer: Officer): Shared {
  const result: Shared = { shared: 0, damaged: 0 }
  if (!newcomer.publicKey) return result
  const { publicKey } = newcomer
  // Whoever is named anew, under other terms, is the same person still.
  const namings = listNamings(sealed.db, newcomer.accountId)
  const withdrawn = new Set(namings.flatMap(({ id }) => listWithdrawn(sealed.db, id)))
  for (const report of listReportsFor(sealed.db, from.holder)) {
    if (withdrawn.has(report.id)) continue
    const found = orDamaged(() => {
      const caseKeys = openCaseKeys(sealed, from.holder, from.keys, report)
      return { caseKeys, involved: involvedIn(sealed, report, caseKeys) }
    })
    if (!found) {
      result.damaged += 1
      continue
    }
    if (!namingsWhen(report, namings).some((naming) => isExcluded(naming, found.involved))) {
      const sealedKey = sealTo(publicKey, found.caseKeys.secretKey)
      insertReportKey(sealed.db, { reportId: report.id, holder: newcomer.id, epoch: report.epoch, sealedKey })
      result.shared += 1
    }
    wipe(found.caseKeys.secretKey)
  }
  return result
}

/** What a person is now, and was when the report came. */
function namingsWhen({ receivedOn }: Report, namings: readonly Officer[]): Officer[] {
  return namings.filter(({ removedAt }) => removedAt === null || receivedOn <= civilDateOf(removedAt))
}

/**
 * Lets an officer take part: open reports by the granting officer's key, new ones from now on. Being named is
 * not enough to grant: otherwise who names officers could bring in a whole set of them.
 * @throws AppError forbidden `not_granted`
 */
export function grantOfficer(sealed: Sealed, by: Officer, from: KeyHolder, newcomer: Officer): Shared {
  if (!by.grantedAt) throw new AppError('forbidden', 'not_granted')
  return sealed.db.inTransaction(() => {
    const shared = shareReports(sealed, from, newcomer)
    changeOfficer(sealed.db, newcomer.id, { grantedAt: newcomer.grantedAt ?? sealed.now() })
    recordDeed(sealed.db, {
      at: sealed.now(),
      actor: by.displayName,
      action: 'officer.grant',
      detail: newcomer.displayName,
    })
    return shared
  })
}

/**
 * Ends an officer's part at once; every report this person could open waits for a new case key.
 * @param reason such as the order that ends it; stands in the log
 */
export function removeOfficer(sealed: Sealed, actor: string, officer: Officer, reason = ''): void {
  sealed.db.inTransaction(() => {
    askForRotation(sealed.db, officer.id)
    dropKeysOf(sealed.db, officer.id)
    changeOfficer(sealed.db, officer.id, { removedAt: sealed.now() })
    recordDeed(sealed.db, {
      at: sealed.now(),
      actor,
      action: 'officer.remove',
      detail: [officer.displayName, reason].filter(Boolean).join(': '),
    })
  })
  sealed.vaults.lockOfficer(officer.id)
  forgetFreedPages(sealed)
}

/** An officer has an interest in a report and holds no key to it any more. To be called inside a transaction. */
export function withdrawFrom(sealed: Sealed, reportId: string, officerId: string): void {
  deleteReportKey(sealed.db, reportId, officerId)
  markRotationDue(sealed.db, reportId)
}

/**
 * Renews what is due among the reports that the holder can open: the case key where somebody left, and the
 * share of the recovery key where a newer one was made. Done at every unlocking and after every removal.
 */
export function renewKeys(sealed: Sealed, from: KeyHolder): { rotated: number } {
  const recovery = currentRecoveryKey(sealed.db)
  let rotated = 0
  sealed.db.inTransaction(() => {
    for (const report of listReportsFor(sealed.db, from.holder)) {
      renewContact(sealed, report, from)
      const holders = listHolders(sealed.db, report.id)
      const isRecoverable = !recovery || holders.includes(recoveryHolder(recovery.version))
      if (!report.rotationDue && isRecoverable) continue
      const caseKeys = orDamaged(() => openCaseKeys(sealed, from.holder, from.keys, report))
      if (!caseKeys) continue
      rotateReport(sealed, report, caseKeys, holders)
      wipe(caseKeys.secretKey)
      rotated += 1
    }
  })
  if (rotated > 0) forgetFreedPages(sealed)
  return { rotated }
}

/** A new case key: everything written so far and later opens with it alone, for those who still hold a key. */
function rotateReport(sealed: Sealed, report: Report, old: KeyPair, holders: readonly string[]): void {
  const fresh = newKeyPair()
  const epoch = report.epoch + 1
  // What is damaged stays as it is: nobody can open it with the old key either.
  const reseal = (sealedKey: Buffer): Buffer => {
    const key = orDamaged(() => openSealed(old, sealedKey))
    return key ? sealTo(fresh.publicKey, key) : sealedKey
  }
  for (const message of listMessages(sealed.db, report.id)) {
    setMessageKey(sealed.db, message.id, reseal(message.caseKey))
  }
  for (const file of listFiles(sealed.db, report.id)) setFileKey(sealed.db, file.id, reseal(file.caseKey))
  setCaseKey(sealed.db, report.id, Buffer.from(fresh.publicKey), epoch)
  const recovery = currentRecoveryKey(sealed.db)
  const keep: { holder: string; publicKey: Buffer }[] = listActiveOfficers(sealed.db)
    .filter((officer) => holders.includes(officer.id))
    .map((officer: ActiveOfficer) => ({ holder: officer.id, publicKey: officer.publicKey }))
  if (recovery) keep.push({ holder: recoveryHolder(recovery.version), publicKey: recovery.publicKey })
  for (const holder of holders) deleteReportKey(sealed.db, report.id, holder)
  for (const { holder, publicKey } of keep) {
    const sealedKey = sealTo(publicKey, fresh.secretKey)
    insertReportKey(sealed.db, { reportId: report.id, holder, epoch, sealedKey })
  }
  wipe(fresh.secretKey)
}

/**
 * The one officer who may learn a name also seals it to a newer recovery key, whoever renewed the report itself.
 */
function renewContact(sealed: Sealed, report: Report, from: KeyHolder): void {
  const recovery = currentRecoveryKey(sealed.db)
  const keys = listContactKeys(sealed.db, report.id)
  const own = keys.find(({ holder }) => holder === from.holder)
  if (!recovery || !own || !findContact(sealed.db, report.id)) return
  const newest = recoveryHolder(recovery.version)
  if (keys.some(({ holder }) => holder === newest)) return
  const key = orDamaged(() => openSealed(from.keys, own.sealedKey))
  if (!key) return
  insertContactKey(sealed.db, {
    reportId: report.id,
    holder: newest,
    sealedKey: sealTo(recovery.publicKey, key),
  })
  wipe(key)
}

/**
 * Two sheets give an officer every report that does not concern this person, and the contacts that nobody
 * else may open any more.
 */
export function recoverFor(sealed: Sealed, recovery: KeyHolder, officerId: string, actor: string): Shared {
  return sealed.db.inTransaction(() => {
    const officer = findOfficer(sealed.db, officerId)
    if (!officer?.publicKey) return { shared: 0, damaged: 0 }
    const { publicKey } = officer
    const shared = shareReports(sealed, recovery, officer)
    for (const report of listReportsFor(sealed.db, officer.id)) {
      const keys = listContactKeys(sealed.db, report.id)
      const own = keys.find(({ holder }) => holder === recovery.holder)
      const isHeld = keys.some(({ holder }) => !holder.startsWith('recovery-'))
      if (!own || isHeld) continue
      const key = orDamaged(() => openSealed(recovery.keys, own.sealedKey))
      if (!key) continue
      insertContactKey(sealed.db, {
        reportId: report.id,
        holder: officer.id,
        sealedKey: sealTo(publicKey, key),
      })
      wipe(key)
    }
    changeOfficer(sealed.db, officer.id, { grantedAt: officer.grantedAt ?? sealed.now() })
    recordDeed(sealed.db, {
      at: sealed.now(),
      actor,
      action: 'recovery.use',
      detail: officer.displayName,
    })
    return shared
  })
}

/** The involvements that who reports ticked; they stand in the report itself. */
function involvedIn(sealed: Sealed, report: Report, caseKeys: KeyPair): ReportBody['involved'] {
  const first = listMessages(sealed.db, report.id)[0]
  if (!first) return []
  const body = openMessage(caseKeys, first)
  return body.kind === 'report' ? body.involved : []
}

/** Keys that were deleted must not live on in the log of the database. */
function forgetFreedPages(sealed: Sealed): void {
  sealed.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
}
