import { AppError } from '#domain/errors.ts'
import { recordDeed } from './audit-store.ts'
import { changeChannel, insertRecoveryKey, markRecoveryVerified } from './channel-store.ts'
import { newRecoveryKey } from './crypto/recovery.ts'
import { changeOfficer, listActiveOfficers, listOfficers, type Officer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { mayOpen } from './readiness.ts'

/**
 * Lets in only officers who take part; before the channel is opened, or when nobody takes part any more, every
 * officer with a vault.
 * @throws AppError forbidden `not_granted`
 */
export function assertInCharge(sealed: Sealed, officer: Officer): void {
  if (!isInCharge(sealed, officer)) throw new AppError('forbidden', 'not_granted')
}

export function isInCharge(sealed: Sealed, officer: Officer): boolean {
  return officer.grantedAt !== null || listActiveOfficers(sealed.db).length === 0
}

/** A new recovery key. Its sheets are in this answer and nowhere else. */
export async function makeSheets(
  sealed: Sealed,
  officer: Officer,
  custodians: string[],
): Promise<{ version: number; sheets: string[] }> {
  const { publicKey, sheets } = await newRecoveryKey()
  const version = sealed.db.inTransaction(() => {
    const row = { publicKey: Buffer.from(publicKey), custodians, madeAt: sealed.now(), verifiedAt: null }
    const made = insertRecoveryKey(sealed.db, row)
    recordDeed(sealed.db, {
      at: sealed.now(),
      actor: officer.displayName,
      action: 'recovery.make',
      detail: `ชุดที่ ${made}: ${custodians.join(', ')}`,
    })
    return made
  })
  return { version, sheets }
}

/** Two sheets were seen to restore the key: from now on reports are sealed to it. */
export function verifySheets(sealed: Sealed, officer: Officer, version: number): void {
  sealed.db.inTransaction(() => {
    markRecoveryVerified(sealed.db, version, sealed.now())
    recordDeed(sealed.db, {
      at: sealed.now(),
      actor: officer.displayName,
      action: 'recovery.verify',
      detail: `ชุดที่ ${version}`,
    })
  })
}

/**
 * The end of the ceremony: every named officer with a vault takes part, and reports can come.
 * @throws AppError conflict `ceremony` when something is missing, or somebody takes part already
 */
export function openChannel(sealed: Sealed, officer: Officer): void {
  const { db } = sealed
  db.inTransaction(() => {
    if (!mayOpen(sealed) || listActiveOfficers(db).length > 0) throw new AppError('conflict', 'ceremony')
    const officers = listOfficers(db).filter(({ publicKey }) => publicKey !== null)
    for (const { id } of officers) changeOfficer(db, id, { grantedAt: sealed.now() })
    changeChannel(db, { openedAt: sealed.now() })
    recordDeed(db, {
      at: sealed.now(),
      actor: officer.displayName,
      action: 'channel.open',
      detail: officers.map(({ displayName }) => displayName).join(', '),
    })
  })
}
