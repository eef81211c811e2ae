import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { historyFigures } from './tables.ts'

/** What papers of before the portal tell of one category in one fiscal year. */
export type HistoryLine = typeof historyFigures.$inferSelect

/** Every year, the oldest first. */
export function readHistoryLines(db: Database): HistoryLine[] {
  const { fiscalYear, categoryCode } = historyFigures
  return db.orm.select().from(historyFigures).orderBy(asc(fiscalYear), asc(categoryCode)).all()
}

export function historyOf(db: Database, fiscalYear: number): HistoryLine[] {
  return readHistoryLines(db).filter((line) => line.fiscalYear === fiscalYear)
}

/** Puts the line in the place of what was told of its year and category before. */
export function writeHistoryLine(db: Database, line: HistoryLine): void {
  const { fiscalYear, categoryCode, ...rest } = line
  db.orm
    .insert(historyFigures)
    .values(line)
    .onConflictDoUpdate({ target: [historyFigures.fiscalYear, historyFigures.categoryCode], set: rest })
    .run()
  beginNewFigures(db, line.enteredAt)
}

export function deleteHistoryLine(db: Database, fiscalYear: number, categoryCode: string, at: Date): void {
  const line = and(eq(historyFigures.fiscalYear, fiscalYear), eq(historyFigures.categoryCode, categoryCode))
  db.orm.delete(historyFigures).where(line).run()
  beginNewFigures(db, at)
}

/** Pages that are kept until a figure changes are made anew. */
function beginNewFigures(db: Database, at: Date): void {
  db.orm.run(sql`update figures_version set version = version + 1, changed_at = ${at.getTime()}`)
}
