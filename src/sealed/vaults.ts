import { createHash } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'
import { type KeyPair, wipe } from './crypto/sodium.ts'

/** Minutes without a request after which a vault locks itself. */
export const VAULT_IDLE_MINUTES = 10

/** An officer at work: the key that opens what was sealed to this person. */
export interface OpenVault {
  officerId: string
  keys: KeyPair
}

/** Officers' keys, in memory only, each bound to the staff session that unlocked it. */
export interface Vaults {
  unlock(session: string, vault: OpenVault): void
  /** The vault of this session, which is being used now; undefined when it is locked. */
  of(session: string): OpenVault | undefined
  lock(session: string): void
  /** Locks every vault of an officer: removed, or with a new passphrase. */
  lockOfficer(officerId: string): void
  /** Locks all: the process stops. */
  close(): void
}

export function openVaults(now: Clock): Vaults {
  const open = new Map<string, OpenVault & { usedAt: number }>()
  const idOf = (session: string): string => createHash('sha256').update(session).digest('hex')
  const drop = (id: string): void => {
    const vault = open.get(id)
    if (vault) wipe(vault.keys.secretKey)
    open.delete(id)
  }
  const isIdle = (usedAt: number): boolean => now().getTime() - usedAt >= VAULT_IDLE_MINUTES * 60_000
  const dropIdle = (): void => {
    for (const [id, { usedAt }] of open) if (isIdle(usedAt)) drop(id)
  }
  // A key that nobody uses leaves the memory, also when no request comes any more.
  const timer = setInterval(dropIdle, 30_000)
  timer.unref()

  return {
    unlock(session, vault) {
      dropIdle()
      open.set(idOf(session), { ...vault, usedAt: now().getTime() })
    },
    of(session) {
      dropIdle()
      const vault = open.get(idOf(session))
      if (vault) vault.usedAt = now().getTime()
      return vault
    },
    lock: (session) => drop(idOf(session)),
    lockOfficer(officerId) {
      for (const [id, vault] of open) if (vault.officerId === officerId) drop(id)
    },
    close() {
      clearInterval(timer)
      for (const id of open.keys()) drop(id)
    },
  }
}
