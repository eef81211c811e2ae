import { eq } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import type { KeyedHash } from '#platform/keyed-hash.ts'
import { preparedOnce } from '#platform/statements.ts'
import { isDotted, mailboxHash, mailboxOf } from './mailbox.ts'
import { stoppedAddresses } from './tables.ts'

/**
 * Teaches the database to hash an address. It can then be asked wherever mail is written, without the key at
 * hand, so that nobody who writes mail can forget to ask.
 */
export function teachMailboxHash(db: Database, keyed: KeyedHash): void {
  db.sqlite.function('mailbox_hash', { deterministic: true }, (address) =>
    mailboxHash(keyed, String(address)),
  )
}

/** Whether whoever reads this mailbox asked for no more mail. */
export function isStopped(db: Database, address: string): boolean {
  return statementsOf(db).stopped.get(address) !== undefined
}

/** Whether a mail whose cause begins with `cause` went, or is going, to this mailbox since then. */
export function wasMailedSince(db: Database, address: string, cause: string, since: Date): boolean {
  const mailbox = mailboxOf(address)
  const at = mailbox.lastIndexOf('@')
  const [name, host] = [mailbox.slice(0, at), mailbox.slice(at)]
  // All that begins with the name and a plus: ',' is the character after '+'.
  const { mailed, mailedDotted } = statementsOf(db)
  const sought = { cause, since: since.getTime() }
  if (isDotted(mailbox)) {
    // Dots may stand anywhere but in front, so that all of its spellings begin with the same letter.
    const [first = ''] = name
    return mailedDotted.get({ name, from: first, to: `${first}\u{10FFFF}`, ...sought }) !== undefined
  }
  return mailed.get({ mailbox, from: `${name}+`, to: `${name},`, host, ...sought }) !== undefined
}

export function isMailboxStopped(db: Database, addressHash: string): boolean {
  const same = eq(stoppedAddresses.addressHash, addressHash)
  return db.orm.select().from(stoppedAddresses).where(same).get() !== undefined
}

/** False where it was stopped already. */
export function insertStopped(db: Database, addressHash: string, at: Date): boolean {
  const row = { addressHash, at }
  return db.orm.insert(stoppedAddresses).values(row).onConflictDoNothing().run().changes === 1
}

/** False where it was not stopped. */
export function deleteStopped(db: Database, addressHash: string): boolean {
  const same = eq(stoppedAddresses.addressHash, addressHash)
  return db.orm.delete(stoppedAddresses).where(same).run().changes === 1
}

/** Two ranges of one index, for the mailbox itself and for what is written behind a plus. */
export const MAILED_SINCE = `
  select 1 from outbox
  where (recipient = @mailbox
      or (recipient >= @from and recipient < @to and substr(recipient, -length(@host)) = @host))
    and created_at > @since and substr(dedupe_key, 1, length(@cause)) = @cause and state <> 'suppressed'
  limit 1`

/** The same where dots count for nothing: what stands before the first plus or at sign is compared without. */
export const MAILED_SINCE_DOTTED = `
  select 1 from outbox
  where recipient >= @from and recipient < @to and created_at > @since
    and (recipient like '%@gmail.com' or recipient like '%@googlemail.com')
    and replace(substr(recipient, 1, instr(replace(recipient, '+', '@'), '@') - 1), '.', '') = @name
    and substr(dedupe_key, 1, length(@cause)) = @cause and state <> 'suppressed'
  limit 1`

const statementsOf = preparedOnce(({ sqlite }) => ({
  stopped: sqlite.prepare<[string]>('select 1 from stopped_addresses where address_hash = mailbox_hash(?)'),
  mailed: sqlite.prepare<Record<string, unknown>>(MAILED_SINCE),
  mailedDotted: sqlite.prepare<Record<string, unknown>>(MAILED_SINCE_DOTTED),
}))
