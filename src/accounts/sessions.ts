import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import {
  deleteSession,
  deleteSessionsOf,
  deleteStaleSessions,
  findSessionRow,
  insertSession,
  touchSession,
} from './session-store.ts'
import { type Account, findAccount } from './store.ts'

const MINUTE = 60_000
/** Without a click for so long, a session ends: desks of an office are shared. */
export const IDLE_MINUTES = 60
/** However busy, a working day is enough. */
export const LONGEST_HOURS = 12

type Deps = Pick<Portal, 'db' | 'keyed' | 'now'>

// Exact lookup by keyed hash: a shortened, padded or re-cased token finds nothing.
const hashOf = (deps: Deps, token: string) => deps.keyed.hash('staff-session', token)

/** Starts a session under a fresh token; only its keyed hash is stored. */
export function startSession(deps: Deps, staffId: number): string {
  const token = newToken()
  const now = deps.now()
  insertSession(deps.db, { tokenHash: hashOf(deps, token), staffId, createdAt: now, seenAt: now })
  return token
}

/** The person whose live session this is, as the account stands now: rights taken away are gone at once. */
export function findSignedIn(deps: Deps, token: string): Account | undefined {
  const tokenHash = hashOf(deps, token)
  const session = findSessionRow(deps.db, tokenHash)
  if (!session) return undefined
  const now = deps.now()
  const { seenBefore, createdBefore } = staleBefore(now)
  if (session.seenAt <= seenBefore || session.createdAt <= createdBefore) {
    deleteSession(deps.db, tokenHash)
    return undefined
  }
  const account = findAccount(deps.db, session.staffId)
  if (!account || account.disabledAt) return undefined
  // Once a minute is exact enough, and spares the disk a write per click.
  if (now.getTime() - session.seenAt.getTime() >= MINUTE) touchSession(deps.db, tokenHash, now)
  return account
}

export function endSession(deps: Deps, token: string): void {
  deleteSession(deps.db, hashOf(deps, token))
}

export function endSessionsOf(deps: Deps, staffId: number): void {
  deleteSessionsOf(deps.db, staffId)
}

/** Removes rows of sessions that can no longer be used. */
export function sweepSessions(deps: Deps): void {
  const { seenBefore, createdBefore } = staleBefore(deps.now())
  deleteStaleSessions(deps.db, seenBefore, createdBefore)
}

function staleBefore(now: Date): { seenBefore: Date; createdBefore: Date } {
  return {
    seenBefore: new Date(now.getTime() - IDLE_MINUTES * MINUTE),
    createdBefore: new Date(now.getTime() - LONGEST_HOURS * 60 * MINUTE),
  }
}
