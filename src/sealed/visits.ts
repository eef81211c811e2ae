import { createHash, randomBytes } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'
import { decrypt, encrypt, type KeyPair } from './crypto/sodium.ts'

export const VISIT_IDLE_MINUTES = 15
export const VISIT_MOST_MINUTES = 60

/** A mailbox that was opened with its receipt. */
export interface Visit {
  reportId: string
  /** Opens what officers wrote; never the report itself. */
  keys: KeyPair
}

/**
 * Open mailboxes, in memory only. The key lies there encrypted under the token that the browser holds, so that
 * a look into the memory of an idle process opens none.
 */
export interface Visits {
  begin(visit: Visit): string
  of(token: string): Visit | undefined
  end(token: string): void
  /** Ends all: the process stops. */
  close(): void
}

interface Kept {
  reportId: string
  publicKey: Uint8Array
  secretKey: Buffer
  beganAt: number
  usedAt: number
}

export function openVisits(now: Clock): Visits {
  const kept = new Map<string, Kept>()
  const idOf = (token: string): string => createHash('sha256').update(`id\0${token}`).digest('hex')
  const keyOf = (token: string): Buffer => createHash('sha256').update(`key\0${token}`).digest()
  const dropOld = (): void => {
    const at = now().getTime()
    for (const [id, { beganAt, usedAt }] of kept) {
      const isIdle = at - usedAt >= VISIT_IDLE_MINUTES * 60_000
      if (isIdle || at - beganAt >= VISIT_MOST_MINUTES * 60_000) kept.delete(id)
    }
  }
  const timer = setInterval(dropOld, 30_000)
  timer.unref()

  return {
    begin({ reportId, keys }) {
      dropOld()
      const token = randomBytes(32).toString('base64url')
      const at = now().getTime()
      const secretKey = encrypt(keyOf(token), keys.secretKey, 'visit|v1')
      kept.set(idOf(token), { reportId, publicKey: keys.publicKey, secretKey, beganAt: at, usedAt: at })
      return token
    },
    of(token) {
      dropOld()
      const found = kept.get(idOf(token))
      if (!found) return undefined
      found.usedAt = now().getTime()
      const secretKey = decrypt(keyOf(token), found.secretKey, 'visit|v1')
      return { reportId: found.reportId, keys: { publicKey: found.publicKey, secretKey } }
    },
    end: (token) => {
      kept.delete(idOf(token))
    },
    close() {
      clearInterval(timer)
      kept.clear()
    },
  }
}
