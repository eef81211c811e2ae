import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import type { CivilDate } from '#domain/civil-date.ts'
import { type DeadlinePolicy, dueDate } from '#domain/deadlines.ts'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { caseClocks } from './tables.ts'

export type CaseClock = typeof caseClocks.$inferSelect

/** Starts the clock of the duty to solve or explain; returns its due date. Reopening starts the next round. */
export function startClock(
  db: Database,
  caseId: number,
  startedOn: CivilDate,
  policy: DeadlinePolicy,
  round = 1,
): CivilDate {
  const dueOn = dueDate(startedOn, policy)
  insertRow(db, caseClocks, { caseId, duty: 'resolve', round, startedOn, dueOn, policy: { ...policy } })
  return dueOn
}

/**
 * Stops the running clock, if any: met on or before its due date, late after it, or void for a merged case.
 * A merge after the due date is late as well: nothing erases a breach.
 */
export function stopClock(db: Database, caseId: number, on: CivilDate, outcome: 'done' | 'void'): void {
  const clock = db.orm
    .select()
    .from(caseClocks)
    .where(and(eq(caseClocks.caseId, caseId), isNull(caseClocks.verdict)))
    .get()
  if (!clock) return
  const inTime = on <= clock.dueOn ? 'met' : 'late'
  db.orm
    .update(caseClocks)
    .set({ stoppedOn: on, verdict: outcome === 'void' && inTime === 'met' ? 'void' : inTime })
    .where(eq(caseClocks.id, clock.id))
    .run()
}

/** Makes the running clock end sooner, after a category that promises fewer days; never later. */
export function advanceClock(
  db: Database,
  caseId: number,
  { dueOn, targetDays }: { dueOn: CivilDate; targetDays: number },
): void {
  const running = and(eq(caseClocks.caseId, caseId), isNull(caseClocks.verdict), gt(caseClocks.dueOn, dueOn))
  db.orm
    .update(caseClocks)
    .set({ dueOn, policy: { targetDays, countMode: 'calendar' } })
    .where(running)
    .run()
}

/** Every round's clock, oldest first, as shown beside the case. */
export function clocksOf(db: Database, caseId: number): CaseClock[] {
  return db.orm.select().from(caseClocks).where(eq(caseClocks.caseId, caseId)).orderBy(caseClocks.round).all()
}

export function latestRound(db: Database, caseId: number): number {
  const row = db.orm
    .select({ round: caseClocks.round })
    .from(caseClocks)
    .where(eq(caseClocks.caseId, caseId))
    .orderBy(desc(caseClocks.round))
    .get()
  return row?.round ?? 0
}
