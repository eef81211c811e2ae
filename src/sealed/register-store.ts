import { and, asc, desc, eq, inArray, or } from 'drizzle-orm'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Database } from '#platform/database.ts'
import type { DutyRow, MessageRow } from './report-store.ts'
import { disclosures, duties, interests, mailDays, messages, reportKeys, sealedFiles } from './tables.ts'

export type DisclosureRow = typeof disclosures.$inferSelect

/** The reports that a holder has a key to; all others do not exist for this person. */
const heldBy = (db: Database, holder: string) =>
  db.orm.select({ id: reportKeys.reportId }).from(reportKeys).where(eq(reportKeys.holder, holder))

/** Who wrote, message by message, in the reports that a holder has a key to; each report's in their order. */
export function listDirectionsFor(
  db: Database,
  holder: string,
): Pick<MessageRow, 'reportId' | 'direction'>[] {
  return db.orm
    .select({ reportId: messages.reportId, direction: messages.direction })
    .from(messages)
    .where(inArray(messages.reportId, heldBy(db, holder)))
    .orderBy(asc(messages.reportId), asc(messages.position))
    .all()
}

/** The messages of several reports, each report's in their order. */
export function listMessagesOf(db: Database, reportIds: readonly string[]): MessageRow[] {
  return db.orm
    .select()
    .from(messages)
    .where(inArray(messages.reportId, [...reportIds]))
    .orderBy(asc(messages.reportId), asc(messages.position))
    .all()
}

export function listDutiesFor(db: Database, holder: string): DutyRow[] {
  return db.orm
    .select()
    .from(duties)
    .where(inArray(duties.reportId, heldBy(db, holder)))
    .orderBy(asc(duties.dueOn))
    .all()
}

/** Reports of which the officer said to have no interest in them. */
export function listDeclared(db: Database, officerId: string): string[] {
  return db.orm
    .select({ id: interests.reportId })
    .from(interests)
    .where(and(eq(interests.officerId, officerId), eq(interests.withdrew, false)))
    .all()
    .map(({ id }) => id)
}

/** Whether any officer has opened the report: nobody may without a word on an interest. */
export function wasRead(db: Database, reportId: string): boolean {
  return (
    db.orm
      .select({ id: interests.reportId })
      .from(interests)
      .where(and(eq(interests.reportId, reportId), eq(interests.withdrew, false)))
      .get() !== undefined
  )
}

export function findFile(
  db: Database,
  reportId: string,
  id: string,
): typeof sealedFiles.$inferSelect | undefined {
  return db.orm
    .select()
    .from(sealedFiles)
    .where(and(eq(sealedFiles.reportId, reportId), eq(sealedFiles.id, id)))
    .get()
}

/**
 * Disclosures of the reports that an officer has a key to, and those the officer made, which stay when the
 * report is destroyed: nobody whom a report concerned learns of them either way. Newest first.
 */
export function listDisclosuresFor(db: Database, officerId: string): DisclosureRow[] {
  return db.orm
    .select()
    .from(disclosures)
    .where(or(inArray(disclosures.reportId, heldBy(db, officerId)), eq(disclosures.officerId, officerId)))
    .orderBy(desc(disclosures.day), asc(disclosures.id))
    .all()
}

export function wasMailed(db: Database, day: CivilDate): boolean {
  return db.orm.select().from(mailDays).where(eq(mailDays.day, day)).get() !== undefined
}

export function markMailed(db: Database, day: CivilDate): void {
  db.orm.insert(mailDays).values({ day }).run()
}
