import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { recordDeed } from './audit-store.ts'
import { deriveVaultKey } from './crypto/derive.ts'
import { decryptJson, encryptJson, type KeyPair, newKeyPair, SealBroken, wipe } from './crypto/sodium.ts'
import { changeOfficer, dropKeysOf, type Officer, useStep } from './officer-store.ts'
import type { Sealed } from './open.ts'

/** Seconds of one step of the second factor (RFC 6238). */
const STEP_SECONDS = 30

/** What lies under an officer's passphrase. */
interface VaultContent {
  /** Base64. */
  secretKey: string
  /** Base32 secret of the second factor. */
  totp: string
}

const vaultPlace = (officerId: string): string => `officer-sk|v1|${officerId}`

/** A secret for the officer's authenticator app, not yet in use. */
export const newSecondFactor = (): string => new Secret({ size: 20 }).base32

/** The address behind the QR code that the app reads. */
export function secondFactorUri(secret: string, issuer: string, label: string): string {
  return totpOf(secret, issuer, label).toString()
}

/** Whether the app shows the right code for a secret that is being set up. */
export function provesSecondFactor(secret: string, code: string, now: Date): boolean {
  return stepOf(secret, code, now) !== undefined
}

/**
 * Gives an officer a new key pair under a new passphrase. What was sealed to an earlier one is not readable
 * with it; reports come by a grant.
 */
export async function createVault(
  sealed: Sealed,
  officer: Officer,
  passphrase: string,
  totp: string,
): Promise<void> {
  const salt = randomBytes(16)
  const key = await deriveVaultKey(passphrase, salt)
  const keys = newKeyPair()
  const content: VaultContent = { secretKey: Buffer.from(keys.secretKey).toString('base64'), totp }
  const vault = encryptJson(key, content, vaultPlace(officer.id))
  wipe(key, keys.secretKey)
  sealed.db.inTransaction(() => {
    // Shares of reports sealed to the old key would be doors without a lock: nobody can open them any more.
    dropKeysOf(sealed.db, officer.id)
    changeOfficer(sealed.db, officer.id, {
      publicKey: Buffer.from(keys.publicKey),
      vaultSalt: salt,
      vault,
      lastStep: 0,
      grantedAt: null,
    })
    recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action: 'vault.create' })
  })
  sealed.vaults.lockOfficer(officer.id)
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
  const keys = await openVault(sealed, officer, passphrase, code)
  const action = keys ? 'vault.unlock' : 'vault.refuse'
  recordDeed(sealed.db, { at: sealed.now(), actor: officer.displayName, action })
  if (!keys) return false
  sealed.vaults.unlock(session, { officerId: officer.id, keys })
  return true
}

/** Whether it is the officer's passphrase: asked for again before what cannot be undone. */
export async function confirmsPassphrase(officer: Officer, passphrase: string): Promise<boolean> {
  const content = await readVault(officer, passphrase)
  return content !== undefined
}

async function openVault(
  sealed: Sealed,
  officer: Officer,
  passphrase: string,
  code: string,
): Promise<KeyPair | undefined> {
  const content = await readVault(officer, passphrase)
  if (!content || !officer.publicKey) return undefined
  const step = stepOf(content.totp, code, sealed.now())
  if (step === undefined || !useStep(sealed.db, officer.id, step)) return undefined
  return { publicKey: officer.publicKey, secretKey: Buffer.from(content.secretKey, 'base64') }
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

/** The time step that a code belongs to, one step early or late at most. */
function stepOf(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime()
  const delta = totpOf(secret).validate({ token: code, timestamp, window: 1 })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta
}

function totpOf(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: STEP_SECONDS, digits: 6 })
}
