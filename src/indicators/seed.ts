import { COUNTED_INDICATORS, PLAN_YEARS } from '#domain/indicators.ts'
import type { Database } from '#platform/database.ts'
import { hasSets, writeSet } from './store.ts'

/**
 * Writes down which categories each indicator counts, for every year of the plan, in a database that knows none
 * yet. From then on a year's table is the office's own: a later version of this program changes no year's figures.
 */
export function seedIndicatorSets(db: Database): void {
  db.inTransaction(() => {
    if (hasSets(db)) return
    for (const fiscalYear of PLAN_YEARS) {
      for (const { id, measure } of COUNTED_INDICATORS) writeSet(db, fiscalYear, id, measure.categories)
    }
  })
}
