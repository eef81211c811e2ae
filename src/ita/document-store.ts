import { and, asc, count, desc, eq, getTableColumns, isNotNull, isNull, max } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { type DocumentKind, publishedDocuments } from './tables.ts'

/** One version of a document. */
export type Version = typeof publishedDocuments.$inferSelect
/** For lists, which need no text. */
export type VersionLine = Omit<Version, 'sections'>
export type NewVersion = Omit<
  typeof publishedDocuments.$inferInsert,
  'id' | 'version' | 'rev' | 'publishedAt' | 'withdrawnAt'
>

const { sections: _, ...LINE } = getTableColumns(publishedDocuments)
const { id, slug, version, kind, rev, publishedAt, withdrawnAt, storedName } = publishedDocuments
const IS_PUBLIC = and(isNotNull(publishedAt), isNull(withdrawnAt))

/** Every version of every document, the newest version of each first. */
export function listVersions(db: Database): VersionLine[] {
  return db.orm.select(LINE).from(publishedDocuments).orderBy(asc(slug), desc(version)).all()
}

/** The newest published version of every document, by the date they bear, newest first. */
export function listPublished(db: Database): VersionLine[] {
  const rows = db.orm
    .select(LINE)
    .from(publishedDocuments)
    .where(IS_PUBLIC)
    .orderBy(asc(slug), desc(version))
    .all()
  const newest = rows.filter((row, index) => row.slug !== rows[index - 1]?.slug)
  return newest.sort((a, b) => b.documentOn.localeCompare(a.documentOn) || b.id - a.id)
}

/** The published versions under that address, newest first. */
export function publishedVersions(db: Database, address: string): VersionLine[] {
  const isHere = and(eq(slug, address), IS_PUBLIC)
  return db.orm.select(LINE).from(publishedDocuments).where(isHere).orderBy(desc(version)).all()
}

/** The newest published version under that address. */
export function newestPublished(db: Database, address: string): Version | undefined {
  const isHere = and(eq(slug, address), IS_PUBLIC)
  return db.orm.select().from(publishedDocuments).where(isHere).orderBy(desc(version)).get()
}

export function versionById(db: Database, wanted: number): Version | undefined {
  return db.orm.select().from(publishedDocuments).where(eq(id, wanted)).get()
}

/** All versions under that address, newest first. */
export function versionsOf(db: Database, address: string): VersionLine[] {
  return db.orm.select(LINE).from(publishedDocuments).where(eq(slug, address)).orderBy(desc(version)).all()
}

/** The draft under that address: there is one at most. */
export function draftOf(db: Database, address: string): VersionLine | undefined {
  const isDraft = and(eq(slug, address), isNull(publishedAt))
  return db.orm.select(LINE).from(publishedDocuments).where(isDraft).get()
}

export function kindUnder(db: Database, address: string): DocumentKind | undefined {
  return db.orm.select({ kind }).from(publishedDocuments).where(eq(slug, address)).get()?.kind
}

/** Adds the next version under its address, as a draft. */
export function insertVersion(db: Database, row: NewVersion): Version {
  const last = db.orm
    .select({ last: max(version) })
    .from(publishedDocuments)
    .where(eq(slug, row.slug))
    .get()
  return db.orm
    .insert(publishedDocuments)
    .values({ ...row, version: (last?.last ?? 0) + 1 })
    .returning()
    .get()
}

type Known = Pick<Version, 'id' | 'rev'>
type Change = Partial<
  Pick<
    Version,
    | 'title'
    | 'documentOn'
    | 'sections'
    | 'storedName'
    | 'originalName'
    | 'mime'
    | 'bytes'
    | 'publishedAt'
    | 'withdrawnAt'
  >
>

/** False where somebody was quicker. */
export function updateVersion(db: Database, known: Known, change: Change): boolean {
  const { changes } = db.orm
    .update(publishedDocuments)
    .set({ ...change, rev: known.rev + 1 })
    .where(and(eq(id, known.id), eq(rev, known.rev)))
    .run()
  return changes === 1
}

/** Removes a version that was never published. False where somebody was quicker. */
export function deleteDraft(db: Database, known: Known): boolean {
  const isThis = and(eq(id, known.id), eq(rev, known.rev), isNull(publishedAt))
  return db.orm.delete(publishedDocuments).where(isThis).run().changes === 1
}

/** A new version may begin with the file of the one before it. */
export function isFileUsed(db: Database, name: string): boolean {
  const uses = db.orm.select({ n: count() }).from(publishedDocuments).where(eq(storedName, name)).get()
  return (uses?.n ?? 0) > 0
}
