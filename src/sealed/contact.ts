import type { Contact } from './bodies.ts'
import { listRecoveryKeys, recoveryHolder } from './channel-store.ts'
import { sealTo, wipe } from './crypto/sodium.ts'
import { findOfficer } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { deleteContactKeys, insertContactKey, writeContact } from './report-store.ts'
import { sealContact } from './seal.ts'

/**
 * Puts a contact in the place of the one before, under a new key that these holders get and nobody else. To be
 * called inside a transaction.
 */
export function replaceContact(
  sealed: Sealed,
  reportId: string,
  contact: Contact,
  holders: readonly string[],
): void {
  const { body, key } = sealContact(reportId, contact)
  deleteContactKeys(sealed.db, reportId)
  writeContact(sealed.db, reportId, body)
  for (const holder of holders) {
    const publicKey = publicKeyOf(sealed, holder)
    if (publicKey) insertContactKey(sealed.db, { reportId, holder, sealedKey: sealTo(publicKey, key) })
  }
  wipe(key)
}

function publicKeyOf({ db }: Sealed, holder: string): Buffer | null | undefined {
  const recovery = listRecoveryKeys(db).find(({ version }) => recoveryHolder(version) === holder)
  return recovery ? recovery.publicKey : findOfficer(db, holder)?.publicKey
}
