import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { insertRow } from '#platform/rows.ts'
import { preparedOnce } from '#platform/statements.ts'
import { letterDeliveries, letters } from './tables.ts'

export type Letter = typeof letters.$inferSelect
export type Delivery = typeof letterDeliveries.$inferSelect
export type NewLetter = Omit<typeof letters.$inferInsert, 'id' | 'publicId' | 'rev'>

export function insertLetter(db: Database, letter: NewLetter): number {
  return insertRow(db, letters, { ...letter, publicId: newToken() })
}

/** Compare-and-set on the state: false where the letter is no longer in it. */
export function updateLetter(
  db: Database,
  { id, state, rev }: Pick<Letter, 'id' | 'state' | 'rev'>,
  change: Partial<Omit<Letter, 'id' | 'publicId' | 'caseId' | 'rev'>>,
): boolean {
  const { changes } = db.orm
    .update(letters)
    .set({ ...change, rev: rev + 1 })
    .where(and(eq(letters.id, id), eq(letters.state, state), eq(letters.rev, rev)))
    .run()
  return changes === 1
}

/** It has reached the complainant; false where the letter is no longer as it was read. */
export function markSent(db: Database, { id, state, rev }: Pick<Letter, 'id' | 'state' | 'rev'>): boolean {
  return statementsOf(db).markSent.run(id, state, rev).changes === 1
}

export function letterById(db: Database, id: number): Letter | undefined {
  return statementsOf(db).byId.get({ id })
}

/** A letter of a case that was loaded through the viewer or the complainant's visit. */
export function findLetterOfCase(db: Database, caseId: number, publicId: string): Letter | undefined {
  return db.orm
    .select()
    .from(letters)
    .where(and(eq(letters.publicId, publicId), eq(letters.caseId, caseId)))
    .get()
}

/** Every letter of a case, oldest first. */
export function lettersOf(db: Database, caseId: number): Letter[] {
  return statementsOf(db).ofCase.all({ caseId })
}

/** What the complainant may read: letters that went out. */
export function issuedLettersOf(db: Database, caseId: number): Letter[] {
  return lettersOf(db, caseId).filter(({ state }) => state === 'issued' || state === 'sent')
}

/** The letter of this kind that is being written for the case, if any. */
export function openLetterOf(db: Database, caseId: number, kind: Letter['kind']): Letter | undefined {
  return db.orm
    .select()
    .from(letters)
    .where(
      and(eq(letters.caseId, caseId), eq(letters.kind, kind), inArray(letters.state, ['draft', 'waiting'])),
    )
    .get()
}

/** The case has ended: what was still being written about it is not sent any more. */
export function dropOpenLetters(db: Database, caseId: number): void {
  db.orm
    .update(letters)
    .set({ state: 'dropped' })
    .where(and(eq(letters.caseId, caseId), inArray(letters.state, ['draft', 'waiting'])))
    .run()
}

export function insertDelivery(db: Database, delivery: typeof letterDeliveries.$inferInsert): number {
  return insertRow(db, letterDeliveries, delivery)
}

export function deliveriesOf(db: Database, letterIds: readonly number[]): Delivery[] {
  if (letterIds.length === 0) return []
  return db.orm
    .select()
    .from(letterDeliveries)
    .where(inArray(letterDeliveries.letterId, [...letterIds]))
    .orderBy(asc(letterDeliveries.id))
    .all()
}

const statementsOf = preparedOnce(({ orm, sqlite }) => ({
  ofCase: orm
    .select()
    .from(letters)
    .where(eq(letters.caseId, sql.placeholder('caseId')))
    .orderBy(asc(letters.id))
    .prepare(),
  byId: orm
    .select()
    .from(letters)
    .where(eq(letters.id, sql.placeholder('id')))
    .prepare(),
  markSent: sqlite.prepare<[number, string, number]>(
    `update letters set state = 'sent', rev = rev + 1 where id = ? and state = ? and rev = ?`,
  ),
}))
