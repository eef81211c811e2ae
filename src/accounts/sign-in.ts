import { recordChange } from '#audit/record.ts'
import { verifyNobody, verifyPassword } from '#platform/passwords.ts'
import type { Portal } from '#settings/portal.ts'
import { forgetFailures, type Limit, networkOf, takeAttempt, takeBackFailure } from '#web/throttle.ts'
import { staffActor } from './actor.ts'
import { startSession } from './sessions.ts'
import { type Account, findAccountNamed, passwordHashOf } from './store.ts'

type Deps = Pick<Portal, 'db' | 'keyed' | 'now'>

export type SignInResult = { account: Account; token: string } | { wrong: true } | { minutes: number }

const WINDOW_MINUTES = 15

function accountLimit(username: string): Limit {
  return { scope: 'sign-in:account', key: username, most: 5, windowMinutes: WINDOW_MINUTES }
}

/** Higher than the account's: a whole office may share one address. */
function addressLimit(address: string): Limit {
  return { scope: 'sign-in:address', key: networkOf(address), most: 30, windowMinutes: WINDOW_MINUTES }
}

/**
 * Signs a person in. Unknown, disabled and wrong are one answer in one time. The attempt is counted before
 * the password is checked, so that a hundred guesses side by side are still five.
 */
export async function signIn(
  deps: Deps,
  attempt: { username: string; password: string; address: string },
): Promise<SignInResult> {
  const username = attempt.username.trim().toLowerCase()
  const ofAccount = accountLimit(username)
  const ofAddress = addressLimit(attempt.address)
  const minutes = takeAttempt(deps, [ofAccount, ofAddress])
  if (minutes > 0) return { minutes }
  const account = await verifiedAccount(deps, username, attempt.password)
  if (!account) return { wrong: true }
  return deps.db.inTransaction(() => {
    forgetFailures(deps, ofAccount)
    takeBackFailure(deps, ofAddress)
    const token = startSession(deps, account.id)
    recordChange(deps.db, {
      at: deps.now(),
      actor: staffActor(account),
      action: 'account.sign_in',
      subject: `account:${account.id}`,
    })
    return { account, token }
  })
}

/** Whoever was given a new password may use it at once. */
export function forgetWrongSignIns(deps: Deps, username: string): void {
  forgetFailures(deps, accountLimit(username))
}

/** @returns undefined after the same time whether the name, the password or the account was at fault */
async function verifiedAccount(deps: Deps, username: string, password: string): Promise<Account | undefined> {
  const account = findAccountNamed(deps.db, username)
  const stored = account ? passwordHashOf(deps.db, account.id) : null
  const isRight = stored === null ? await verifyNobody(password) : await verifyPassword(stored, password)
  if (!account || !isRight) return undefined
  // Read again: somebody may have disabled the account while the password was being checked.
  const current = findAccountNamed(deps.db, username)
  return current && current.disabledAt === null ? current : undefined
}
