import { AppError } from '#domain/errors.ts'
import type { Involvement } from '#domain/sealed-status.ts'
import { currentRecoveryKey, type RecoveryKeyRow, readChannel } from './channel-store.ts'
import { type ActiveOfficer, involvementsOf, listActiveOfficers, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'

/** Whom a report is sealed to. */
export interface Recipients {
  officers: ActiveOfficer[]
  recovery: RecoveryKeyRow
}

/** Whether the channel takes reports: opened by its ceremony, and somebody there who can open them. */
export function isOpen(sealed: Sealed): boolean {
  return (
    readChannel(sealed.db).openedAt !== null &&
    listActiveOfficers(sealed.db).length > 0 &&
    currentRecoveryKey(sealed.db) !== undefined
  )
}

/** A report never reaches an officer whom it concerns. */
export function isExcluded(officer: Officer, involved: readonly Involvement[]): boolean {
  return involvementsOf(officer).some((involvement) => involved.includes(involvement))
}

/**
 * Everybody whom a report may be sealed to, chosen before anything is.
 * @throws AppError unavailable `channel_closed`, or conflict `nobody_impartial` when it concerns them all
 */
export function recipientsFor(sealed: Sealed, involved: readonly Involvement[]): Recipients {
  const recovery = currentRecoveryKey(sealed.db)
  if (!isOpen(sealed) || !recovery) throw new AppError('unavailable', 'channel_closed')
  const officers = listActiveOfficers(sealed.db).filter((officer) => !isExcluded(officer, involved))
  if (officers.length === 0) throw new AppError('conflict', 'nobody_impartial')
  // The receiving officer first: this is the one who may learn a name.
  officers.sort((a, b) => Number(b.isReceiving) - Number(a.isReceiving))
  return { officers, recovery }
}
