import { recordChange } from '#audit/record.ts'
import { AppError } from '#domain/errors.ts'
import { hashPassword, verifyPassword } from '#platform/passwords.ts'
import type { Portal } from '#settings/portal.ts'
import { type FieldErrors, type Fields, typed } from '#web/forms.ts'
import { forgetFailures, type Limit, takeAttempt } from '#web/throttle.ts'
import { staffActor } from './actor.ts'
import { voidLinks } from './link-store.ts'
import { accountOfLink, spendLink } from './links.ts'
import { passwordProblem } from './password-rules.ts'
import { endSessionsOf, startSession } from './sessions.ts'
import { forgetWrongSignIns } from './sign-in.ts'
import { type Account, passwordHashOf, writePasswordHash } from './store.ts'

const NEW_PASSWORD = ['newPassword', 'newPasswordAgain'] as const

/** The password typed twice as `newPassword` and `newPasswordAgain`, or what is wrong with it. */
export async function readNewPassword(
  portal: Pick<Portal, 'office' | 'settings'>,
  fields: Fields,
  person: Pick<Account, 'username' | 'displayName' | 'unitId'>,
): Promise<{ password: string } | { errors: FieldErrors }> {
  const { newPassword, newPasswordAgain } = typed(fields, NEW_PASSWORD)
  const problem = await passwordProblem(newPassword, ownWords(portal, person))
  if (problem) return { errors: { newPassword: problem } }
  if (newPassword !== newPasswordAgain) {
    return { errors: { newPasswordAgain: 'รหัสผ่านที่กรอกสองครั้งไม่ตรงกัน กรุณากรอกใหม่ทั้งสองช่อง' } }
  }
  return { password: newPassword }
}

/**
 * Sets the password that the holder of a link chose and signs them in; everybody else who was signed in to
 * the account is out.
 * @returns the session's token; undefined when the link was spent in the meantime
 */
export async function choosePassword(
  portal: Portal,
  account: Account,
  token: string,
  password: string,
): Promise<string | undefined> {
  const hash = await hashPassword(password)
  return portal.db.inTransaction(() => {
    if (!accountOfLink(portal, token) || !spendLink(portal, 'choose_password', token)) return undefined
    forgetWrongSignIns(portal, account.username)
    return replacePassword(portal, account, hash, 'account.choose_password')
  })
}

/**
 * Changes the own password, for who knows the old one; every other session of the account ends.
 * @returns the new session's token, or what is wrong with the old password
 */
export async function changeOwnPassword(
  portal: Portal,
  account: Account,
  oldPassword: string,
  password: string,
): Promise<{ token: string } | { error: string }> {
  const limit: Limit = { scope: 'old-password', key: String(account.id), most: 5, windowMinutes: 15 }
  const minutes = takeAttempt(portal, [limit])
  if (minutes > 0) return { error: `กรอกรหัสผ่านเดิมผิดหลายครั้ง กรุณารอ ${minutes} นาที` }
  const stored = passwordHashOf(portal.db, account.id)
  if (stored === null || !(await verifyPassword(stored, oldPassword))) {
    return { error: 'รหัสผ่านปัจจุบันไม่ถูกต้อง' }
  }
  const hash = await hashPassword(password)
  return portal.db.inTransaction(() => {
    // A link may have set another password while this one was being checked.
    if (passwordHashOf(portal.db, account.id) !== stored) throw new AppError('conflict', 'password_changed')
    forgetFailures(portal, limit)
    return { token: replacePassword(portal, account, hash, 'account.change_password') }
  })
}

function replacePassword(portal: Portal, account: Account, hash: string, action: string): string {
  const { db } = portal
  writePasswordHash(db, account.id, hash)
  endSessionsOf(portal, account.id)
  voidLinks(db, 'choose_password', account.id)
  recordChange(db, { at: portal.now(), actor: staffActor(account), action, subject: `account:${account.id}` })
  return startSession(portal, account.id)
}

function ownWords(
  { office, settings }: Pick<Portal, 'office' | 'settings'>,
  { username, displayName, unitId }: Pick<Account, 'username' | 'displayName' | 'unitId'>,
): string[] {
  const { orgName, orgNameEn, orgShort, orgShortEn, centreName } = office()
  const unit = settings.unit(unitId)
  const names = [username, displayName, orgName, orgNameEn, orgShort, orgShortEn, centreName]
  return unit ? [...names, unit.name, unit.nameEn] : names
}
