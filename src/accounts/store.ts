import { and, asc, count, eq, isNotNull, isNull, ne, type SQL } from 'drizzle-orm'
import { ROLES, type Role } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'
import { staff, staffRoles } from './tables.ts'

/** An account as the portal handles it; the password's hash stays in this file. */
export interface Account {
  id: number
  username: string
  displayName: string
  post: string
  email: string | null
  unitId: number | null
  disabledAt: Date | null
  createdAt: Date
  /** False until the person has chosen a password through a link. */
  hasPassword: boolean
  roles: Role[]
}

/** What an administrator decides about an account. */
export type AccountFields = Pick<Account, 'displayName' | 'post' | 'email' | 'unitId' | 'roles'>

export type NewAccount = AccountFields & Pick<Account, 'username'>

export function insertAccount(db: Database, { roles, ...fields }: NewAccount, at: Date): number {
  return db.inTransaction(() => {
    const values = { ...fields, createdAt: at }
    const { id } = db.orm.insert(staff).values(values).returning({ id: staff.id }).get()
    writeRoles(db, id, roles)
    return id
  })
}

export function updateAccount(db: Database, id: number, { roles, ...fields }: AccountFields): void {
  db.inTransaction(() => {
    db.orm.update(staff).set(fields).where(eq(staff.id, id)).run()
    db.orm.delete(staffRoles).where(eq(staffRoles.staffId, id)).run()
    writeRoles(db, id, roles)
  })
}

export function writePasswordHash(db: Database, id: number, passwordHash: string): void {
  db.orm.update(staff).set({ passwordHash }).where(eq(staff.id, id)).run()
}

/** Changes nothing and answers false where somebody else did it before. */
export function disableAccount(db: Database, id: number, at: Date): boolean {
  const enabled = and(eq(staff.id, id), isNull(staff.disabledAt))
  return db.orm.update(staff).set({ disabledAt: at }).where(enabled).run().changes === 1
}

/** Changes nothing and answers false where somebody else did it before. */
export function enableAccount(db: Database, id: number): boolean {
  const disabled = and(eq(staff.id, id), isNotNull(staff.disabledAt))
  return db.orm.update(staff).set({ disabledAt: null }).where(disabled).run().changes === 1
}

export function findAccount(db: Database, id: number): Account | undefined {
  return readAccounts(db, eq(staff.id, id))[0]
}

export function findAccountNamed(db: Database, username: string): Account | undefined {
  return readAccounts(db, eq(staff.username, username))[0]
}

/** Everybody, those who left last. */
export function listAccounts(db: Database): Account[] {
  const accounts = readAccounts(db)
  const left = (account: Account) => (account.disabledAt ? 1 : 0)
  return accounts.sort((a, b) => left(a) - left(b))
}

/** The stored hash to verify a password against; null until one was chosen. */
export function passwordHashOf(db: Database, id: number): string | null {
  return db.orm.select({ hash: staff.passwordHash }).from(staff).where(eq(staff.id, id)).get()?.hash ?? null
}

/** Whether anybody (but `exceptId`) could sign in now as an administrator. */
export function hasUsableAdministrator(db: Database, exceptId = 0): boolean {
  const usable = and(
    eq(staffRoles.role, 'administrator'),
    isNull(staff.disabledAt),
    isNotNull(staff.passwordHash),
    ne(staff.id, exceptId),
  )
  const row = db.orm
    .select({ n: count() })
    .from(staff)
    .innerJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(usable)
    .get()
  return (row?.n ?? 0) > 0
}

function readAccounts(db: Database, where?: SQL): Account[] {
  const rows = db.orm
    .select()
    .from(staff)
    .leftJoin(staffRoles, eq(staffRoles.staffId, staff.id))
    .where(where)
    .orderBy(asc(staff.displayName), asc(staff.id))
    .all()
  const accounts = new Map<number, Account>()
  for (const { staff: row, staff_roles: held } of rows) {
    const { passwordHash, ...fields } = row
    const account = accounts.get(row.id) ?? { ...fields, hasPassword: passwordHash !== null, roles: [] }
    if (held) account.roles.push(held.role)
    accounts.set(row.id, account)
  }
  const inOrder = (held: readonly Role[]) => ROLES.filter((role) => held.includes(role))
  return [...accounts.values()].map((account) => ({ ...account, roles: inOrder(account.roles) }))
}

function writeRoles(db: Database, staffId: number, roles: readonly Role[]): void {
  for (const role of new Set(roles)) db.orm.insert(staffRoles).values({ staffId, role }).run()
}
