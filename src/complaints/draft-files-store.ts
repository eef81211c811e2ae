import { and, eq, inArray, lte } from 'drizzle-orm'
import { AppError } from '#domain/errors.ts'
import type { Database } from '#platform/database.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { insertRow } from '#platform/rows.ts'
import type { KeptFile } from '#web/keep-uploads.ts'
import { caseFiles, draftFiles } from './tables.ts'

export type DraftFile = typeof draftFiles.$inferSelect

/** Records files of a form that is not accepted yet, under the keyed hash of the form's token. */
export function insertDrafts(
  db: Database,
  draftHash: string,
  files: readonly KeptFile[],
  createdAt: Date,
): DraftFile[] {
  return db.inTransaction(() =>
    files.map((file) => {
      const draft = { ...file, id: newToken(), createdAt, draftHash }
      insertRow(db, draftFiles, draft)
      return draft
    }),
  )
}

/** The files a form names, in its order; those of another form, or gone, are left out. */
export function draftsOf(db: Database, draftHash: string, ids: readonly string[]): DraftFile[] {
  if (ids.length === 0) return []
  const rows = db.orm
    .select()
    .from(draftFiles)
    .where(and(eq(draftFiles.draftHash, draftHash), inArray(draftFiles.id, [...ids])))
    .all()
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/** Where a form's files go once it is accepted. */
export interface FileOwner {
  caseId: number
  eventId: number | null
  uploadedBy: 'citizen' | 'staff'
  audience: 'public' | 'internal'
}

/**
 * Hands the files over to the case; inside the transaction that accepts the form.
 * @throws AppError conflict when another form took one of them in the meantime
 */
export function moveDraftsToCase(db: Database, drafts: readonly DraftFile[], owner: FileOwner): void {
  const taken = deleteDrafts(db, drafts)
  if (taken.length < drafts.length) throw new AppError('conflict', 'files_gone')
  for (const { draftHash: _, ...file } of drafts) insertRow(db, caseFiles, { ...file, ...owner })
}

/** Returns those that were still drafts: what a case has taken over is no longer ours to remove. */
export function deleteDrafts(db: Database, drafts: readonly DraftFile[]): DraftFile[] {
  if (drafts.length === 0) return []
  const ids = drafts.map((draft) => draft.id)
  return db.orm.delete(draftFiles).where(inArray(draftFiles.id, ids)).returning().all()
}

/** Drafts whose form was given up, oldest first. */
export function staleDrafts(db: Database, createdBefore: Date, most: number): DraftFile[] {
  return db.orm
    .select()
    .from(draftFiles)
    .where(lte(draftFiles.createdAt, createdBefore))
    .orderBy(draftFiles.createdAt)
    .limit(most)
    .all()
}
