import { and, eq } from 'drizzle-orm'
import { cases } from '#complaints/tables.ts'
import type { Database } from '#platform/database.ts'

/** A case that an earlier run, or an earlier row of this one, brought in. */
export interface KnownCase {
  receivedOn: string
  submissionKey: string
}

export function findBySourceNumber(db: Database, source: string, externalNo: string): KnownCase | undefined {
  return db.orm
    .select({ receivedOn: cases.receivedOn, submissionKey: cases.submissionKey })
    .from(cases)
    .where(and(eq(cases.source, source), eq(cases.sourceRef, externalNo)))
    .get()
}

export function hasSubmission(db: Database, submissionKey: string): boolean {
  const found = db.orm
    .select({ id: cases.id })
    .from(cases)
    .where(eq(cases.submissionKey, submissionKey))
    .get()
  return found !== undefined
}
