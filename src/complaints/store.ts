import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import { AppError } from '#domain/errors.ts'
import { type CaseScope, caseScope, type Viewer } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { preparedOnce } from '#platform/statements.ts'
import { caseContacts, cases, trackingSessions } from './tables.ts'

export type Case = typeof cases.$inferSelect
export type Contact = typeof caseContacts.$inferSelect

/** The SQL of what a viewer may see; every finder below carries it. */
export function visibleTo(viewer: Viewer): SQL | undefined {
  return scopeCondition(caseScope(viewer))
}

function scopeCondition(scope: CaseScope): SQL | undefined {
  if (scope === 'none') return sql`0`
  const unrestricted = scope.restricted ? undefined : eq(cases.restricted, false)
  const own = scope.ownId === null ? undefined : eq(cases.officerId, scope.ownId)
  if (scope.all) return unrestricted && own ? or(unrestricted, own) : unrestricted
  if (scope.unitId === null) return own
  return or(own, and(eq(cases.unitId, scope.unitId), unrestricted))
}

/** Moved to the confidential register, or on its way there: not to be seen by anybody on this side. */
export const notMoved: SQL = ne(cases.status, 'moved')

/** @throws AppError not_found for a number that does not exist and for one the viewer may not see, alike */
export function findCaseForViewer(db: Database, viewer: Viewer, fiscalYear: number, seq: number): Case {
  const found = db.orm
    .select()
    .from(cases)
    .where(and(eq(cases.fiscalYear, fiscalYear), eq(cases.seq, seq), notMoved, visibleTo(viewer)))
    .get()
  if (!found) throw new AppError('not_found', 'case')
  return found
}

/** The case whose tracking code was proven for this session; undefined once the session has lapsed. */
export function findCaseForTracking(db: Database, tokenHash: string, seenAfter: Date): Case | undefined {
  const row = db.orm
    .select({ case: cases })
    .from(trackingSessions)
    .innerJoin(cases, eq(cases.id, trackingSessions.caseId))
    .where(
      and(
        eq(trackingSessions.tokenHash, tokenHash),
        sql`${trackingSessions.seenAt} > ${seenAfter.getTime()}`,
      ),
    )
    .get()
  return row?.case
}

/** For the citizen who holds number and code: only with the keyed hash of both. */
export function findCaseByTrackingCode(
  db: Database,
  fiscalYear: number,
  seq: number,
  trackingHash: string,
): Case | undefined {
  return db.orm
    .select()
    .from(cases)
    .where(and(eq(cases.fiscalYear, fiscalYear), eq(cases.seq, seq), eq(cases.trackingHash, trackingHash)))
    .get()
}

/** For the holder of the very form that was sent: its key is unguessable. */
export function findCaseBySubmission(db: Database, submissionKey: string): Case | undefined {
  return statementsOf(db).bySubmission.get({ submissionKey })
}

export function contactOf(db: Database, caseId: number): Contact | undefined {
  return db.orm.select().from(caseContacts).where(eq(caseContacts.caseId, caseId)).get()
}

/** The next number of the fiscal year; inside the transaction that uses it, so that none is skipped or doubled. */
export function takeNumber(db: Database, fiscalYear: number): number {
  const taken = statementsOf(db).takeNumber.get(fiscalYear)
  if (!taken) throw new Error(`no number for ${fiscalYear}`)
  return taken.last
}

export function insertCase(db: Database, row: typeof cases.$inferInsert): number {
  return insertRow(db, cases, row)
}

export function insertContact(db: Database, row: Contact): void {
  insertRow(db, caseContacts, row)
}

/**
 * Compare-and-set: writes only where the case is still as it was read.
 * @throws AppError conflict when somebody else changed it first; nothing is written then
 */
export function updateCase(
  db: Database,
  read: Pick<Case, 'id' | 'rev' | 'status'>,
  change: Partial<typeof cases.$inferInsert>,
  at: Date,
): void {
  const { changes } = db.orm
    .update(cases)
    .set({ ...change, rev: read.rev + 1, updatedAt: at })
    .where(and(eq(cases.id, read.id), eq(cases.rev, read.rev), eq(cases.status, read.status)))
    .run()
  if (changes !== 1) throw new AppError('conflict', 'case_changed')
}

const statementsOf = preparedOnce(({ orm, sqlite }) => ({
  bySubmission: orm
    .select()
    .from(cases)
    .where(eq(cases.submissionKey, sql.placeholder('submissionKey')))
    .prepare(),
  takeNumber: sqlite.prepare<[number], { last: number }>(
    `insert into case_sequences (fiscal_year, last) values (?, 1)
     on conflict (fiscal_year) do update set last = last + 1 returning last`,
  ),
}))
