import { asc, max } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import type { Category, Unit, Village } from './store.ts'
import { categories, units, villages } from './tables.ts'

/** With those that are out of use, for the pages that bring them back. */
export function listUnits(db: Database): Unit[] {
  return db.orm.select().from(units).orderBy(asc(units.sort), asc(units.id)).all()
}

/** With those that are out of use. */
export function listVillages(db: Database): Village[] {
  return db.orm.select().from(villages).orderBy(asc(villages.number)).all()
}

/** Groups and categories, with those that are out of use. */
export function listCategories(db: Database): Category[] {
  return db.orm.select().from(categories).orderBy(asc(categories.sort)).all()
}

export function nextUnitSort(db: Database): number {
  const row = db.orm
    .select({ last: max(units.sort) })
    .from(units)
    .get()
  return (row?.last ?? -1) + 1
}
