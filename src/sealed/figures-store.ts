import { sql } from 'drizzle-orm'
import type { CivilDate } from '#domain/civil-date.ts'
import { fiscalYearOf, monthOf } from '#domain/fiscal-year.ts'
import type { Conduct, SealedOutcome } from '#domain/sealed-status.ts'
import type { Database } from '#platform/database.ts'
import { monthCounts, outcomeCounts } from './tables.ts'

/**
 * Counts a report as received or finished `on` a day; -1 takes one back: a reopened report was finished `on`
 * the day it had been. The public figures know of it when the month of `today` is over.
 */
export function countReport(
  db: Database,
  what: 'received' | 'finished',
  on: CivilDate,
  by: 1 | -1,
  today: CivilDate,
): void {
  db.orm
    .insert(monthCounts)
    .values({ month: monthOf(on), countedIn: monthOf(today), received: 0, finished: 0, [what]: by })
    .onConflictDoUpdate({
      target: [monthCounts.month, monthCounts.countedIn],
      set: { [what]: sql`${monthCounts[what]} + ${by}` },
    })
    .run()
}

/** How a report ended, and in which half of a fiscal year (B.E.) that was. */
export interface CountedOutcome {
  fiscalYear: number
  half: 1 | 2
  conduct: Conduct
  outcome: SealedOutcome
  /** Counts as a corruption case (คดี) for the plan's goal. */
  isCase: boolean
}

/**
 * Counts how a report ended, in the transaction that ends it; -1 takes it back when the report is reopened,
 * with the very values and the half that it was counted with. Each report that `countReport` holds for finished
 * has exactly one outcome here.
 */
export function countOutcome(db: Database, counted: CountedOutcome, by: 1 | -1, today: CivilDate): void {
  const when = counted.fiscalYear === fiscalYearOf(today) ? 'count' : 'later'
  db.orm
    .insert(outcomeCounts)
    .values({ ...counted, count: 0, later: 0, [when]: by })
    .onConflictDoUpdate({
      target: [
        outcomeCounts.fiscalYear,
        outcomeCounts.half,
        outcomeCounts.conduct,
        outcomeCounts.outcome,
        outcomeCounts.isCase,
      ],
      set: { [when]: sql`${outcomeCounts[when]} + ${by}` },
    })
    .run()
}
