import { inArray, sql } from 'drizzle-orm'
import { clockEvents } from '#clock/tables.ts'
import type { Oversight } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'
import type { QueueView } from './queue-views.ts'
import { all, OPEN, openCondition, type QueueContext } from './queue-walk-store.ts'
import { visibleTo } from './store.ts'

/** What is counted of the open work, each by the very conditions of the list of that name. */
export const COUNTED = ['open', 'near', 'late', 'over', 'delayed', 'explain'] as const satisfies QueueView[]
export type Counted = (typeof COUNTED)[number]
export type Counts = Record<Counted, number>

/** The open cases of a unit that are in the hands of an officer; null: of none. */
export type WorkLine = Counts & { unitId: number | null; officerId: number | null }

/** One look along the open cases, however many lie behind them. */
export function countOpenWork(db: Database, context: QueueContext, oversight: Oversight): WorkLine[] {
  if (oversight === 'none') return []
  const where = [OPEN]
  if (oversight !== 'every_unit') where.push(sql`unit_id = ${oversight.unitId}`)
  const visible = visibleTo(context.viewer)
  if (visible) where.push(visible)
  const counts = COUNTED.map(
    (view) => sql`count(*) filter (where ${openCondition(context, view)}) as ${sql.identifier(view)}`,
  )
  return db.orm.all<WorkLine>(
    sql`select unit_id as "unitId", officer_id as "officerId", ${sql.join(counts, sql`, `)}
      from cases indexed by cases_open_unit where ${all(where)} group by unit_id, officer_id`,
  )
}

/** When these cases were last pressed for. */
export function lastUrged(db: Database, caseIds: readonly number[]): Map<number, Date> {
  if (caseIds.length === 0) return new Map()
  const rows = db.orm
    .select({ caseId: clockEvents.caseId, at: sql<number>`max(${clockEvents.at})` })
    .from(clockEvents)
    .where(sql`${inArray(clockEvents.caseId, [...caseIds])} and ${clockEvents.type} = 'urged'`)
    .groupBy(clockEvents.caseId)
    .all()
  return new Map(rows.map(({ caseId, at }) => [caseId, new Date(at)]))
}
