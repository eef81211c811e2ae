import Sqlite from 'better-sqlite3'
import type { Database } from '#platform/database.ts'
import type { MonthTotal } from './figures.ts'

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

/** How many cases of a kind and group were received in one month and finished in another (or not yet). */
export interface RawCount extends Pick<MonthTotal, 'kind' | 'categoryGroup'> {
  receivedIn: string
  finishedIn: string | null
  count: number
}

/** Counts the cases' own rows, `size` of them at a time, so that the caller may pause between slices. */
export function* countRawCases({ sqlite }: SqliteHandle, size: number): Generator<RawCount[]> {
  const last = Number(sqlite.prepare('select coalesce(max(id), 0) from cases').pluck().get())
  const slice = sqlite.prepare<[number, number], RawCount>(
    `select kind, category_group as categoryGroup, substr(received_on, 1, 7) as receivedIn,
       substr(finished_on, 1, 7) as finishedIn, count(*) as count
     from cases where id between ? and ? and status not in ('merged', 'moved')
     group by kind, category_group, receivedIn, finishedIn`,
  )
  for (let first = 1; first <= last; first += size) yield slice.all(first, Math.min(last, first + size - 1))
}

/** A second connection that sees the database as it is now, whatever is written meanwhile. */
export function openSnapshot(db: SqliteHandle): SqliteHandle & { close(): void } {
  const sqlite = new Sqlite(db.sqlite.name, { readonly: true })
  sqlite.exec('begin')
  // The snapshot is taken by the first read, not by `begin`.
  sqlite.prepare('select version from figures_version').get()
  return { sqlite, close: () => sqlite.close() }
}
