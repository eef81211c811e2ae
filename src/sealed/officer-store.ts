import { and, eq, isNull } from 'drizzle-orm'
import type { Involvement } from '#domain/sealed-status.ts'
import type { Database } from '#platform/database.ts'
import { contactKeys, officers, reportKeys } from './tables.ts'

export type Officer = typeof officers.$inferSelect

/** An officer who gets a key of every report that does not concern this person. */
export type ActiveOfficer = Officer & { publicKey: Buffer; grantedAt: Date }

/** Everybody who is named now, in the order of naming; who was removed is not among them. */
export function listOfficers(db: Database): Officer[] {
  return db.orm.select().from(officers).where(isNull(officers.removedAt)).orderBy(officers.namedAt).all()
}

/** With those removed. */
export function listAllOfficers(db: Database): Officer[] {
  return db.orm.select().from(officers).orderBy(officers.namedAt).all()
}

/** Every time that the person of this account was named, until now. */
export function listNamings(db: Database, accountId: number): Officer[] {
  return listAllOfficers(db).filter((officer) => officer.accountId === accountId)
}

export function listActiveOfficers(db: Database): ActiveOfficer[] {
  return listOfficers(db).filter(
    (officer): officer is ActiveOfficer => officer.publicKey !== null && officer.grantedAt !== null,
  )
}

/** The officer who signs in with this account; nobody else is one. */
export function findOfficerOfAccount(db: Database, accountId: number): Officer | undefined {
  return db.orm
    .select()
    .from(officers)
    .where(and(eq(officers.accountId, accountId), isNull(officers.removedAt)))
    .get()
}

export function findOfficer(db: Database, id: string): Officer | undefined {
  return db.orm
    .select()
    .from(officers)
    .where(and(eq(officers.id, id), isNull(officers.removedAt)))
    .get()
}

export function insertOfficer(db: Database, officer: typeof officers.$inferInsert): void {
  db.orm.insert(officers).values(officer).run()
}

export function changeOfficer(db: Database, id: string, change: Partial<Officer>): void {
  db.orm.update(officers).set(change).where(eq(officers.id, id)).run()
}

/**
 * Marks a time step of the second factor as used.
 * @returns false when it, or a later one, was used before: the code is being replayed
 */
export function useStep(db: Database, id: string, step: number): boolean {
  return (
    db.sqlite.prepare('update officers set last_step = ? where id = ? and last_step < ?').run(step, id, step)
      .changes === 1
  )
}

/** The officer's keys are gone from this database at once: vault, and every share in reports and contacts. */
export function dropKeysOf(db: Database, id: string): void {
  db.orm.delete(reportKeys).where(eq(reportKeys.holder, id)).run()
  db.orm.delete(contactKeys).where(eq(contactKeys.holder, id)).run()
  changeOfficer(db, id, { publicKey: null, vaultSalt: null, vault: null, grantedAt: null })
}

/** What of an officer a report can concern. */
export function involvementsOf(officer: Officer): Involvement[] {
  const involved: Involvement[] = []
  if (officer.isReceiving) involved.push('receiving')
  if (officer.isSuperior) involved.push('superior')
  if (officer.isChief) involved.push('chief')
  return involved
}
