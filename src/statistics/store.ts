import Sqlite from 'better-sqlite3'
import type { CaseStatus } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Kind } from '#domain/vocabulary.ts'
import type { Database } from '#platform/database.ts'
import type { MonthTotal } from './figures.ts'
import { recountAlarms } from './tables.ts'

export type SqliteHandle = Pick<Database, 'sqlite'>

export interface FiguresVersion {
  version: number
  /** When a figure last changed, in milliseconds; 0 in a database that never had a case. */
  changedAt: number
}

/** Reads the validator of the figures: one tiny row, so that every request may ask for it. */
export function openFiguresVersion({ sqlite }: SqliteHandle): () => FiguresVersion {
  const read = sqlite.prepare<[], FiguresVersion>(
    'select version, changed_at as changedAt from figures_version',
  )
  return () => read.get() ?? { version: 0, changedAt: 0 }
}

/** All running totals, oldest month first. */
export function readMonthTotals({ sqlite }: SqliteHandle): MonthTotal[] {
  return sqlite
    .prepare<[], MonthTotal>(
      `select month, kind, category_group as categoryGroup, received, finished
       from month_totals order by month, kind, category_group`,
    )
    .all()
}

/** Cases that were filed on the web site, by the month of receipt. */
export function readWebMonths(
  { sqlite }: SqliteHandle,
  { from, to }: Readonly<{ from: string; to: string }>,
): { month: string; kind: Kind; count: number }[] {
  return sqlite
    .prepare<[string, string], { month: string; kind: Kind; count: number }>(
      `select month, kind, count from figure_totals
       where month between ? and ? and basis = 'received' and dimension = 'channel' and value = 'web'`,
    )
    .all(from, to)
}

/** A case as far as it is counted. */
export interface RawCase {
  kind: Kind
  categoryGroup: string
  categoryCode: string
  channel: string
  unitId: number | null
  villageId: number | null
  status: CaseStatus
  receivedOn: CivilDate
  finishedOn: CivilDate | null
  outcome: string | null
  finding: string | null
}

/** The cases' own rows, `size` of them at a time, so that the caller may pause between slices. */
export function* readRawCases({ sqlite }: SqliteHandle, size: number): Generator<RawCase[]> {
  const last = Number(sqlite.prepare('select coalesce(max(id), 0) from cases').pluck().get())
  const slice = sqlite.prepare<[number, number], RawCase>(
    `select kind, category_group as categoryGroup, category_code as categoryCode, channel, unit_id as unitId,
       village_id as villageId, status, received_on as receivedOn, finished_on as finishedOn, outcome, finding
     from cases where id between ? and ?`,
  )
  for (let first = 1; first <= last; first += size) yield slice.all(first, Math.min(last, first + size - 1))
}

/** A clock of the duty to resolve or explain, as far as it is counted. */
export interface RawClock {
  kind: Kind
  dueOn: CivilDate
  breachedAt: number | null
  verdict: string | null
  explainedOn: CivilDate | null
}

export function* readRawClocks({ sqlite }: SqliteHandle, size: number): Generator<RawClock[]> {
  const last = Number(sqlite.prepare('select coalesce(max(id), 0) from case_clocks').pluck().get())
  const slice = sqlite.prepare<[number, number], RawClock>(
    `select c.kind, k.due_on as dueOn, k.breached_at as breachedAt, k.verdict, k.explained_on as explainedOn
     from case_clocks k join cases c on c.id = k.case_id
     where k.id between ? and ? and k.duty = 'resolve'`,
  )
  for (let first = 1; first <= last; first += size) yield slice.all(first, Math.min(last, first + size - 1))
}

/** A running total with its table and key in one line. */
export interface RunningTotal {
  key: string
  count: number
}

/** Every running total that is not zero, of all tables. */
export function readRunningTotals({ sqlite }: SqliteHandle): RunningTotal[] {
  return sqlite
    .prepare<[], RunningTotal>(
      `select key, count from (
         select 'month_totals ' || month || ' received ' || kind || ' ' || category_group as key, received as count
         from month_totals
         union all
         select 'month_totals ' || month || ' finished ' || kind || ' ' || category_group, finished
         from month_totals
         union all
         select 'figure_totals ' || month || ' ' || basis || ' ' || kind || ' ' || dimension || ' ' || value, count
         from figure_totals
         union all
         select 'days_totals ' || month || ' ' || kind || ' ' || days, count from days_totals
         union all
         select 'timeliness_totals ' || month || ' ' || kind || ' ' || state, count from timeliness_totals
       ) where count <> 0`,
    )
    .all()
}

export function insertRecountAlarm(db: Database, foundAt: Date, detail: unknown): void {
  db.orm.insert(recountAlarms).values({ foundAt, detail }).run()
}

/** A second connection that sees the database as it is now, whatever is written meanwhile. */
export function openSnapshot(db: SqliteHandle): SqliteHandle & { close(): void } {
  const sqlite = new Sqlite(db.sqlite.name, { readonly: true })
  sqlite.exec('begin')
  // The snapshot is taken by the first read, not by `begin`.
  sqlite.prepare('select version from figures_version').get()
  return { sqlite, close: () => sqlite.close() }
}
