import { and, asc, eq, sql } from 'drizzle-orm'
import { type Actor, actorColumns, recordChange } from '#audit/record.ts'
import type { CaseAction } from '#domain/case-status.ts'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { preparedOnce } from '#platform/statements.ts'
import { caseEvents } from './tables.ts'

export type CaseEvent = typeof caseEvents.$inferSelect

export interface NewEvent {
  caseId: number
  at: Date
  type: CaseAction | 'submitted' | 'imported'
  actor: Actor
  /** `public` is what the complainant reads in tracking; everything else stays in the office. */
  audience: 'public' | 'internal'
  text?: string | null
  before?: Record<string, unknown> | null
  after?: Record<string, unknown> | null
}

/** Writes a case's event and its audit line; to be called inside the transaction of the change. */
export function recordEvent(db: Database, event: NewEvent): number {
  const id = insertRow(db, caseEvents, {
    caseId: event.caseId,
    at: event.at,
    type: event.type,
    ...actorColumns(event.actor),
    audience: event.audience,
    text: event.text ?? null,
    before: event.before ?? null,
    after: event.after ?? null,
  })
  // The trail names the event instead of repeating its text, so that retention finds words in one place.
  recordChange(db, {
    at: event.at,
    actor: event.actor,
    action: `case.${event.type}`,
    subject: `case:${event.caseId}`,
    before: event.before ?? null,
    after: { ...event.after, event: id },
  })
  return id
}

/** The whole history, oldest first; the case itself must have been loaded through the viewer. */
export function eventsOf(db: Database, caseId: number): CaseEvent[] {
  return db.orm
    .select()
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId))
    .orderBy(asc(caseEvents.id))
    .all()
}

/** What the complainant may read. */
export function publicEventsOf(db: Database, caseId: number): CaseEvent[] {
  return statementsOf(db).publicOf.all({ caseId })
}

const statementsOf = preparedOnce(({ orm }) => ({
  publicOf: orm
    .select()
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, sql.placeholder('caseId')), eq(caseEvents.audience, 'public')))
    .orderBy(asc(caseEvents.id))
    .prepare(),
}))
