import { randomInt } from 'node:crypto'
import { choosePassword } from '#accounts/choose-password.ts'
import { createAdministrator } from '#accounts/first-administrator.ts'
import { createAccount } from '#accounts/manage.ts'
import { type Account, findAccountNamed } from '#accounts/store.ts'
import { viewerFor } from '#accounts/viewer.ts'
import type { Role, Viewer } from '#domain/permissions.ts'
import { DEFAULT_UNITS, type DefaultUnitKey } from '#settings/defaults.ts'
import type { Portal } from '#settings/portal.ts'
import type { DemoOfficer } from '../sealed-wiring.ts'

interface Member {
  username: string
  displayName: string
  post: string
  roles: Role[]
  unit: DefaultUnitKey | null
}

const ADMIN = { username: 'admin', displayName: 'สาธิต ดูแลระบบ' }

/** One account for each role and each unit that has cases. */
const MEMBERS: readonly Member[] = [
  member('centre', 'สมใจ ศูนย์สาธิต', 'เจ้าหน้าที่ศูนย์รับเรื่อง', 'officer', 'clerk'),
  member('centre-head', 'ดวงใจ หัวหน้าสาธิต', 'หัวหน้าสำนักปลัด', 'unit_head', 'clerk'),
  member('works', 'ชัยยศ ช่างสาธิต', 'นายช่างโยธา', 'officer', 'works'),
  member('works-head', 'มาลัย กองช่างสาธิต', 'ผู้อำนวยการกองช่าง', 'unit_head', 'works'),
  member('health', 'สมฤดี สาธารณสุขสาธิต', 'นักวิชาการสาธารณสุข', 'officer', 'health'),
  member('welfare', 'เมตตา สวัสดิการสาธิต', 'นักพัฒนาชุมชน', 'officer', 'welfare'),
  member('education', 'วิชา การศึกษาสาธิต', 'นักวิชาการศึกษา', 'officer', 'education'),
  member('finance', 'ละเอียด คลังสาธิต', 'นักวิชาการคลัง', 'officer', 'finance'),
  member('group', 'วิทย์ คณะทำงานสาธิต', 'คณะทำงาน', 'working_group', null),
  member('nayok', 'สมหมาย นายกสาธิต', 'นายกองค์การบริหารส่วนตำบล', 'executive', null),
]

export type Username = string

/** Everybody with the password that was chosen for them. */
export interface DemoAccount {
  username: Username
  displayName: string
  post: string
  password: string
}

/** Makes the accounts through the same links that a real office uses; each chooses a password of its own. */
export async function makeAccounts(portal: Portal): Promise<DemoAccount[]> {
  const { link } = createAdministrator(portal, ADMIN)
  const accounts = [await choose(portal, ADMIN.username, link, 'ผู้ดูแลระบบ')]
  const admin = viewerOf(portal, ADMIN.username)
  for (const { unit, ...fields } of MEMBERS) {
    const made = createAccount(portal, admin, { ...fields, email: null, unitId: unitIdOf(portal, unit) })
    accounts.push(await choose(portal, fields.username, made, fields.post))
  }
  return accounts
}

/** The officers of the confidential register, each with a passphrase of its own. */
export function sealedOfficers(portal: Portal): DemoOfficer[] {
  const named = [
    { username: 'centre', involvement: 'receiving' },
    { username: 'centre-head', involvement: 'superior' },
    { username: 'finance', involvement: null },
  ] as const
  return named.map(({ username, involvement }) => {
    const { id, displayName, post } = accountOf(portal, username)
    const passphrase = newPassword().replaceAll('-', ' ')
    return { accountId: id, username, displayName, post, involvement, passphrase }
  })
}

export function viewerOf(portal: Portal, username: Username): Viewer {
  return viewerFor(portal, accountOf(portal, username))
}

/** Who works on a case of the unit: its officer, and the head of the centre where officers may not look. */
export function officerOf(portal: Portal, unitId: number | null, restricted: boolean): Username {
  if (restricted) return 'centre-head'
  const unit = portal.settings.unit(unitId)
  const key = DEFAULT_UNITS.find(({ name }) => name === unit?.name)?.key
  const officer = MEMBERS.find((candidate) => candidate.unit === key && candidate.roles.includes('officer'))
  return officer?.username ?? 'centre'
}

async function choose(portal: Portal, username: string, link: string, post: string): Promise<DemoAccount> {
  const password = newPassword()
  const account = accountOf(portal, username)
  const token = link.slice(link.lastIndexOf('/') + 1)
  await choosePassword(portal, account, token, password)
  return { username, displayName: account.displayName, post, password }
}

function accountOf(portal: Portal, username: Username): Account {
  const account = findAccountNamed(portal.db, username)
  if (!account) throw new Error(`no account ${username}`)
  return account
}

// Without letters that look like others, for people who copy them from the screen: 80 bits.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

function newPassword(): string {
  const letters = Array.from({ length: 16 }, () => LETTERS[randomInt(LETTERS.length)])
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

function unitIdOf(portal: Portal, key: DefaultUnitKey | null): number | null {
  const name = DEFAULT_UNITS.find((unit) => unit.key === key)?.name
  return portal.settings.units().find((unit) => unit.name === name)?.id ?? null
}

function member(
  username: string,
  displayName: string,
  post: string,
  role: Role,
  unit: DefaultUnitKey | null,
): Member {
  return { username, displayName, post, roles: [role], unit }
}
