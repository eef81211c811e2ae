import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { staff } from '#accounts/tables.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import { caseScope, type Viewer } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'
import type { Cursor, QueueFilters, QueueView } from './queue-views.ts'
import { all, type QueueContext, type Walk, walksOf } from './queue-walk-store.ts'
import { cases } from './tables.ts'

export type QueueRow = ReturnType<typeof rowsOf>[number]

export interface QueuePage {
  rows: QueueRow[]
  hasPrevious: boolean
  hasNext: boolean
}

/** Where a reader stands: at the beginning, after a case or before one. */
export type Position = { after?: Cursor | undefined; before?: Cursor | undefined }

/** One page of a list, most pressing first; `all` begins with the latest due dates. */
export function queuePage(
  db: Database,
  context: QueueContext,
  view: QueueView,
  filters: QueueFilters,
  position: Position,
  size: number,
): QueuePage {
  const backwards = position.before !== undefined
  const cursor = position.before ?? position.after
  const descending = (view === 'all') !== backwards
  const ids = firstIds(db, walksOf(context, view, filters), cursor, descending, size + 1)
  const more = ids.length > size
  const rows = rowsOf(db, ids.slice(0, size))
  if (view === 'all') rows.reverse()
  return {
    rows,
    hasPrevious: backwards ? more : cursor !== undefined,
    hasNext: backwards || more,
  }
}

/**
 * The rows of these cases, in the order given; the ids come from a finder that took the viewer. The search may
 * still know of a case that is just being moved to the confidential register.
 */
export function rowsInOrder(db: Database, ids: readonly number[]): QueueRow[] {
  const rows = new Map(rowsOf(db, ids).map((row) => [row.id, row]))
  return ids
    .map((id) => rows.get(id))
    .filter((row) => row !== undefined && row.status !== 'moved') as QueueRow[]
}

/** How many cases the list holds, counted up to `cap`. */
export function countQueue(
  db: Database,
  context: QueueContext,
  view: QueueView,
  filters: QueueFilters,
  cap = Number.MAX_SAFE_INTEGER,
): number {
  let total = 0
  const counted: SQL[] = []
  for (const { index, where } of walksOf(context, view, filters)) {
    const fresh = [...where, ...counted.map((condition) => sql`not ${condition}`)]
    const { n } = db.orm.get<{ n: number }>(
      sql`select count(*) as n from
        (select 1 from cases indexed by ${index} where ${all(fresh)} limit ${cap - total})`,
    )
    total += n
    counted.push(sql`coalesce((${all(where)}), 0)`)
  }
  return total
}

/** The counts beside the views: by the same conditions as the lists, so that they are the lists' lengths. */
export function countViews(
  db: Database,
  context: QueueContext,
  views: readonly QueueView[],
): Map<QueueView, number> {
  return new Map(
    views.map((view) => [
      view,
      view === 'all' ? countAll(db, context.viewer) : countQueue(db, context, view, {}),
    ]),
  )
}

/** Every case the viewer may see, from the running totals: counting a million rows would take a second. */
function countAll(db: Database, viewer: Viewer): number {
  const scope = caseScope(viewer)
  if (scope === 'none') return 0
  const inScope = [
    ...(scope.all ? [] : [sql`unit_id = ${scope.unitId}`]),
    ...(scope.restricted ? [] : [sql`restricted = 0`]),
  ]
  return db.orm.get<{ n: number }>(
    sql`select coalesce(sum(count), 0) as n from unit_totals
      where (${all(inScope)}) or officer_id = ${scope.ownId}`,
  ).n
}

function firstIds(
  db: Database,
  walks: readonly Walk[],
  cursor: Cursor | undefined,
  descending: boolean,
  limit: number,
): number[] {
  if (walks.length === 0) return []
  const order = descending ? sql`queue_on desc, id desc` : sql`queue_on, id`
  const beyond = descending ? sql`<` : sql`>`
  const parts = walks.map(({ index, where }) => {
    const from = cursor ? [...where, sql`(queue_on, id) ${beyond} (${cursor.queueOn}, ${cursor.id})`] : where
    return sql`select id, queue_on from (select id, queue_on from cases indexed by ${index}
      where ${all(from)} order by ${order} limit ${limit})`
  })
  return db.orm
    .all<{ id: number }>(
      sql`select id from (${sql.join(parts, sql` union `)}) order by ${order} limit ${limit}`,
    )
    .map(({ id }) => id)
}

function rowsOf(db: Database, ids: readonly number[]) {
  return db.orm
    .select({
      id: cases.id,
      fiscalYear: cases.fiscalYear,
      seq: cases.seq,
      subject: cases.subject,
      categoryCode: cases.categoryCode,
      villageId: cases.villageId,
      unitId: cases.unitId,
      officerId: cases.officerId,
      officerName: staff.displayName,
      receivedOn: cases.receivedOn,
      dueOn: cases.dueOn,
      promisedOn: cases.promisedOn,
      queueOn: sql<CivilDate>`${cases.queueOn}`,
      status: cases.status,
      urgent: cases.urgent,
      restricted: cases.restricted,
      reopenedAt: cases.reopenedAt,
      reopenAcceptedAt: cases.reopenAcceptedAt,
    })
    .from(cases)
    .leftJoin(staff, eq(staff.id, cases.officerId))
    .where(inArray(cases.id, [...ids]))
    .orderBy(cases.queueOn, cases.id)
    .all()
}
