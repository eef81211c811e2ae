import { and, eq, lt, sql } from 'drizzle-orm'
import type { MonthCount } from '#domain/balance.ts'
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

/** What was counted in months before `month`, by the months it belongs to, oldest first. */
export function readMonthCounts(db: Database, month: string): MonthCount[] {
  return db.orm
    .select({
      month: monthCounts.month,
      received: sql<number>`sum(${monthCounts.received})`,
      finished: sql<number>`sum(${monthCounts.finished})`,
    })
    .from(monthCounts)
    .where(lt(monthCounts.countedIn, month))
    .groupBy(monthCounts.month)
    .orderBy(monthCounts.month)
    .all()
}

/** How many reports ended with an outcome and were of a kind of conduct. */
export interface EndingCount {
  outcome: SealedOutcome
  conduct: Conduct
  count: number
}

/** How the reports of a fiscal year had ended when it was over. Not for the public as it is: see `figures.ts`. */
export function readEndings(db: Database, fiscalYear: number): EndingCount[] {
  return db.orm
    .select({
      outcome: outcomeCounts.outcome,
      conduct: outcomeCounts.conduct,
      count: sql<number>`sum(${outcomeCounts.count})`,
    })
    .from(outcomeCounts)
    .where(eq(outcomeCounts.fiscalYear, fiscalYear))
    .groupBy(outcomeCounts.outcome, outcomeCounts.conduct)
    .all()
}

/**
 * Reports finished in a fiscal year that count as corruption cases (คดี), as it was known when the year was over: the
 * plan's goal. What comes later stays out, since it would tell on which day a report was opened again. Exact, so not
 * for a public page that tells more of them than this number.
 */
export function corruptionCases(db: Database, fiscalYear: number): number {
  const cases = and(eq(outcomeCounts.fiscalYear, fiscalYear), eq(outcomeCounts.isCase, true))
  const count = sql<number>`coalesce(sum(${outcomeCounts.count}), 0)`
  return db.orm.select({ count }).from(outcomeCounts).where(cases).get()?.count ?? 0
}
