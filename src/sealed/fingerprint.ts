import { createHash } from 'node:crypto'

/**
 * Twelve digits of a vault, the same on its owner's screen and on everybody else's. Read out in person before a
 * grant, they prove that the key which is about to get every report lies in that person's vault, and not in one
 * that somebody made with a password that was reset, or put into the database.
 */
export function vaultFingerprint(publicKey: Uint8Array): string {
  const digest = createHash('sha256').update('vault-fingerprint/v1').update(publicKey).digest()
  const digits = String(digest.readBigUInt64BE() % 10n ** 12n).padStart(12, '0')
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ')
}
