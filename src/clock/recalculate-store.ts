import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import { cases } from '#complaints/tables.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Database } from '#platform/database.ts'
import { preparedOnce } from '#platform/statements.ts'
import type { CaseClock } from './clock-store.ts'
import { caseClocks, recalculations } from './tables.ts'

export type Recalculation = typeof recalculations.$inferSelect

/** The case of a clock as far as an administrator may know it: its number, and what its days go by. */
export type CountedCase = Pick<typeof cases.$inferSelect, 'fiscalYear' | 'seq' | 'categoryCode'>

/** A running clock, or why it cannot even be read. */
export type FoundClock = { id: number } & ({ clock: CaseClock; row: CountedCase } | { error: unknown })

/** Clocks that have not been stopped, with an id beyond `after`, in the order of their ids. */
export function runningClocksAfter(db: Database, after: number, limit: number): FoundClock[] {
  try {
    return readClocks(db, gt(caseClocks.id, after), limit)
  } catch {
    // One of them is to blame, and not to hold up the others.
    const ids = db.orm
      .select({ id: caseClocks.id })
      .from(caseClocks)
      .where(and(isNull(caseClocks.verdict), gt(caseClocks.id, after)))
      .orderBy(asc(caseClocks.id))
      .limit(limit)
      .all()
    return ids.flatMap(({ id }): FoundClock[] => {
      try {
        return readClocks(db, eq(caseClocks.id, id), 1)
      } catch (error) {
        return [{ id, error }]
      }
    })
  }
}

function readClocks(db: Database, which: SQL, limit: number): FoundClock[] {
  return db.orm
    .select({
      id: caseClocks.id,
      clock: caseClocks,
      row: { fiscalYear: cases.fiscalYear, seq: cases.seq, categoryCode: cases.categoryCode },
    })
    .from(caseClocks)
    .innerJoin(cases, eq(cases.id, caseClocks.caseId))
    .where(and(isNull(caseClocks.verdict), which))
    .orderBy(asc(caseClocks.id))
    .limit(limit)
    .all()
}

/** Clocks that stand still though the day they waited for has passed: the next tick would start them. */
export function clocksToResume(db: Database, now: Date, today: CivilDate): CaseClock[] {
  return db.orm
    .select()
    .from(caseClocks)
    .where(sql`next_fire_at <= ${now.getTime()} and paused_until < ${today}`)
    .all()
}

export function insertRecalculation(
  db: Database,
  row: Pick<Recalculation, 'reason' | 'actorId' | 'actorName' | 'requestedAt'>,
): void {
  db.orm.insert(recalculations).values(row).run()
}

/** The oldest that has not come to its end; they are worked off in order, so that is after the last that has. */
export function openRecalculation(db: Database): Recalculation | undefined {
  return openJob(db).get()
}

/** Asked by every tick. */
const openJob = preparedOnce(({ orm }) =>
  orm
    .select()
    .from(recalculations)
    .where(sql`id > coalesce((select id from recalculations where finished_at is not null
      order by id desc limit 1), 0)`)
    .orderBy(asc(recalculations.id))
    .limit(1)
    .prepare(),
)

export function updateRecalculation(
  db: Database,
  id: number,
  done: Pick<Recalculation, 'doneThrough' | 'moved' | 'finishedAt'>,
): void {
  db.orm.update(recalculations).set(done).where(eq(recalculations.id, id)).run()
}

/** Where a clock that moved stands from now on. */
export function moveClock(
  db: Database,
  id: number,
  { dueOn, policy, skipped, nextFireAt }: Pick<CaseClock, 'dueOn' | 'policy' | 'skipped' | 'nextFireAt'>,
): void {
  const json = { policy: JSON.stringify(policy), skipped: JSON.stringify(skipped) }
  statementsOf(db).clock.run({ id, dueOn, ...json, next: nextFireAt?.getTime() ?? null })
}

/** The date as queue and tracking read it; whoever has the case open in a form learns that it changed. */
export function moveCaseDue(db: Database, id: number, dueOn: CivilDate, at: Date): void {
  statementsOf(db).caseDue.run({ id, dueOn, at: at.getTime() })
}

type Statements = ReturnType<typeof prepareStatements>
const prepared = new WeakMap<Database, Statements>()

/** Prepared once per database: thousands of clocks may move with one holiday. */
function statementsOf(db: Database): Statements {
  const known = prepared.get(db) ?? prepareStatements(db)
  prepared.set(db, known)
  return known
}

function prepareStatements(db: Database) {
  const { placeholder } = sql
  return {
    clock: db.orm
      .update(caseClocks)
      .set({
        dueOn: sql`${placeholder('dueOn')}`,
        policy: sql`${placeholder('policy')}`,
        skipped: sql`${placeholder('skipped')}`,
        nextFireAt: sql`${placeholder('next')}`,
      })
      .where(eq(caseClocks.id, placeholder('id')))
      .prepare(),
    caseDue: db.orm
      .update(cases)
      .set({
        dueOn: sql`${placeholder('dueOn')}`,
        rev: sql`${cases.rev} + 1`,
        updatedAt: sql`${placeholder('at')}`,
      })
      .where(eq(cases.id, placeholder('id')))
      .prepare(),
  }
}
