import { eq, inArray, type SQL, sql } from 'drizzle-orm'
import { staff } from '#accounts/tables.ts'
import { addDays, type CivilDate, daysBetween } from '#domain/civil-date.ts'
import { caseScope, type Viewer } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'
import type { Cursor, QueueFilters, QueueView } from './queue-views.ts'
import { visibleTo } from './store.ts'
import { cases } from './tables.ts'

/** What decides a list besides the view: who looks, on which day, and what "near" means to the office. */
export interface QueueContext {
  viewer: Viewer
  today: CivilDate
  nearDays: number
}

export type QueueRow = ReturnType<typeof rowsOf>[number]

export interface QueuePage {
  rows: QueueRow[]
  hasPrevious: boolean
  hasNext: boolean
}

/** Where a reader stands: at the beginning, after a case or before one. */
export type Position = { after?: Cursor | undefined; before?: Cursor | undefined }

/**
 * One walk along one index. A viewer who sees a unit's cases and own ones elsewhere often needs two: for an
 * OR of both SQLite would give up the order of the index and sort every case of the unit.
 */
interface Walk {
  index: SQL
  where: SQL[]
}

const OPEN = sql.raw("status in ('submitted','registered','assigned','in_progress','need_info')")

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

/** The rows of these cases, in the order given; the ids come from a finder that took the viewer. */
export function rowsInOrder(db: Database, ids: readonly number[]): QueueRow[] {
  const rows = new Map(rowsOf(db, ids).map((row) => [row.id, row]))
  return ids.map((id) => rows.get(id)).filter((row) => row !== undefined)
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

function walksOf(context: QueueContext, view: QueueView, filters: QueueFilters): Walk[] {
  const scope = caseScope(context.viewer)
  if (scope === 'none') return []
  const where = [...viewConditions(context, view), ...filterConditions(filters)]
  const visible = visibleTo(context.viewer)
  if (visible) where.push(visible)
  const index = singleIndex(view, filters, context.today, scope.all === true)
  if (scope.all || index) return [{ index: index ?? sql`cases_due`, where }]
  const open = view !== 'all'
  const own: Walk = {
    index: open ? sql`cases_open_officer` : sql`cases_officer`,
    where: [sql`officer_id = ${scope.ownId}`, ...where],
  }
  if (scope.unitId === null) return [own]
  const ofUnit: Walk = {
    index: open ? sql`cases_open_unit` : sql`cases_unit`,
    where: [sql`unit_id = ${scope.unitId}`, ...where],
  }
  return [ofUnit, own]
}

function viewConditions({ viewer, today, nearDays }: QueueContext, view: QueueView): SQL[] {
  switch (view) {
    case 'all':
      return []
    case 'new':
      return [OPEN, sql`status = 'submitted'`]
    case 'assign':
      return [OPEN, sql`status = 'registered'`]
    case 'info':
      return [OPEN, sql`status = 'need_info'`]
    case 'mine':
      return [OPEN, sql`officer_id = ${viewer.accountId}`]
    case 'unit':
      return [OPEN, sql`unit_id = ${viewer.unitId}`]
    case 'near':
      return [OPEN, sql`queue_on between ${today} and ${addDays(today, nearDays)} and due_on is not null`]
    case 'over':
      return [OPEN, sql`queue_on < ${today} and due_on is not null`]
    case 'reopen':
      return [OPEN, sql`reopened_at is not null and reopen_accepted_at is null`]
  }
}

function filterConditions(filters: QueueFilters): SQL[] {
  const conditions: SQL[] = []
  const add = (value: unknown, condition: SQL) => {
    if (value !== undefined) conditions.push(condition)
  }
  add(filters.unit, sql`unit_id = ${filters.unit}`)
  add(filters.category, sql`category_code = ${filters.category}`)
  add(filters.village, sql`village_id = ${filters.village}`)
  add(filters.channel, sql`channel = ${filters.channel}`)
  add(filters.status, sql`status = ${filters.status}`)
  add(filters.officer, sql`officer_id = ${filters.officer}`)
  // Every case is due after it was received: said to SQLite, which can then begin there.
  add(filters.from, sql`received_on >= ${filters.from} and queue_on > ${filters.from}`)
  add(filters.to, sql`received_on <= ${filters.to}`)
  return conditions
}

/**
 * The index that alone holds the list in its order; undefined where a unit's cases and own ones elsewhere
 * must be walked apart. Indexes are named throughout because SQLite, without statistics, would guess.
 */
function singleIndex(
  view: QueueView,
  filters: QueueFilters,
  today: CivilDate,
  everyUnit: boolean,
): SQL | undefined {
  switch (view) {
    case 'mine':
      return sql`cases_open_officer`
    case 'unit':
      return sql`cases_open_unit`
    case 'reopen':
      return sql`cases_reopened`
    case 'all':
      return filterIndex(filters, today)
    case 'near':
    case 'over':
      return everyUnit ? sql`cases_open` : undefined
    default:
      return everyUnit ? sql`cases_open_status` : undefined
  }
}

/** The index to walk for the filters: the one that leaves least to look through, wide ones before narrow. */
function filterIndex(filters: QueueFilters, today: CivilDate): SQL | undefined {
  const { from, to, category, village, status, unit, officer, channel } = filters
  if (from !== undefined && daysBetween(from, to ?? today) <= 31) return sql`cases_received`
  if (category !== undefined) return sql`cases_category`
  if (village !== undefined) return sql`cases_village`
  if (status !== undefined) return sql`cases_status`
  // A period that reaches the present lies at the end of the due dates, in order already.
  if (from !== undefined && (to ?? today) >= today) return sql`cases_due`
  if (from !== undefined || to !== undefined) return sql`cases_received`
  if (unit !== undefined) return sql`cases_unit`
  if (officer !== undefined) return sql`cases_officer`
  return channel === undefined ? undefined : sql`cases_channel`
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
      officerName: staff.displayName,
      receivedOn: cases.receivedOn,
      dueOn: cases.dueOn,
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

const all = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`1` : sql.join([...conditions], sql` and `)
