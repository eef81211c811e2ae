import { type SQL, sql } from 'drizzle-orm'
import { addDays, type CivilDate, daysBetween } from '#domain/civil-date.ts'
import { caseScope, type Viewer } from '#domain/permissions.ts'
import { NONE, type QueueFilters, type QueueView } from './queue-views.ts'
import { notMoved, visibleTo } from './store.ts'

/** What decides a list besides the view: who looks, on which day, and what "near" means to the office. */
export interface QueueContext {
  viewer: Viewer
  today: CivilDate
  nearDays: number
}

/**
 * One walk along one index. A viewer who sees a unit's cases and own ones elsewhere often needs two: for an
 * OR of both SQLite would give up the order of the index and sort every case of the unit.
 */
export interface Walk {
  index: SQL
  where: SQL[]
}

export const OPEN = sql.raw("status in ('submitted','registered','assigned','in_progress','need_info')")

/** Cases of which a letter about the delay is being written; few at any time, and read off their own index. */
const EXPLANATIONS = sql.raw(
  "(select case_id from letters indexed by letters_waiting where state in ('draft','waiting') and kind = 'delay')",
)

/** The walks whose union is the list; none for somebody who sees no case. */
export function walksOf(context: QueueContext, view: QueueView, filters: QueueFilters): Walk[] {
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

function viewConditions(context: QueueContext, view: QueueView): SQL[] {
  return view === 'all' ? [notMoved] : [OPEN, openCondition(context, view)]
}

/** What makes an open case belong to a list, whoever looks. */
export function openCondition({ viewer, today, nearDays }: QueueContext, view: QueueView): SQL {
  switch (view) {
    case 'all':
    case 'open':
      return sql`1`
    case 'new':
      return sql`status = 'submitted'`
    case 'assign':
      return sql`status = 'registered'`
    case 'info':
      return sql`status = 'need_info'`
    case 'mine':
      return sql`officer_id = ${viewer.accountId}`
    case 'unit':
      return sql`unit_id = ${viewer.unitId}`
    case 'near':
      return sql`queue_on between ${today} and ${addDays(today, nearDays)} and due_on is not null`
    case 'over':
      return sql`queue_on < ${today} and due_on is not null`
    case 'late':
      return sql`due_on < ${today}`
    case 'delayed':
      return sql`queue_on >= ${today} and due_on < ${today}`
    case 'explain':
      return sql`id in ${EXPLANATIONS}`
    case 'reopen':
      return sql`reopened_at is not null and reopen_accepted_at is null`
  }
}

function filterConditions(filters: QueueFilters): SQL[] {
  const conditions: SQL[] = []
  const add = (value: unknown, condition: SQL) => {
    if (value !== undefined) conditions.push(condition)
  }
  add(filters.unit, filters.unit === NONE ? sql`unit_id is null` : sql`unit_id = ${filters.unit}`)
  add(filters.category, sql`category_code = ${filters.category}`)
  add(filters.village, sql`village_id = ${filters.village}`)
  add(filters.channel, sql`channel = ${filters.channel}`)
  add(filters.status, sql`status = ${filters.status}`)
  const { officer } = filters
  add(officer, officer === NONE ? sql`officer_id is null` : sql`officer_id = ${officer}`)
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
    case 'late':
    case 'delayed':
    case 'explain':
    case 'open':
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

export const all = (conditions: readonly SQL[]): SQL =>
  conditions.length === 0 ? sql`1` : sql.join([...conditions], sql` and `)
