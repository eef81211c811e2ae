import { isIPv6 } from 'node:net'
import { and, eq, lte, sql } from 'drizzle-orm'
import { preparedOnce } from '#platform/statements.ts'
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
    const row = statementsOf(deps.db).find.get({ scope: limit.scope, key: keyOf(deps, limit) })
    if (row && row.failures >= limit.most && row.windowEndsAt > now) {
      wait = Math.max(wait, Math.ceil((row.windowEndsAt.getTime() - now.getTime()) / 60_000))
    }
  }
  return wait
}

/** Counts one failure against each limit; a window begins with its first failure. */
export function countFailure(deps: Deps, limits: readonly Limit[]): void {
  const now = deps.now().getTime()
  deps.db.inTransaction(() => {
    for (const limit of limits) {
      const windowEndsAt = now + limit.windowMinutes * 60_000
      statementsOf(deps.db).count.run({ scope: limit.scope, key: keyOf(deps, limit), now, windowEndsAt })
    }
  })
}

/** Takes one attempt of each limit, or tells how many minutes there is none left. */
export function takeAttempt(deps: Deps, limits: readonly Limit[]): number {
  return deps.db.inTransaction(() => {
    const minutes = minutesToWait(deps, limits)
    if (minutes === 0) countFailure(deps, limits)
    return minutes
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

const statementsOf = preparedOnce(({ orm, sqlite }) => ({
  find: orm
    .select()
    .from(attempts)
    .where(and(eq(attempts.scope, sql.placeholder('scope')), eq(attempts.key, sql.placeholder('key'))))
    .prepare(),
  count: sqlite.prepare(
    `insert into attempts (scope, key, failures, window_ends_at) values (@scope, @key, 1, @windowEndsAt)
     on conflict (scope, key) do update set
       failures = case when window_ends_at <= @now then 1 else failures + 1 end,
       window_ends_at = case when window_ends_at <= @now then @windowEndsAt else window_ends_at end`,
  ),
}))
