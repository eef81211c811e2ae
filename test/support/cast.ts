import { insertAccount, writePasswordHash } from '#accounts/store.ts'
import type { Role } from '#domain/permissions.ts'
import { hashPassword } from '#platform/passwords.ts'
import type { Portal } from '#settings/portal.ts'

/** Everybody's password in tests. */
export const PASSWORD = 'ไก่แจ้ขันเจ็ดโมงใต้ต้นมะขาม'

interface Member {
  displayName: string
  /** The unit's name; null for people of no unit. */
  unit: string | null
  roles: Role[]
}

/** The people of the tests. สำนักปลัด is the complaint centre. */
const MEMBERS = {
  admin: { displayName: 'อารีย์ ดูแลระบบ', unit: null, roles: ['administrator'] },
  nid: { displayName: 'นิด รับเรื่อง', unit: 'สำนักปลัด', roles: ['officer'] },
  dao: { displayName: 'ดาว หัวหน้าศูนย์', unit: 'สำนักปลัด', roles: ['unit_head'] },
  chai: { displayName: 'ชัย ช่างโยธา', unit: 'กองช่าง', roles: ['officer'] },
  malee: { displayName: 'มาลี ผู้อำนวยการกองช่าง', unit: 'กองช่าง', roles: ['unit_head'] },
  somsri: { displayName: 'สมศรี สาธารณสุข', unit: 'กองสาธารณสุขและสิ่งแวดล้อม', roles: ['officer'] },
  wit: { displayName: 'วิทย์ คณะทำงาน', unit: null, roles: ['working_group'] },
  nayok: { displayName: 'นายกสมหมาย', unit: null, roles: ['executive'] },
} satisfies Record<string, Member>

export type MemberName = keyof typeof MEMBERS

export interface CastMember {
  id: number
  username: MemberName
  displayName: string
  unitId: number | null
  roles: readonly Role[]
}

export type Cast = Record<MemberName, CastMember>

const names = Object.keys(MEMBERS) as MemberName[]

let passwordHash: Promise<string> | undefined

export async function seedCast(portal: Portal): Promise<void> {
  passwordHash ??= hashPassword(PASSWORD)
  const hash = await passwordHash
  portal.db.inTransaction(() => {
    for (const username of names) {
      const { unit, displayName, roles } = MEMBERS[username]
      const fields = { username, displayName, roles: [...roles], post: '', email: null }
      const id = insertAccount(portal.db, { ...fields, unitId: unitIdOf(portal, unit) }, portal.now())
      writePasswordHash(portal.db, id, hash)
    }
  })
}

export function readCast(portal: Portal): Cast {
  const idOf = portal.db.sqlite.prepare<[string], { id: number }>('select id from staff where username = ?')
  const members = names.map((username) => {
    const { unit, displayName, roles } = MEMBERS[username]
    const id = idOf.get(username)?.id ?? 0
    return [username, { id, username, displayName, roles, unitId: unitIdOf(portal, unit) }]
  })
  return Object.fromEntries(members)
}

function unitIdOf(portal: Portal, name: string | null): number | null {
  if (name === null) return null
  const unit = portal.settings.units().find((candidate) => candidate.name === name)
  if (!unit) throw new Error(`no unit ${name}`)
  return unit.id
}
