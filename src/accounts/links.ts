import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { deleteExpiredLinks, findUsableLink, markLinkUsed, replaceLink } from './link-store.ts'
import { type Account, findAccount } from './store.ts'

const LINK_HOURS = 24

type Deps = Pick<Portal, 'config' | 'db' | 'keyed' | 'now'>
type Purpose = Parameters<typeof findUsableLink>[1]

const hashOf = (deps: Deps, token: string) => deps.keyed.hash('single-use-link', token)

/** A link for choosing a password, valid once and for 24 hours. The account's older ones are void. */
export function makePasswordLink(deps: Deps, staffId: number): string {
  return `${deps.config.publicUrl}/staff/link/${makeToken(deps, 'choose_password', staffId)}`
}

/** A link to the first setup page, valid once and for 24 hours. Older ones are void. */
export function makeSetupLink(deps: Deps): string {
  return `${deps.config.publicUrl}/staff/setup/${makeToken(deps, 'first_administrator', null)}`
}

/** Whose password the link lets choose; undefined for used, expired, void and made-up links alike. */
export function accountOfLink(deps: Deps, token: string): Account | undefined {
  const link = findUsableLink(deps.db, 'choose_password', hashOf(deps, token), deps.now())
  const account = link?.staffId ? findAccount(deps.db, link.staffId) : undefined
  return account?.disabledAt === null ? account : undefined
}

export function isSetupLink(deps: Deps, token: string): boolean {
  return findUsableLink(deps.db, 'first_administrator', hashOf(deps, token), deps.now()) !== undefined
}

/** Spends the link, inside the transaction of what it is used for; false when it is spent already. */
export function spendLink(deps: Deps, purpose: Purpose, token: string): boolean {
  return markLinkUsed(deps.db, purpose, hashOf(deps, token), deps.now())
}

/** Removes links that have run out. */
export function sweepLinks(deps: Deps): void {
  deleteExpiredLinks(deps.db, deps.now())
}

function makeToken(deps: Deps, purpose: Purpose, staffId: number | null): string {
  const token = newToken()
  const expiresAt = new Date(deps.now().getTime() + LINK_HOURS * 3_600_000)
  replaceLink(deps.db, { tokenHash: hashOf(deps, token), purpose, staffId, expiresAt })
  return token
}
