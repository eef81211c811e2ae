import type { Database } from '#platform/database.ts'
import { DEFAULT_CATEGORIES, DEFAULT_UNITS } from './defaults.ts'
import { countUnits, insertCategory, insertUnit } from './store.ts'

/** Gives a new database the usual units and the category tree. Does nothing where units exist. */
export function seedDefaults(db: Database): void {
  db.inTransaction(() => {
    if (countUnits(db) > 0) return
    const ids = new Map<string, number>()
    DEFAULT_UNITS.forEach(({ key, ...unit }, sort) => {
      ids.set(key, insertUnit(db, { ...unit, sort }))
    })
    DEFAULT_CATEGORIES.forEach(({ group, unit, restricted, ...category }, sort) => {
      insertCategory(db, {
        ...category,
        groupCode: group,
        unitId: ids.get(unit) ?? null,
        restricted: restricted ?? false,
        sort,
      })
    })
  })
}
