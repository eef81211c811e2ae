import { cpSync } from 'node:fs'
import { Secret, TOTP } from 'otpauth'
import { startTestPortal } from '../support/portal.ts'
import { openTestChannel } from './channel.ts'

/** An officer as a person outside the process knows this officer. */
export interface KnownOfficer {
  username: 'nid' | 'dao' | 'malee'
  passphrase: string
  /** What the app shows now. */
  code(): string
}

/** Fills a data folder with an office whose channel is open, for a process to be started on. */
export async function fillWithOpenChannel(
  dataDir: string,
): Promise<Record<KnownOfficer['username'], KnownOfficer>> {
  const office = await startTestPortal({ now: new Date() })
  const { officers } = await openTestChannel(office)
  // With what is still in the logs of the databases.
  cpSync(office.dataDir, dataDir, { recursive: true })
  await office.close()
  const known = ({ name, passphrase, totp }: (typeof officers)['nid']): KnownOfficer => ({
    username: name as KnownOfficer['username'],
    passphrase,
    code: () => new TOTP({ secret: Secret.fromBase32(totp) }).generate(),
  })
  return { nid: known(officers.nid), dao: known(officers.dao), malee: known(officers.malee) }
}
