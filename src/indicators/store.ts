import { and, asc, between, eq, inArray, min, notInArray, sql } from 'drizzle-orm'
import { staff } from '#accounts/tables.ts'
import { cases } from '#complaints/tables.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf, monthsOf } from '#domain/fiscal-year.ts'
import { BASE_YEAR, type IndicatorId, PLAN_YEARS } from '#domain/indicators.ts'
import type { Database } from '#platform/database.ts'
import { figureTotals, historyFigures } from '#statistics/tables.ts'
import { indicatorCategories, indicatorInputs, indicatorOverrides } from './tables.ts'

/** Every year that a figure of the plan is made of. */
export const YEARS = [BASE_YEAR, ...PLAN_YEARS] as const

const inYears = (column: typeof historyFigures.fiscalYear | typeof indicatorInputs.fiscalYear) =>
  between(column, BASE_YEAR, PLAN_YEARS[PLAN_YEARS.length - 1] ?? BASE_YEAR)

/** Complaints received in a fiscal year in a category; accepted ones, and those with grounds, in lines of their own. */
export interface CategoryTotal {
  fiscalYear: number
  dimension: 'category' | 'accepted' | 'grounds'
  code: string
  count: number
}

/** Running totals only: as quick in a portal with a million cases. */
export function readCategoryTotals(db: Database): CategoryTotal[] {
  const months = YEARS.flatMap(monthsOf)
  const rows = db.orm
    .select({
      month: figureTotals.month,
      dimension: figureTotals.dimension,
      code: figureTotals.value,
      count: figureTotals.count,
    })
    .from(figureTotals)
    .where(
      and(
        inArray(figureTotals.month, months),
        eq(figureTotals.basis, 'received'),
        eq(figureTotals.kind, 'complaint'),
        inArray(figureTotals.dimension, ['category', 'accepted', 'grounds']),
      ),
    )
    .all()
  return rows.map(({ month, ...row }) => ({
    ...row,
    dimension: row.dimension as CategoryTotal['dimension'],
    fiscalYear: fiscalYearOf(`${month}-01`),
  }))
}

/** Opinions received in a fiscal year in a category, from a village; village 0 is none. */
export interface OpinionTotal {
  fiscalYear: number
  code: string
  village: string
  count: number
}

export function readOpinionTotals(db: Database): OpinionTotal[] {
  const rows = db.orm
    .select({ month: figureTotals.month, value: figureTotals.value, count: figureTotals.count })
    .from(figureTotals)
    .where(
      and(
        inArray(figureTotals.month, YEARS.flatMap(monthsOf)),
        eq(figureTotals.basis, 'received'),
        eq(figureTotals.kind, 'suggestion'),
        eq(figureTotals.dimension, 'category_village'),
      ),
    )
    .all()
  return rows.map(({ month, value, count }) => {
    const [code = '', village = ''] = value.split('|')
    return { fiscalYear: fiscalYearOf(`${month}-01`), code, village, count }
  })
}

export type HistoryFigure = Pick<
  typeof historyFigures.$inferSelect,
  'fiscalYear' | 'categoryCode' | 'received' | 'grounds' | 'source'
>

export function readHistory(db: Database): HistoryFigure[] {
  const { fiscalYear, categoryCode, received, grounds, source } = historyFigures
  return db.orm
    .select({ fiscalYear, categoryCode, received, grounds, source })
    .from(historyFigures)
    .where(inYears(fiscalYear))
    .all()
}

export type SetLine = typeof indicatorCategories.$inferSelect

export function readSets(db: Database): SetLine[] {
  return db.orm
    .select()
    .from(indicatorCategories)
    .orderBy(asc(indicatorCategories.fiscalYear), asc(indicatorCategories.indicator))
    .all()
}

export type Input = typeof indicatorInputs.$inferSelect

export function readInputs(db: Database): Input[] {
  return db.orm.select().from(indicatorInputs).where(inYears(indicatorInputs.fiscalYear)).all()
}

/** A single case that is counted otherwise than its category says. */
export interface Decision {
  fiscalYear: number
  indicator: string
  counts: boolean
  categoryCode: string
  accepted: boolean
  grounds: boolean
}

/**
 * Only of cases that are counted at all: neither merged nor moved. A cross join is read in its own order: from the
 * few decisions to their cases, never the other way round.
 */
export function readDecisions(db: Database): Decision[] {
  return db.orm
    .select({
      indicator: indicatorOverrides.indicator,
      counts: indicatorOverrides.counts,
      categoryCode: cases.categoryCode,
      receivedOn: cases.receivedOn,
      status: cases.status,
      finding: cases.finding,
    })
    .from(indicatorOverrides)
    .crossJoin(cases)
    .where(
      and(
        eq(cases.id, indicatorOverrides.caseId),
        eq(cases.kind, 'complaint'),
        notInArray(cases.status, ['merged', 'moved']),
      ),
    )
    .all()
    .map(({ receivedOn, status, finding, ...row }) => ({
      ...row,
      fiscalYear: fiscalYearOf(receivedOn),
      accepted: status !== 'submitted' && status !== 'not_accepted',
      grounds: finding === 'yes' || finding === 'part',
    }))
}

/** The fiscal year since which the office has had this portal; undefined before its first account. */
export function readFirstYear(db: Database): number | undefined {
  const row = db.orm
    .select({ at: min(staff.createdAt) })
    .from(staff)
    .get()
  return row?.at ? fiscalYearOf(civilDateOf(row.at)) : undefined
}

export function hasSets(db: Database): boolean {
  return (
    db.orm.select({ indicator: indicatorCategories.indicator }).from(indicatorCategories).get() !== undefined
  )
}

/** Puts these categories in the place of those that the indicator counted in the year. */
export function writeSet(
  db: Database,
  fiscalYear: number,
  indicator: IndicatorId,
  codes: readonly string[],
): void {
  const line = and(
    eq(indicatorCategories.fiscalYear, fiscalYear),
    eq(indicatorCategories.indicator, indicator),
  )
  db.orm.delete(indicatorCategories).where(line).run()
  for (const categoryCode of codes) {
    db.orm.insert(indicatorCategories).values({ fiscalYear, indicator, categoryCode }).run()
  }
  beginNewFigures(db)
}

export function writeInput(db: Database, input: Input): void {
  const { fiscalYear, key, ...rest } = input
  db.orm
    .insert(indicatorInputs)
    .values(input)
    .onConflictDoUpdate({ target: [indicatorInputs.fiscalYear, indicatorInputs.key], set: rest })
    .run()
  beginNewFigures(db)
}

export function deleteInput(db: Database, fiscalYear: number, key: string): void {
  db.orm
    .delete(indicatorInputs)
    .where(and(eq(indicatorInputs.fiscalYear, fiscalYear), eq(indicatorInputs.key, key)))
    .run()
  beginNewFigures(db)
}

export type Override = typeof indicatorOverrides.$inferSelect

/** The decisions about a case, which was loaded through the viewer. */
export function overridesOf(db: Database, caseId: number): Override[] {
  return db.orm.select().from(indicatorOverrides).where(eq(indicatorOverrides.caseId, caseId)).all()
}

export function writeOverride(db: Database, override: Override): void {
  const { caseId, indicator, ...rest } = override
  db.orm
    .insert(indicatorOverrides)
    .values(override)
    .onConflictDoUpdate({ target: [indicatorOverrides.caseId, indicatorOverrides.indicator], set: rest })
    .run()
  beginNewFigures(db)
}

export function deleteOverride(db: Database, caseId: number, indicator: string): void {
  db.orm
    .delete(indicatorOverrides)
    .where(and(eq(indicatorOverrides.caseId, caseId), eq(indicatorOverrides.indicator, indicator)))
    .run()
  beginNewFigures(db)
}

/** Pages that are kept until a figure changes are made anew. */
function beginNewFigures(db: Database): void {
  db.orm.run(sql`update figures_version set version = version + 1`)
}
