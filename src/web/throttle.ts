import { isIPv6 } from 'node:net'
import { and, eq, lte, sql } from 'drizzle-orm'
import type { WebPortal } from './portal.ts'
import { attempts } from './throttle-table.ts'

export interface Limit {
  /** What is limited, such as `track:case`. */
  scope: string
  /** Whatever identifies the target or caller; stored only as a keyed hash. */
  key: string
  /** Failures allowed per window. */
  most: number
  windowMinutes: number
}

type Deps = Pick<WebPortal, 'db' | 'keyed' | 'now'>

const keyOf = (deps: Deps, limit: Limit) => deps.keyed.hash(`throttle:${limit.scope}`, limit.key)

/**
 * The address as limits know it. With IPv6 every household has more addresses than anybody needs for
 * guessing, so that its whole network counts as one.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const embedded = /^::ffff:([\d.]+)$/i.exec(address)
  if (embedded) return embedded[1] ?? address
  const [before = '', after] = address.split('%', 1)[0]?.split('::') ?? []
  const groups = (part: string | undefined) => (part ? part.split(':') : [])
  const [head, tail] = [groups(before), groups(after)]
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}

/** Minutes to wait, or 0 when none of the limits is used up. Kept in the database: a restart forgives nothing. */
export function minutesToWait(deps: Deps, limits: readonly Limit[]): number {
  const now = deps.now()
  let wait = 0
  for (const limit of limits) {
    const row = deps.db.orm
      .select()
      .from(attempts)
      .where(and(eq(attempts.scope, limit.scope), eq(attempts.key, keyOf(deps, limit))))
      .get()
    if (row && row.failures >= limit.most && row.windowEndsAt > now) {
      wait = Math.max(wait, Math.ceil((row.windowEndsAt.getTime() - now.getTime()) / 60_000))
    }
  }
  return wait
}

/** Counts one failure against each limit; a window begins with its first failure. */
export function countFailure(deps: Deps, limits: readonly Limit[]): void {
  const now = deps.now()
  deps.db.inTransaction(() => {
    for (const limit of limits) {
      const windowEndsAt = new Date(now.getTime() + limit.windowMinutes * 60_000)
      deps.db.orm
        .insert(attempts)
        .values({ scope: limit.scope, key: keyOf(deps, limit), failures: 1, windowEndsAt })
        .onConflictDoUpdate({
          target: [attempts.scope, attempts.key],
          set: {
            failures: sql`case when ${attempts.windowEndsAt} <= ${now.getTime()} then 1 else ${attempts.failures} + 1 end`,
            windowEndsAt: sql`case when ${attempts.windowEndsAt} <= ${now.getTime()} then ${windowEndsAt.getTime()} else ${attempts.windowEndsAt} end`,
          },
        })
        .run()
    }
  })
}

export function forgetFailures(deps: Deps, limit: Limit): void {
  deps.db.orm
    .delete(attempts)
    .where(and(eq(attempts.scope, limit.scope), eq(attempts.key, keyOf(deps, limit))))
    .run()
}

/** Rows of windows that have passed say nothing any more. */
export function sweepAttempts(deps: Deps): void {
  deps.db.orm.delete(attempts).where(lte(attempts.windowEndsAt, deps.now())).run()
}

/**
 * Takes back one failure. Where an attempt is counted before it is known to be wrong (so that attempts side
 * by side cannot slip through), one that was right must not use up the limit of everybody at its address.
 */
export function takeBackFailure(deps: Deps, limit: Limit): void {
  deps.db.orm
    .update(attempts)
    .set({ failures: sql`max(${attempts.failures} - 1, 0)` })
    .where(and(eq(attempts.scope, limit.scope), eq(attempts.key, keyOf(deps, limit))))
    .run()
}
