import { sql } from 'drizzle-orm'
import { cases } from '#complaints/tables.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Kind } from '#domain/vocabulary.ts'
import type { Database } from '#platform/database.ts'
import type { Dimension } from '#statistics/tables.ts'

/** Only complaints tell of problems; the kinds are never added together. */
const KIND = 'complaint' satisfies Kind

/** Complaints received in a month with one value of a dimension. */
export interface MonthCount {
  month: string
  value: string
  count: number
}

/** Values from one to another, both included. */
export interface ValueRange {
  first: string
  last: string
}

const EVERY_VALUE: ValueRange = { first: '', last: '\uffff' }

/** Complaints of these months. The months are named one by one so that each is sought, not walked to. */
export function readReceived(
  { sqlite }: Pick<Database, 'sqlite'>,
  dimension: Dimension,
  months: readonly string[],
  { first, last } = EVERY_VALUE,
): MonthCount[] {
  return sqlite
    .prepare<[string, Dimension, string, string], MonthCount>(
      `select month, value, count from figure_totals
       where month in (select value from json_each(?)) and basis = 'received' and kind = '${KIND}'
         and dimension = ? and value between ? and ? and count > 0`,
    )
    .all(JSON.stringify(months), dimension, first, last)
}

/** The first month of which anything is counted; undefined in a portal that never had a case. */
export function firstMonth({ sqlite }: Pick<Database, 'sqlite'>): string | undefined {
  return sqlite
    .prepare<[], { month: string }>('select month from figure_totals where count > 0 order by month limit 1')
    .get()?.month
}

export interface Repeats {
  categoryCode: string
  /** 0 where none was told. */
  villageId: number
  /** Told by somebody else while the first was known. */
  merged: number
  /** Opened again because the problem was still there. */
  reopened: number
}

/** Of the complaints received in these days, those that repeat another or themselves; read off their own index. */
export function readRepeats({ orm }: Database, from: CivilDate, to: CivilDate): Repeats[] {
  return orm.all<Repeats>(
    sql`select category_code as "categoryCode", coalesce(village_id, 0) as "villageId",
        count(*) filter (where status = 'merged') as merged,
        count(*) filter (where status <> 'merged') as reopened
      from cases indexed by cases_repeats
      where (merged_into_id is not null or reopened_at is not null)
        and received_on between ${from} and ${to} and kind = ${KIND} and status <> 'moved'
      group by category_code, village_id`,
  )
}

/** Why it came to these cases and what is to prevent it; the ids come from a finder that took the viewer. */
export function lessonsOf({ orm }: Database, ids: readonly number[]) {
  return orm
    .select({
      ...{ id: cases.id, fiscalYear: cases.fiscalYear, seq: cases.seq, villageId: cases.villageId },
      ...{ resolvedOn: cases.resolvedOn, cause: cases.cause, prevention: cases.prevention },
    })
    .from(cases)
    .where(
      sql`${cases.id} in (select value from json_each(${JSON.stringify(ids)}))
        and (${cases.cause} is not null or ${cases.prevention} is not null)`,
    )
    .orderBy(sql`${cases.resolvedOn} desc, ${cases.id} desc`)
    .all()
}
