import { recordChange } from '#audit/record.ts'
import { ROLES, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { viewerActor } from './actor.ts'
import { voidLinks } from './link-store.ts'
import { makePasswordLink } from './links.ts'
import { endSessionsOf } from './sessions.ts'
import {
  type Account,
  type AccountFields,
  disableAccount,
  enableAccount,
  findAccount,
  hasUsableAdministrator,
  insertAccount,
  type NewAccount,
  updateAccount,
} from './store.ts'

/** Why a change of an account is refused: nobody would be left who can change it back. */
export type Refusal = 'last_administrator'

/** @returns the link for choosing a password; it is stored nowhere and cannot be shown again */
export function createAccount(portal: Portal, viewer: Viewer, account: NewAccount): string {
  return portal.db.inTransaction(() => {
    const id = insertAccount(portal.db, account, portal.now())
    record(portal, viewer, 'account.create', id, undefined, account)
    return makePasswordLink(portal, id)
  })
}

export function changeAccount(
  portal: Portal,
  viewer: Viewer,
  account: Account,
  fields: AccountFields,
): Refusal | undefined {
  const { db } = portal
  return db.inTransaction(() => {
    const loses = account.roles.includes('administrator') && !fields.roles.includes('administrator')
    if (loses && isLastAdministrator(portal, account.id)) return 'last_administrator'
    const before = fieldsOfAccount(findAccount(db, account.id) ?? account)
    if (JSON.stringify(before) === JSON.stringify(fieldsOfAccount(fields))) return undefined
    updateAccount(db, account.id, fields)
    record(portal, viewer, 'account.change', account.id, before, fieldsOfAccount(fields))
    return undefined
  })
}

/** Everybody signed in to the account is out at once, and its links open nothing any more. */
export function disable(portal: Portal, viewer: Viewer, id: number): Refusal | undefined {
  const { db } = portal
  return db.inTransaction(() => {
    if (isLastAdministrator(portal, id)) return 'last_administrator'
    if (!disableAccount(db, id, portal.now())) return undefined
    endSessionsOf(portal, id)
    voidLinks(db, 'choose_password', id)
    record(portal, viewer, 'account.disable', id, { disabled: false }, { disabled: true })
    return undefined
  })
}

export function enable(portal: Portal, viewer: Viewer, id: number): void {
  portal.db.inTransaction(() => {
    if (!enableAccount(portal.db, id)) return
    record(portal, viewer, 'account.enable', id, { disabled: true }, { disabled: false })
  })
}

/** For somebody who forgot the password; the old one works until the new one is chosen. */
export function renewLink(portal: Portal, viewer: Viewer, id: number): string {
  return portal.db.inTransaction(() => {
    record(portal, viewer, 'account.password_link', id)
    return makePasswordLink(portal, id)
  })
}

function isLastAdministrator({ db }: Portal, id: number): boolean {
  return hasUsableAdministrator(db) && !hasUsableAdministrator(db, id)
}

function fieldsOfAccount({ displayName, post, email, unitId, roles }: AccountFields): AccountFields {
  return { displayName, post, email, unitId, roles: ROLES.filter((role) => roles.includes(role)) }
}

function record(
  portal: Portal,
  viewer: Viewer,
  action: string,
  id: number,
  before?: unknown,
  after?: unknown,
): void {
  const subject = `account:${id}`
  recordChange(portal.db, {
    at: portal.now(),
    actor: viewerActor(viewer),
    action,
    subject,
    before,
    after,
  })
}
