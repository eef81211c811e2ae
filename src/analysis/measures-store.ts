import {
  and,
  asc,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Database } from '#platform/database.ts'
import { insertRow } from '#platform/rows.ts'
import { daysOf, type Period } from '#statistics/period.ts'
import { preventiveMeasures } from './tables.ts'

export type Measure = typeof preventiveMeasures.$inferSelect
export type MeasureFields = Omit<Measure, 'id' | 'rev' | 'createdAt' | 'createdBy'>

/** The lists of the register. */
export const MEASURE_STATES = ['open', 'overdue', 'done', 'abandoned'] as const
export type MeasureState = (typeof MEASURE_STATES)[number]

export function measureState({ doneOn, abandonedOn, dueOn }: Measure, today: CivilDate): MeasureState {
  if (abandonedOn !== null) return 'abandoned'
  if (doneOn !== null) return 'done'
  return dueOn !== null && dueOn < today ? 'overdue' : 'open'
}

const running = and(isNull(preventiveMeasures.doneOn), isNull(preventiveMeasures.abandonedOn))

/** Overdue ones are open as well. */
function inState(state: MeasureState, today: CivilDate): SQL | undefined {
  if (state === 'done') return isNotNull(preventiveMeasures.doneOn)
  if (state === 'abandoned') return isNotNull(preventiveMeasures.abandonedOn)
  return state === 'open' ? running : and(running, lt(preventiveMeasures.dueOn, today))
}

/** Measures that were under way on any day of a period, in the order in which they began. */
export function listMeasures({ orm }: Database, period: Period): Measure[] {
  const { from, to } = daysOf(period)
  const ended = sql`coalesce(${preventiveMeasures.doneOn}, ${preventiveMeasures.abandonedOn})`
  return orm
    .select()
    .from(preventiveMeasures)
    .where(and(lte(preventiveMeasures.startsOn, to), or(running, gte(ended, from))))
    .orderBy(asc(preventiveMeasures.startsOn), asc(preventiveMeasures.id))
    .all()
}

/** Which measures a person may see: those about restricted matters are not for everybody. */
export interface MeasureScope {
  restricted: boolean
}

const within = ({ restricted }: MeasureScope): SQL | undefined =>
  restricted
    ? undefined
    : sql`${preventiveMeasures.categoryCode} not in (select code from categories where restricted)`

/** One page of a list: what is due first is on top, of what has ended the latest. */
export function measuresPage(
  { orm }: Database,
  scope: MeasureScope,
  state: MeasureState,
  today: CivilDate,
  { skip, size }: { skip: number; size: number },
): Measure[] {
  const { dueOn, doneOn, abandonedOn, id } = preventiveMeasures
  const order = {
    open: [sql`${dueOn} is null`, asc(dueOn)],
    overdue: [asc(dueOn)],
    done: [desc(doneOn)],
    abandoned: [desc(abandonedOn)],
  }[state]
  return orm
    .select()
    .from(preventiveMeasures)
    .where(and(within(scope), inState(state, today)))
    .orderBy(...order, desc(id))
    .limit(size)
    .offset(skip)
    .all()
}

export function countMeasures(
  { orm }: Database,
  scope: MeasureScope,
  today: CivilDate,
): Record<MeasureState, number> {
  const of = (state: MeasureState) =>
    orm
      .select({ n: count() })
      .from(preventiveMeasures)
      .where(and(within(scope), inState(state, today)))
      .get()?.n ?? 0
  return { open: of('open'), overdue: of('overdue'), done: of('done'), abandoned: of('abandoned') }
}

/** Measures of these categories, latest first. */
export function measuresOf(
  { orm }: Database,
  scope: MeasureScope,
  categoryCodes: readonly string[],
): Measure[] {
  return orm
    .select()
    .from(preventiveMeasures)
    .where(and(within(scope), inArray(preventiveMeasures.categoryCode, [...categoryCodes])))
    .orderBy(desc(preventiveMeasures.startsOn), desc(preventiveMeasures.id))
    .all()
}

export function findMeasure({ orm }: Database, scope: MeasureScope, id: number): Measure | undefined {
  return orm
    .select()
    .from(preventiveMeasures)
    .where(and(within(scope), eq(preventiveMeasures.id, id)))
    .get()
}

/** One that says the same in every word, by the same person. */
export function findMeasureAlike(
  { orm }: Database,
  fields: MeasureFields & Pick<Measure, 'createdBy'>,
): Measure | undefined {
  const same = Object.entries(fields).map(
    ([name, value]) => sql`${preventiveMeasures[name as keyof typeof fields]} is ${value}`,
  )
  return orm
    .select()
    .from(preventiveMeasures)
    .where(and(...same))
    .get()
}

export function insertMeasure(db: Database, row: typeof preventiveMeasures.$inferInsert): number {
  return insertRow(db, preventiveMeasures, row)
}

/** Compare-and-set: false where somebody else changed it first, and then nothing is written. */
export function updateMeasure(
  { orm }: Database,
  { id, rev }: Pick<Measure, 'id' | 'rev'>,
  fields: MeasureFields,
): boolean {
  const { changes } = orm
    .update(preventiveMeasures)
    .set({ ...fields, rev: rev + 1 })
    .where(and(eq(preventiveMeasures.id, id), eq(preventiveMeasures.rev, rev)))
    .run()
  return changes === 1
}
