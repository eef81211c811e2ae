import { randomBytes } from 'node:crypto'
import { AppError } from '#domain/errors.ts'
import { recordDeed } from './audit-store.ts'
import { deriveVaultKey } from './crypto/derive.ts'
import { decryptJson, encryptJson, type KeyPair, newKeyPair, SealBroken, wipe } from './crypto/sodium.ts'
import { changeOfficer, dropKeysOf, findOfficer, type Officer, useStep } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { askForRotation } from './report-store.ts'
import { stepOf } from './second-factor.ts'

/** What lies under an officer's passphrase. */
interface VaultContent {
  /** Base64. */
  secretKey: string
  /** Base32 secret of the second factor. */
  totp: string
}

const vaultPlace = (officerId: string): string => `officer-sk|v1|${officerId}`

/**
 * Gives an officer a new key pair under a new passphrase. What was sealed to an earlier one is not readable
 * with it; reports come by a grant.
 * @param usedStep the time step of the code that proved the second factor: it serves for nothing else
 */
export async function createVault(
  sealed: Sealed,
  officer: Officer,
  passphrase: string,
  totp: string,
  usedStep = 0,
): Promise<void> {
  const keys = newKeyPair()
  const content = { secretKey: Buffer.from(keys.secretKey).toString('base64'), totp }
  const wrapped = await wrap(officer, passphrase, content)
  wipe(keys.secretKey)
  sealed.db.inTransaction(() => {
    assertUnchanged(sealed, officer)
    // Who has the lost passphrase and an old copy of the database is to read nothing that comes from now on.
    askForRotation(sealed.db, officer.id)
    // Shares of reports sealed to the old key would be doors without a lock: nobody can open them any more.
    dropKeysOf(sealed.db, officer.id)
    const publicKey = Buffer.from(keys.publicKey)
    changeOfficer(sealed.db, officer.id, { ...wrapped, publicKey, lastStep: usedStep, grantedAt: null })
    recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action: 'vault.create' })
  })
  forgetOldVault(sealed, officer)
}

/**
 * Opens a vault with passphrase and code of the second factor, and binds it to the staff session. One answer
 * for a wrong passphrase, a wrong code and a code that was used before.
 * @throws AppError unavailable `busy`
 */
export async function unlockVault(
  sealed: Sealed,
  officer: Officer,
  session: string,
  passphrase: string,
  code: string,
): Promise<boolean> {
  const content = await readVault(officer, passphrase)
  const keys = sealed.db.inTransaction(() => {
    const isRight = content !== undefined && isUnchanged(sealed, officer)
    const opened = isRight && takeCode(sealed, officer, content, code) ? keysIn(officer, content) : undefined
    const action = opened ? 'vault.unlock' : 'vault.refuse'
    recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action })
    return opened
  })
  if (!keys) return false
  sealed.vaults.unlock(session, { officerId: officer.id, keys })
  return true
}

/** Whether it is the officer's passphrase: asked for again before what cannot be undone. */
export async function confirmsPassphrase(officer: Officer, passphrase: string): Promise<boolean> {
  const content = await readVault(officer, passphrase)
  return content !== undefined
}

/**
 * The same keys under another passphrase, for who knows the old one. Whoever is at work with this vault unlocks
 * it anew.
 */
export async function changePassphrase(
  sealed: Sealed,
  officer: Officer,
  old: string,
  passphrase: string,
): Promise<boolean> {
  const content = await readVault(officer, old)
  if (!content) return refuse(sealed, officer)
  const wrapped = await wrap(officer, passphrase, content)
  sealed.db.inTransaction(() => {
    assertUnchanged(sealed, officer)
    changeOfficer(sealed.db, officer.id, wrapped)
    recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action: 'vault.passphrase' })
  })
  forgetOldVault(sealed, officer)
  return true
}

/** Another authenticator app, for who has the passphrase and a code of the old one. */
export async function changeSecondFactor(
  sealed: Sealed,
  officer: Officer,
  proof: { passphrase: string; code: string },
  fresh: { totp: string; usedStep: number },
): Promise<boolean> {
  const content = await readVault(officer, proof.passphrase)
  if (!content || !takeCode(sealed, officer, content, proof.code)) return refuse(sealed, officer)
  const wrapped = await wrap(officer, proof.passphrase, { ...content, totp: fresh.totp })
  sealed.db.inTransaction(() => {
    assertUnchanged(sealed, officer)
    changeOfficer(sealed.db, officer.id, { ...wrapped, lastStep: fresh.usedStep })
    recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action: 'vault.authenticator' })
  })
  forgetOldVault(sealed, officer)
  return true
}

function refuse(sealed: Sealed, officer: Officer): false {
  recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action: 'vault.refuse' })
  return false
}

/** The old wrapping must not live on in the log of the database: it opens with the old passphrase. */
function forgetOldVault(sealed: Sealed, officer: Officer): void {
  sealed.vaults.lockOfficer(officer.id)
  sealed.db.sqlite.pragma('wal_checkpoint(TRUNCATE)')
}

/** Deriving takes its time: a vault that was made anew meanwhile, or an officer who was removed, stays so. */
function assertUnchanged(sealed: Sealed, officer: Officer): void {
  if (!isUnchanged(sealed, officer)) throw new AppError('conflict', 'vault_changed')
}

function isUnchanged(sealed: Sealed, officer: Officer): boolean {
  const now = findOfficer(sealed.db, officer.id)
  return now !== undefined && Buffer.compare(now.vaultSalt ?? NO_SALT, officer.vaultSalt ?? NO_SALT) === 0
}

const NO_SALT = Buffer.alloc(0)

/** The other half of a double click has changed the vault: for who pressed, it is done. */
export async function orDoneMeanwhile(change: Promise<unknown>): Promise<void> {
  await change.catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'vault_changed') throw error
  })
}

/** Whether the code is of this vault's second factor, and was never used before. */
function takeCode(sealed: Sealed, officer: Officer, { totp }: VaultContent, code: string): boolean {
  const step = stepOf(totp, code, sealed.now())
  return step !== undefined && useStep(sealed.db, officer.id, step)
}

function keysIn({ publicKey }: Officer, { secretKey }: VaultContent): KeyPair | undefined {
  return publicKey ? { publicKey, secretKey: Buffer.from(secretKey, 'base64') } : undefined
}

async function wrap(
  officer: Officer,
  passphrase: string,
  content: VaultContent,
): Promise<{ vaultSalt: Buffer; vault: Buffer }> {
  const vaultSalt = randomBytes(16)
  const key = await deriveVaultKey(passphrase, vaultSalt)
  const vault = encryptJson(key, content, vaultPlace(officer.id))
  wipe(key)
  return { vaultSalt, vault }
}

async function readVault(officer: Officer, passphrase: string): Promise<VaultContent | undefined> {
  if (!officer.vault || !officer.vaultSalt) return undefined
  const key = await deriveVaultKey(passphrase, officer.vaultSalt)
  try {
    return decryptJson<VaultContent>(key, officer.vault, vaultPlace(officer.id))
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  } finally {
    wipe(key)
  }
}
