import { and, asc, eq, inArray, ne } from 'drizzle-orm'
import { mayFindMoved, type Viewer } from '#domain/permissions.ts'
import type { CaseReference } from '#domain/reference.ts'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import type { Case } from './store.ts'
import { caseMoves, cases } from './tables.ts'

export type CaseMove = typeof caseMoves.$inferSelect

/** What is left of a moved case. */
export type Tombstone = Pick<Case, 'fiscalYear' | 'seq' | 'receivedOn'> &
  Pick<CaseMove, 'askedAt' | 'state' | 'actorId'>

/** Undefined for a number that was not moved, and for whoever may not learn that it was. */
export function findTombstone(
  db: Database,
  viewer: Viewer,
  { fy, seq }: CaseReference,
): Tombstone | undefined {
  if (!mayFindMoved(viewer)) return undefined
  return db.orm
    .select({
      ...{ fiscalYear: cases.fiscalYear, seq: cases.seq, receivedOn: cases.receivedOn },
      ...{ askedAt: caseMoves.askedAt, state: caseMoves.state, actorId: caseMoves.actorId },
    })
    .from(caseMoves)
    .innerJoin(cases, eq(cases.id, caseMoves.caseId))
    .where(and(eq(cases.fiscalYear, fy), eq(cases.seq, seq), eq(cases.status, 'moved')))
    .get()
}

export function insertMove(
  db: Database,
  move: Omit<typeof caseMoves.$inferInsert, 'state' | 'permit' | 'blobs'>,
): void {
  insertRow(db, caseMoves, { ...move, state: 'asked' })
}

export function findMove(db: Database, caseId: number): CaseMove | undefined {
  return db.orm.select().from(caseMoves).where(eq(caseMoves.caseId, caseId)).get()
}

/** What was begun and has not come to its end, in the order in which it was asked for. */
export function openMoves(db: Database): CaseMove[] {
  return db.orm
    .select()
    .from(caseMoves)
    .where(ne(caseMoves.state, 'done'))
    .orderBy(asc(caseMoves.askedAt), asc(caseMoves.caseId))
    .all()
}

/** The register did not take the case: its move was none. */
export function deleteMove(db: Database, caseId: number): void {
  db.orm.delete(caseMoves).where(eq(caseMoves.caseId, caseId)).run()
}

/** The case behind a move, of which nothing is shown to anybody any more. */
export function caseOfMove(db: Database, { caseId }: Pick<CaseMove, 'caseId'>): Case {
  const row = db.orm.select().from(cases).where(eq(cases.id, caseId)).get()
  if (!row) throw new Error(`no case ${caseId}`)
  return row
}

/** The cases that were merged into this one, and into those: they tell of the same matter. */
export function casesMergedInto(db: Database, caseId: number): Case[] {
  const found = new Map<number, Case>()
  for (let into = [caseId]; into.length > 0; ) {
    const rows = db.orm.select().from(cases).where(inArray(cases.mergedIntoId, into)).all()
    const fresh = rows.filter(({ id }) => id !== caseId && !found.has(id))
    for (const row of fresh) found.set(row.id, row)
    into = fresh.map(({ id }) => id)
  }
  return [...found.values()]
}
