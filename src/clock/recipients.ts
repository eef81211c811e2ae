import { type Account, listAccounts } from '#accounts/store.ts'
import { viewerFor } from '#accounts/viewer.ts'
import type { NoticeAudience } from '#domain/clock-schedule.ts'
import { type CaseFacts, maySeeCase, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'

/** Somebody of the office who can be reminded. */
export interface Person {
  id: number
  email: string | null
  viewer: Viewer
}

/** Whom a notice goes to, each person once, with what is to be told besides. */
export interface Addressed {
  person: Person
  /** Why it comes to this person, where it was meant for another. */
  instead: string | null
}

/** Everybody who is there, read once for many notices. */
export function peopleOf(portal: Pick<Portal, 'db' | 'settings'>): Person[] {
  return listAccounts(portal.db)
    .filter(({ disabledAt }) => disabledAt === null)
    .map((account: Account) => ({
      id: account.id,
      email: account.email || null,
      viewer: viewerFor(portal, account),
    }))
}

/**
 * The people behind the audiences of a notice. Where one has nobody, or nobody who may see this case, the
 * notice falls to the unit's head and then to the working group, and says so: a case without an officer must
 * not be a case that nobody hears of.
 */
export function recipientsFor(
  portal: Pick<Portal, 'settings'>,
  people: readonly Person[],
  row: CaseFacts,
  audiences: readonly NoticeAudience[],
): Addressed[] {
  const mayKnow = people.filter(({ viewer }) => maySeeCase(viewer, row))
  const found = new Map<number, Addressed>()
  const add = (persons: readonly Person[], instead: string | null) => {
    for (const person of persons) if (!found.has(person.id)) found.set(person.id, { person, instead })
  }
  const missing = new Map<NoticeAudience, string>()
  for (const audience of audiences) {
    const persons = membersOf(mayKnow, row, audience)
    add(persons, null)
    if (persons.length === 0) missing.set(audience, missingText(portal, row, audience))
  }
  if (missing.size === 0) return [...found.values()]
  const why = [...missing.values()].join(' และ')
  // An officer who is missing has a head; a head who is missing has the working group above.
  const isHeadThere = audiences.includes('unit_head') && !missing.has('unit_head')
  if (isHeadThere) return [...found.values()].map((to) => ({ ...to, instead: why }))
  add(standIns(mayKnow, row), why)
  return [...found.values()]
}

function standIns(mayKnow: readonly Person[], row: CaseFacts): readonly Person[] {
  for (const audience of ['working_group', 'executive', 'centre'] as const) {
    const persons = membersOf(mayKnow, row, audience)
    if (persons.length > 0) return persons
  }
  return []
}

function membersOf(people: readonly Person[], row: CaseFacts, audience: NoticeAudience): Person[] {
  const has = (person: Person, role: Viewer['roles'][number]) => person.viewer.roles.includes(role)
  switch (audience) {
    case 'officer':
      return people.filter(({ id }) => id === row.officerId)
    case 'unit_head': {
      // Until a unit has the case it is the complaint centre's.
      const inUnit = (person: Person) =>
        row.unitId === null ? person.viewer.isCentre : person.viewer.unitId === row.unitId
      return people.filter((person) => has(person, 'unit_head') && inUnit(person))
    }
    case 'centre':
      return people.filter(
        (person) => person.viewer.isCentre && (has(person, 'officer') || has(person, 'unit_head')),
      )
    case 'working_group':
    case 'executive':
      return people.filter((person) => has(person, audience))
  }
}

function missingText(
  { settings }: Pick<Portal, 'settings'>,
  row: CaseFacts,
  audience: NoticeAudience,
): string {
  const unit = settings.unit(row.unitId)?.name ?? 'ศูนย์รับเรื่อง'
  switch (audience) {
    case 'officer':
      return 'เรื่องนี้ยังไม่มีเจ้าหน้าที่ผู้รับผิดชอบ'
    case 'unit_head':
      return `${unit}ยังไม่มีหัวหน้าหน่วยงานในระบบ`
    case 'centre':
      return 'ศูนย์รับเรื่องยังไม่มีเจ้าหน้าที่ที่ดูเรื่องนี้ได้'
    case 'working_group':
      return 'ยังไม่มีคณะทำงานในระบบ'
    case 'executive':
      return 'ยังไม่มีผู้บริหารในระบบ'
  }
}
