import { asc } from 'drizzle-orm'
import type { Kind } from '#domain/vocabulary.ts'
import type { Database } from '#platform/database.ts'
import { categories, units, villages } from '#settings/tables.ts'
import type { Period } from '#statistics/period.ts'
import type { Timeliness } from '#statistics/tables.ts'

/** Duties to resolve or explain of all kinds, by the month of the due date. */
export function readDuties(
  { sqlite }: Pick<Database, 'sqlite'>,
  { from, to }: Period,
): { month: string; kind: Kind; state: Timeliness; count: number }[] {
  return sqlite
    .prepare<[string, string], { month: string; kind: Kind; state: Timeliness; count: number }>(
      `select month, kind, state, count from timeliness_totals
       where month between ? and ? and count > 0 order by month, kind, state`,
    )
    .all(from, to)
}

/** Everything that a code of a case can stand for, out of use or not. */
export function readNamed(db: Database) {
  const named = {
    units: db.orm.select().from(units).orderBy(asc(units.sort), asc(units.id)).all(),
    villages: db.orm.select().from(villages).orderBy(asc(villages.number)).all(),
    categories: db.orm.select().from(categories).orderBy(asc(categories.sort)).all(),
  }
  return named
}
