import { createHash } from 'node:crypto'
import type { Clock } from '#platform/clock.ts'
import { newSecondFactor } from './second-factor.ts'

const KEPT_MINUTES = 30

/**
 * Secrets of authenticator apps that are being set up, between the page that shows one and the code that proves
 * it. In memory only, each bound to the staff session that it was shown to: nobody else's page can plant one.
 */
export interface PendingFactors {
  /** The secret to show, the same one as before while it is kept. */
  show(session: string): string
  /** The secret that was shown; undefined when it was too long ago, or the process began anew. */
  shown(session: string): string | undefined
  forget(session: string): void
}

export function openPendingFactors(now: Clock): PendingFactors {
  const pending = new Map<string, { secret: string; madeAt: number }>()
  const idOf = (session: string): string => createHash('sha256').update(session).digest('hex')
  const dropOld = (): void => {
    const oldest = now().getTime() - KEPT_MINUTES * 60_000
    for (const [id, { madeAt }] of pending) if (madeAt <= oldest) pending.delete(id)
  }
  return {
    show(session) {
      dropOld()
      const known = pending.get(idOf(session))
      if (known) return known.secret
      const secret = newSecondFactor()
      pending.set(idOf(session), { secret, madeAt: now().getTime() })
      return secret
    },
    shown(session) {
      dropOld()
      return pending.get(idOf(session))?.secret
    },
    forget: (session) => {
      pending.delete(idOf(session))
    },
  }
}
