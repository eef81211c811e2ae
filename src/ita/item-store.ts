import { asc, count, eq } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { ITA_ITEMS, type ItaItem, itaItems } from './tables.ts'

export type ItemRow = typeof itaItems.$inferSelect

/** The fiscal years whose items are known, newest first. */
export function itemYears(db: Database): number[] {
  const rows = db.orm
    .selectDistinct({ year: itaItems.fiscalYear })
    .from(itaItems)
    .orderBy(asc(itaItems.fiscalYear))
    .all()
  return rows.map(({ year }) => year).reverse()
}

/** The items of a fiscal year in their order; none for a year that has no page. */
export function itemsOf(db: Database, fiscalYear: number): ItemRow[] {
  const rows = db.orm.select().from(itaItems).where(eq(itaItems.fiscalYear, fiscalYear)).all()
  return rows.sort((a, b) => ITA_ITEMS.indexOf(a.item) - ITA_ITEMS.indexOf(b.item))
}

export function writeItem(
  db: Database,
  row: { fiscalYear: number; item: ItaItem; number: string; note: string; updatedAt: Date },
): void {
  const { number, note, updatedAt } = row
  db.orm
    .insert(itaItems)
    .values(row)
    .onConflictDoUpdate({
      target: [itaItems.fiscalYear, itaItems.item],
      set: { number, note, updatedAt },
    })
    .run()
}

export function hasItems(db: Database): boolean {
  return (db.orm.select({ n: count() }).from(itaItems).get()?.n ?? 0) > 0
}
