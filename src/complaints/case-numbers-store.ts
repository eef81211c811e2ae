import { inArray } from 'drizzle-orm'
import { caseNumber } from '#domain/reference.ts'
import type { Database } from '#platform/database.ts'
import { cases } from './tables.ts'

/** The numbers of these cases, and nothing else of them: for pages of people who may open none. */
export function caseNumbersOf(db: Database, caseIds: readonly number[]): ReadonlyMap<number, string> {
  if (caseIds.length === 0) return new Map()
  const rows = db.orm
    .select({ id: cases.id, fiscalYear: cases.fiscalYear, seq: cases.seq })
    .from(cases)
    .where(inArray(cases.id, [...caseIds]))
    .all()
  return new Map(rows.map(({ id, fiscalYear, seq }) => [id, caseNumber(fiscalYear, seq)]))
}
