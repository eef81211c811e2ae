import type { FastifyReply, FastifyRequest } from 'fastify'
import { ROLES, type Role } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldErrors, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { AccountForm } from './forms.ts'
import { type Account, type AccountFields, findAccountNamed } from './store.ts'
import { ROLE_NAMES } from './viewer.ts'

const TEXTS = ['username', 'displayName', 'post', 'email', 'unitId'] as const

/** What stands in the form: as stored, or as typed. */
export interface AccountValues extends Record<(typeof TEXTS)[number], string> {
  roles: string[]
}

interface Choice {
  value: string
  text: string
  hint?: string
}

interface AccountPage {
  /** Null on the page for a new account. */
  account: { id: number; displayName: string; disabled: boolean; hasPassword: boolean } | null
  values: AccountValues
  units: Choice[]
  roles: Choice[]
  errors: FieldErrors
}

const accountPage = page<AccountPage>('admin/account', ['account', 'values', 'units', 'roles', 'errors'])

const ROLE_HINTS: Record<Role, string> = {
  officer: 'ดำเนินการเรื่องของหน่วยงานตนเอง หากอยู่ในหน่วยงานที่เป็นศูนย์รับเรื่อง จะเห็นทุกเรื่องและรับลงทะเบียน',
  unit_head: 'ดำเนินการและมอบหมายเรื่องในหน่วยงานตนเอง รวมถึงเรื่องร้องเรียนบุคลากร',
  working_group: 'ติดตามทุกเรื่อง ลงทะเบียน มอบหมาย และบันทึกภายใน',
  executive: 'อ่านทุกเรื่องและบันทึกภายใน',
  administrator: 'ตั้งค่าระบบและจัดการบัญชี แต่เปิดดูเรื่องร้องเรียนไม่ได้',
}

export const NO_VALUES: AccountValues = {
  username: '',
  displayName: '',
  post: '',
  email: '',
  unitId: '',
  roles: [],
}

export function valuesOf(account: Account): AccountValues {
  const { username, displayName, post, email, unitId, roles } = account
  return { username, displayName, post, email: email ?? '', unitId: String(unitId ?? ''), roles }
}

export function typedValues(fields: Fields): AccountValues {
  return { ...typed(fields, TEXTS), roles: fields.roles ?? [] }
}

/** Checks the form; a unit counts when it is in use, or is the person's already. */
export function readAccountForm(
  portal: Portal,
  fields: Fields,
  account: Account | undefined,
): { value: AccountFields } | { errors: FieldErrors } {
  const form = AccountForm.safeParse({ ...single(fields), roles: fields.roles ?? [] })
  if (!form.success) return { errors: fieldErrors(form.error) }
  const { unitId } = form.data
  const known = unitId === null || choosableUnits(portal, account).some((unit) => unit.id === unitId)
  return known ? { value: form.data } : { errors: { unitId: 'ไม่พบหน่วยงานที่เลือก กรุณาเลือกใหม่' } }
}

/** What to say when somebody has this user name, whether or not they ever signed in. */
export function takenName(portal: Portal, username: string): FieldErrors {
  return findAccountNamed(portal.db, username) ? { username: 'มีผู้ใช้ชื่อนี้แล้ว กรุณาใช้ชื่ออื่น' } : {}
}

export function sendAccountPage(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Account | undefined,
  values: AccountValues,
  errors: FieldErrors = {},
): FastifyReply {
  const data: AccountPage = {
    account: account ? { ...account, disabled: account.disabledAt !== null } : null,
    values,
    units: choosableUnits(portal, account).map(({ id, name }) => ({ value: String(id), text: name })),
    roles: ROLES.map((role) => ({ value: role, text: ROLE_NAMES[role], hint: ROLE_HINTS[role] })),
    errors,
  }
  return sendPage(portal, request, reply, accountPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

function choosableUnits({ settings }: Portal, account: Account | undefined): { id: number; name: string }[] {
  const units = settings.units()
  const own = settings.unit(account?.unitId ?? null)
  return own && !units.some((unit) => unit.id === own.id) ? [...units, own] : units
}
