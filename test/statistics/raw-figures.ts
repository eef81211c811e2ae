import { KINDS, type Kind } from '#domain/vocabulary.ts'
import type { Portal } from '#settings/portal.ts'

/** First and last day of what is counted. */
export interface Days {
  from: string
  to: string
}

export type Cells = [broughtForward: number, received: number, finished: number, inProgress: number]

const COUNTED = "status not in ('merged', 'moved')"

/** Balances by any expression over a case's columns, with nothing but the rows: of values with something in them. */
export function rawBalances(
  { db }: Portal,
  kind: Kind,
  { from, to }: Days,
  column: string,
): Record<string, Cells> {
  const rows = db.sqlite
    .prepare<object, [string, ...Cells]>(
      `select cast(${column} as text) as value,
         sum(received_on < @from and (finished_on is null or finished_on >= @from)),
         sum(received_on between @from and @to),
         sum(finished_on is not null and finished_on between @from and @to),
         sum(received_on <= @to and (finished_on is null or finished_on > @to))
       from cases where kind = @kind and ${COUNTED} group by value`,
    )
    .raw()
    .all({ kind, from, to })
  const some = rows.filter(
    ([, broughtForward, received, finished]) => broughtForward + received + finished > 0,
  )
  return Object.fromEntries(some.map(([value, ...cells]) => [value, cells]))
}

export function rawTotal(portal: Portal, kind: Kind, days: Days): Cells {
  return rawBalances(portal, kind, days, "'all'").all ?? [0, 0, 0, 0]
}

/** Complaints by any expression, whose day of receipt or end lies within. */
export function rawCounts(
  { db }: Portal,
  { from, to }: Days,
  on: 'received_on' | 'finished_on',
  column: string,
  where = 'true',
): Record<string, number> {
  const rows = db.sqlite
    .prepare<[string, string], [string, number]>(
      `select ${column} as value, count(*) from cases
       where kind = 'complaint' and ${COUNTED} and ${on} between ? and ? and ${where} group by value`,
    )
    .raw()
    .all(from, to)
  return Object.fromEntries(rows)
}

/** Duties by what became of them, due within. */
export function rawTimeliness({ db }: Portal, { from, to }: Days): Record<string, number> {
  const rows = db.sqlite
    .prepare<[string, string], [string, number]>(
      `select case when k.breached_at is not null then 'late' when k.verdict is not null then k.verdict
         when k.explained_on is not null then 'explained' else 'running' end as state, count(*)
       from case_clocks k join cases c on c.id = k.case_id
       where c.kind = 'complaint' and k.duty = 'resolve' and k.due_on between ? and ? group by state`,
    )
    .raw()
    .all(from, to)
  return Object.fromEntries(rows)
}

/** Days taken by each complaint that finished within, shortest first. */
export function rawDays({ db }: Portal, { from, to }: Days): number[] {
  return db.sqlite
    .prepare<[string, string], number>(
      `select cast(julianday(finished_on) - julianday(received_on) as integer) as days from cases
       where kind = 'complaint' and ${COUNTED} and finished_on between ? and ? order by days`,
    )
    .pluck()
    .all(from, to)
}

/** Filed on the web site in a month, by kind. */
export function rawService({ db }: Portal, month: string): Record<Kind, number> {
  const count = db.sqlite
    .prepare<[Kind, string], number>(
      `select count(*) from cases
       where ${COUNTED} and channel = 'web' and kind = ? and substr(received_on, 1, 7) = ?`,
    )
    .pluck()
  return Object.fromEntries(KINDS.map((kind) => [kind, count.get(kind, month) ?? 0])) as Record<Kind, number>
}
