import { and, asc, desc, eq, getTableColumns, inArray, max } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { summaryReports } from './tables.ts'

/** One version of a report. */
export type Report = typeof summaryReports.$inferSelect
/** For lists, which need neither words nor figures. */
export type ReportLine = Omit<Report, 'texts' | 'figures'>
export type NewReport = Pick<
  Report,
  'slug' | 'title' | 'fromOn' | 'toOn' | 'texts' | 'createdAt' | 'createdBy'
>

const { texts: _, figures: __, ...LINE } = getTableColumns(summaryReports)
const { id, slug, version, rev, state, toOn } = summaryReports
const IN_WORK = inArray(state, ['draft', 'noted'])

/** Every version, those of the newest period first. */
export function listReports(db: Database): ReportLine[] {
  return db.orm.select(LINE).from(summaryReports).orderBy(desc(toOn), asc(slug), desc(version)).all()
}

/** What the public reads now, the newest period first. */
export function listPublished(db: Database): ReportLine[] {
  const isPublished = eq(state, 'published')
  return db.orm.select(LINE).from(summaryReports).where(isPublished).orderBy(desc(toOn), asc(slug)).all()
}

export function reportById(db: Database, wanted: number): Report | undefined {
  return db.orm.select().from(summaryReports).where(eq(id, wanted)).get()
}

/** The versions under an address that were published, newest first. */
export function publishedVersions(db: Database, address: string): ReportLine[] {
  const isPublic = and(eq(slug, address), inArray(state, ['published', 'replaced']))
  return db.orm.select(LINE).from(summaryReports).where(isPublic).orderBy(desc(version)).all()
}

/** All versions under an address, newest first. */
export function versionsOf(db: Database, address: string): ReportLine[] {
  return db.orm.select(LINE).from(summaryReports).where(eq(slug, address)).orderBy(desc(version)).all()
}

/** The version that is being worked on under an address: there is one at most. */
export function inWork(db: Database, address: string): ReportLine | undefined {
  return db.orm
    .select(LINE)
    .from(summaryReports)
    .where(and(eq(slug, address), IN_WORK))
    .get()
}

/** Adds the next version under its address, as a draft. */
export function insertReport(db: Database, row: NewReport): Report {
  const last = db.orm
    .select({ last: max(version) })
    .from(summaryReports)
    .where(eq(slug, row.slug))
    .get()
  return db.orm
    .insert(summaryReports)
    .values({ ...row, version: (last?.last ?? 0) + 1, state: 'draft' })
    .returning()
    .get()
}

type Known = Pick<Report, 'id' | 'rev' | 'state'>
export type Change = Partial<
  Pick<Report, 'title' | 'texts' | 'state' | 'figures' | 'notedOn' | 'notedBy' | 'publishedAt'>
>

/** @returns false when somebody else has changed it meanwhile. */
export function updateReport(db: Database, known: Known, change: Change): boolean {
  const { changes } = db.orm
    .update(summaryReports)
    .set({ ...change, rev: known.rev + 1 })
    .where(and(eq(id, known.id), eq(rev, known.rev), eq(state, known.state)))
    .run()
  return changes === 1
}

/** The version that the public has read until now has another one in its place. */
export function replacePublished(db: Database, address: string): void {
  db.orm
    .update(summaryReports)
    .set({ state: 'replaced' })
    .where(and(eq(slug, address), eq(state, 'published')))
    .run()
}

/** @returns false when it is not in work any more, or somebody else has changed it. */
export function deleteReport(db: Database, known: Known): boolean {
  const { changes } = db.orm
    .delete(summaryReports)
    .where(and(eq(id, known.id), eq(rev, known.rev), IN_WORK))
    .run()
  return changes === 1
}
