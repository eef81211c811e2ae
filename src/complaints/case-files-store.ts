import { and, asc, eq } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { caseFiles } from './tables.ts'

export type CaseFile = typeof caseFiles.$inferSelect

/** Everything kept with a case, oldest first; the case itself must have been loaded through the viewer. */
export function filesOf(db: Database, caseId: number): CaseFile[] {
  return db.orm
    .select()
    .from(caseFiles)
    .where(eq(caseFiles.caseId, caseId))
    .orderBy(asc(caseFiles.createdAt), asc(caseFiles.id))
    .all()
}

/** What the complainant sent along with the case itself. */
export function citizenFilesOf(db: Database, caseId: number): CaseFile[] {
  return publicFilesOf(db, caseId).filter((file) => file.uploadedBy === 'citizen' && file.eventId === null)
}

/** What the complainant may see. */
export function publicFilesOf(db: Database, caseId: number): CaseFile[] {
  return filesOf(db, caseId).filter((file) => file.audience === 'public')
}

/** One file of that case and of no other. */
export function findFileOfCase(db: Database, caseId: number, fileId: string): CaseFile | undefined {
  return db.orm
    .select()
    .from(caseFiles)
    .where(and(eq(caseFiles.caseId, caseId), eq(caseFiles.id, fileId)))
    .get()
}
