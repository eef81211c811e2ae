import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { cases } from '#complaints/tables.ts'
import type { Duty } from '#domain/clock-schedule.ts'
import type { Holidays } from '#domain/deadlines.ts'
import type { Database } from '#platform/database.ts'
import { insertRow, updateRow } from '#platform/rows.ts'
import { preparedOnce } from '#platform/statements.ts'
import { holidays } from '#settings/tables.ts'
import { caseClocks, clockEvents, jobRuns } from './tables.ts'

export type CaseClock = typeof caseClocks.$inferSelect
export type ClockEvent = typeof clockEvents.$inferSelect
export type NewClockEvent = Omit<typeof clockEvents.$inferInsert, 'id'>

/** The case as far as its clock is concerned. */
export type ClockCase = Pick<
  typeof cases.$inferSelect,
  'id' | 'fiscalYear' | 'seq' | 'kind' | 'status' | 'unitId' | 'officerId' | 'restricted' | 'categoryCode'
>

const CLOCK_CASE = {
  id: cases.id,
  fiscalYear: cases.fiscalYear,
  seq: cases.seq,
  kind: cases.kind,
  status: cases.status,
  unitId: cases.unitId,
  officerId: cases.officerId,
  restricted: cases.restricted,
  categoryCode: cases.categoryCode,
}

const OF_DUTY = and(
  eq(caseClocks.caseId, sql.placeholder('caseId')),
  eq(caseClocks.duty, sql.placeholder('duty')),
)

export function insertClock(db: Database, clock: typeof caseClocks.$inferInsert): number {
  return insertRow(db, caseClocks, clock)
}

export function updateClock(
  db: Database,
  id: number,
  change: Partial<Omit<CaseClock, 'id' | 'caseId' | 'duty' | 'round'>>,
): void {
  updateRow(db, caseClocks, id, change)
}

/** Every clock of the case, by duty and round, oldest first. */
export function clocksOf(db: Database, caseId: number, duty: Duty = 'resolve'): CaseClock[] {
  return statementsOf(db).ofCase.all({ caseId, duty })
}

/** The clock of the duty that has not been stopped, if any. */
export function runningClock(db: Database, caseId: number, duty: Duty = 'resolve'): CaseClock | undefined {
  return statementsOf(db).running.get({ caseId, duty })
}

export function latestRound(db: Database, caseId: number): number {
  const row = db.orm
    .select({ round: caseClocks.round })
    .from(caseClocks)
    .where(and(eq(caseClocks.caseId, caseId), eq(caseClocks.duty, 'resolve')))
    .orderBy(desc(caseClocks.round))
    .get()
  return row?.round ?? 0
}

export function findClock(db: Database, id: number): CaseClock | undefined {
  return statementsOf(db).one.get({ id })
}

/** A clock with its case, as the tick works on them. */
export function findClockWithCase(
  db: Database,
  id: number,
): { clock: CaseClock; row: ClockCase } | undefined {
  return statementsOf(db).withCase.get({ id })
}

/** The case behind a mail or a clock, for what the portal does by itself. */
export function clockCaseOf(db: Database, caseId: number): ClockCase | undefined {
  return db.orm.select(CLOCK_CASE).from(cases).where(eq(cases.id, caseId)).get()
}

/** The clocks that want to be looked at, those that have waited longest first. */
export function dueClockIds(db: Database, now: Date, limit: number): number[] {
  return statementsOf(db).due.all({ now: now.getTime(), limit })
}

/** After a tick: nothing but where the clock stands. */
export function moveOn(
  db: Database,
  id: number,
  { nextFireAt, breachedAt }: Pick<CaseClock, 'nextFireAt' | 'breachedAt'>,
): void {
  statementsOf(db).moveOn.run(nextFireAt?.getTime() ?? null, breachedAt?.getTime() ?? null, id)
}

export function setAside(db: Database, id: number, until: Date, reason: string): void {
  db.orm
    .update(caseClocks)
    .set({ asideUntil: until, asideReason: reason.slice(0, 500) })
    .where(eq(caseClocks.id, id))
    .run()
}

/** Clocks that could not be worked on, with the numbers of their cases. */
export function clocksAside(db: Database) {
  return db.orm
    .select({
      id: caseClocks.id,
      fiscalYear: cases.fiscalYear,
      seq: cases.seq,
      reason: caseClocks.asideReason,
    })
    .from(caseClocks)
    .innerJoin(cases, eq(cases.id, caseClocks.caseId))
    .where(sql`${caseClocks.asideUntil} is not null`)
    .limit(100)
    .all()
}

/** Writes what happened to a clock. False where its mark was written before: it happens once. */
export function recordClockEvent(db: Database, event: NewClockEvent): boolean {
  if (event.mark != null && statementsOf(db).marked.get(event.clockId, event.mark)) return false
  insertRow(db, clockEvents, event)
  return true
}

/** What happened to the clocks of a case, oldest first. */
export function clockEventsOf(db: Database, caseId: number): ClockEvent[] {
  return statementsOf(db).events.all({ caseId })
}

/** The dates that the queue and the tracking page read from the case itself. */
export function writeCaseDates(
  db: Database,
  caseId: number,
  dates: Partial<Pick<typeof cases.$inferSelect, 'dueOn' | 'promisedOn'>>,
): void {
  db.orm.update(cases).set(dates).where(eq(cases.id, caseId)).run()
}

/** When a job last came to its end; what `/readyz` and the administrator look at. */
export function jobRun(db: Database, name: string): typeof jobRuns.$inferSelect | undefined {
  return db.orm.select().from(jobRuns).where(eq(jobRuns.name, name)).get()
}

export function recordJobRun(
  db: Database,
  name: string,
  run: { okAt: Date } | { failedAt: Date; error: string },
): void {
  db.orm
    .insert(jobRuns)
    .values({ name, ...run })
    .onConflictDoUpdate({ target: jobRuns.name, set: run })
    .run()
}

/** The holidays as they stand, for what happens to a clock outside of a request. */
export function holidaysIn(db: Database): Holidays {
  const rows = db.orm.select({ day: holidays.day, name: holidays.name }).from(holidays).all()
  return new Map(rows.map(({ day, name }) => [day, name]))
}

/** Running clocks of these cases; for pages that list many. */
export function runningClocksOf(db: Database, caseIds: readonly number[]): CaseClock[] {
  if (caseIds.length === 0) return []
  return db.orm
    .select()
    .from(caseClocks)
    .where(and(inArray(caseClocks.caseId, [...caseIds]), isNull(caseClocks.verdict)))
    .all()
}

/** A tick over thousands of clocks asks these for each of them, and every page of a case some. */
const statementsOf = preparedOnce(({ orm, sqlite }) => ({
  one: orm
    .select()
    .from(caseClocks)
    .where(eq(caseClocks.id, sql.placeholder('id')))
    .prepare(),
  ofCase: orm.select().from(caseClocks).where(OF_DUTY).orderBy(asc(caseClocks.round)).prepare(),
  running: orm
    .select()
    .from(caseClocks)
    .where(and(OF_DUTY, isNull(caseClocks.verdict)))
    .prepare(),
  events: orm
    .select()
    .from(clockEvents)
    .where(eq(clockEvents.caseId, sql.placeholder('caseId')))
    .orderBy(asc(clockEvents.id))
    .prepare(),
  withCase: orm
    .select({ clock: caseClocks, row: CLOCK_CASE })
    .from(caseClocks)
    .innerJoin(cases, eq(cases.id, caseClocks.caseId))
    .where(eq(caseClocks.id, sql.placeholder('id')))
    .prepare(),
  due: sqlite
    .prepare<[{ now: number; limit: number }], number>(
      `select id from case_clocks
        where next_fire_at <= @now and (aside_until is null or aside_until <= @now)
        order by next_fire_at, id limit @limit`,
    )
    .pluck(),
  moveOn: sqlite.prepare<[number | null, number | null, number]>(
    `update case_clocks set next_fire_at = ?, breached_at = ?, aside_until = null, aside_reason = null
      where id = ?`,
  ),
  marked: sqlite.prepare<[number, string]>('select 1 from clock_events where clock_id = ? and mark = ?'),
}))
