import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm'
import type { CaseAction } from '#domain/case-status.ts'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import type { CaseEvent } from './history-store.ts'
import type { Case } from './store.ts'
import { caseEvents, cases, trackingSessions } from './tables.ts'

export function insertTrackingSession(db: Database, tokenHash: string, caseId: number, at: Date): void {
  insertRow(db, trackingSessions, { tokenHash, caseId, createdAt: at, seenAt: at })
}

/** Written at most once a minute: reading a page need not cost a commit each time. */
export function touchTrackingSession(db: Database, tokenHash: string, at: Date): void {
  const minuteAgo = at.getTime() - 60_000
  const session = eq(trackingSessions.tokenHash, tokenHash)
  const isOld = db.orm
    .select({ caseId: trackingSessions.caseId })
    .from(trackingSessions)
    .where(and(session, sql`${trackingSessions.seenAt} < ${minuteAgo}`))
    .get()
  if (isOld) db.orm.update(trackingSessions).set({ seenAt: at }).where(session).run()
}

export function deleteTrackingSession(db: Database, tokenHash: string): void {
  db.orm.delete(trackingSessions).where(eq(trackingSessions.tokenHash, tokenHash)).run()
}

export function deleteStaleTrackingSessions(db: Database, seenBefore: Date): void {
  db.orm.delete(trackingSessions).where(lte(trackingSessions.seenAt, seenBefore)).run()
}

const LONGEST_CHAIN = 10

/**
 * The case that a merged one lives on in, through further merges. For the complainant of the merged case,
 * who may see its progress and not a word of the other complainant.
 */
export function findMergeTarget(db: Database, merged: Case): Case | undefined {
  let current: Case | undefined = merged
  for (let step = 0; step < LONGEST_CHAIN && current?.mergedIntoId; step += 1) {
    current = db.orm.select().from(cases).where(eq(cases.id, current.mergedIntoId)).get()
  }
  return current === merged ? undefined : current
}

/** What the office tells everybody about a matter; whatever a complainant wrote or was asked is not in it. */
const PROGRESS = [
  'register',
  'assign',
  'accept',
  'progress',
  'explain',
  'forward',
  'conclude',
  'close',
  'reject',
] as const satisfies readonly CaseAction[]

export function progressEventsOf(db: Database, caseId: number): CaseEvent[] {
  const { audience, actorKind, type } = caseEvents
  return db.orm
    .select()
    .from(caseEvents)
    .where(
      and(
        eq(caseEvents.caseId, caseId),
        eq(audience, 'public'),
        eq(actorKind, 'staff'),
        inArray(type, [...PROGRESS]),
      ),
    )
    .orderBy(caseEvents.id)
    .all()
}

/** The last thing the complainant did, to know a form that was sent twice. */
export function lastCitizenEvent(db: Database, caseId: number): CaseEvent | undefined {
  return db.orm
    .select()
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.actorKind, 'citizen')))
    .orderBy(desc(caseEvents.id))
    .limit(1)
    .get()
}
