import { recordChange } from '#audit/record.ts'
import { AppError } from '#domain/errors.ts'
import { hashPassword } from '#platform/passwords.ts'
import type { Portal } from '#settings/portal.ts'
import { fieldErrors } from '#web/forms.ts'
import { staffActor } from './actor.ts'
import { FirstAdministratorForm } from './forms.ts'
import { isSetupLink, makePasswordLink, makeSetupLink, spendLink } from './links.ts'
import { startSession } from './sessions.ts'
import { findAccountNamed, hasUsableAdministrator, insertAccount, writePasswordHash } from './store.ts'

type Deps = Pick<Portal, 'config' | 'db' | 'keyed' | 'now'>

/**
 * The link that makes the first administrator, or undefined once somebody can sign in as one. Each call
 * makes a fresh link and voids the older ones, so that a link in an old log opens nothing.
 */
export function firstAdministratorLink(portal: Deps): string | undefined {
  return portal.db.inTransaction(() =>
    hasUsableAdministrator(portal.db) ? undefined : makeSetupLink(portal),
  )
}

/** Whether this link still makes the first administrator. */
export function mayCreateFirst(portal: Deps, token: string): boolean {
  return isSetupLink(portal, token) && !hasUsableAdministrator(portal.db)
}

/**
 * Makes the first administrator with a chosen password and signs them in.
 * @returns the session's token; undefined when the link was spent, or an administrator made, meanwhile
 */
export async function createFirstAdministrator(
  portal: Deps,
  token: string,
  person: { username: string; displayName: string; password: string },
): Promise<string | undefined> {
  const hash = await hashPassword(person.password)
  return portal.db.inTransaction(() => {
    if (!mayCreateFirst(portal, token) || !spendLink(portal, 'first_administrator', token)) return undefined
    const { username, displayName } = person
    const id = insertAdministrator(portal, username, displayName)
    writePasswordHash(portal.db, id, hash)
    recordChange(portal.db, {
      at: portal.now(),
      actor: staffActor({ id, displayName }),
      action: 'account.first_administrator',
      subject: `account:${id}`,
      after: { username, displayName, roles: ['administrator'] },
    })
    return startSession(portal, id)
  })
}

/**
 * Makes an administrator from the command line, also where all others have lost their passwords.
 * @returns the link for choosing the password, valid once and for 24 hours
 * @throws AppError conflict when the user name is taken, bad_request when a name cannot be used (details)
 */
export function createAdministrator(
  portal: Deps,
  person: { username: string; displayName: string },
): { link: string } {
  const { username, displayName } = readPerson(person)
  return portal.db.inTransaction(() => {
    if (findAccountNamed(portal.db, username)) throw new AppError('conflict', 'username_taken', { username })
    const id = insertAdministrator(portal, username, displayName)
    recordChange(portal.db, {
      at: portal.now(),
      actor: { kind: 'system', name: 'คำสั่ง create-admin' },
      action: 'account.create',
      subject: `account:${id}`,
      after: { username, displayName, roles: ['administrator'] },
    })
    return { link: makePasswordLink(portal, id) }
  })
}

function readPerson(person: { username: string; displayName: string }): typeof person {
  const form = FirstAdministratorForm.safeParse(person)
  if (form.success) return form.data
  throw new AppError('bad_request', 'administrator', fieldErrors(form.error))
}

function insertAdministrator(portal: Deps, username: string, displayName: string): number {
  const fields = { username, displayName, post: '', email: null, unitId: null }
  return insertAccount(portal.db, { ...fields, roles: ['administrator'] }, portal.now())
}
