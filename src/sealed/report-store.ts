import { and, asc, desc, eq, inArray, isNull, lte, sql } from 'drizzle-orm'
import type { CivilDate } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import type { SealedDuty } from '#domain/sealed-status.ts'
import type { Database } from '#platform/database.ts'
import {
  contactKeys,
  contacts,
  disclosures,
  duties,
  interests,
  messages,
  movedTokens,
  reportKeys,
  reports,
  sealedFiles,
} from './tables.ts'

export type Report = typeof reports.$inferSelect
export type MessageRow = typeof messages.$inferSelect
export type FileRow = typeof sealedFiles.$inferSelect
export type DutyRow = typeof duties.$inferSelect

export function insertReport(db: Database, row: typeof reports.$inferInsert): void {
  db.orm.insert(reports).values(row).run()
}

/** Only for whoever holds a key to it: to everybody else it does not exist. */
export function findReportFor(db: Database, holder: string, id: string): Report | undefined {
  return db.orm
    .select({ report: reports })
    .from(reports)
    .innerJoin(reportKeys, and(eq(reportKeys.reportId, reports.id), eq(reportKeys.holder, holder)))
    .where(eq(reports.id, id))
    .get()?.report
}

/** Every report the holder has a key to. */
export function listReportsFor(db: Database, holder: string): Report[] {
  return db.orm
    .select({ report: reports })
    .from(reports)
    .innerJoin(reportKeys, and(eq(reportKeys.reportId, reports.id), eq(reportKeys.holder, holder)))
    .orderBy(desc(reports.receivedOn), asc(reports.id))
    .all()
    .map(({ report }) => report)
}

export function findReportByReceipt(db: Database, lookup: Buffer): Report | undefined {
  return db.orm.select().from(reports).where(eq(reports.receiptLookup, lookup)).get()
}

/** For the mailbox, which was opened with the receipt. */
export function findReport(db: Database, id: string): Report | undefined {
  return db.orm.select().from(reports).where(eq(reports.id, id)).get()
}

/**
 * Changes a report as it was read.
 * @throws AppError conflict `stale_form` when somebody else changed it meanwhile
 */
export function changeReport(
  db: Database,
  report: Pick<Report, 'id' | 'rev'>,
  change: Partial<Report>,
): void {
  const { changes } = db.orm
    .update(reports)
    .set({ ...change, rev: report.rev + 1 })
    .where(and(eq(reports.id, report.id), eq(reports.rev, report.rev)))
    .run()
  if (changes !== 1) throw new AppError('conflict', 'stale_form')
}

/** Marks every report that a person had a key to: its case key has to be renewed. */
export function askForRotation(db: Database, holder: string): void {
  const held = db.orm
    .select({ id: reportKeys.reportId })
    .from(reportKeys)
    .where(eq(reportKeys.holder, holder))
  db.orm.update(reports).set({ rotationDue: true }).where(inArray(reports.id, held)).run()
}

export function markRotationDue(db: Database, reportId: string): void {
  db.orm.update(reports).set({ rotationDue: true }).where(eq(reports.id, reportId)).run()
}

export function setCaseKey(db: Database, reportId: string, casePublicKey: Buffer, epoch: number): void {
  db.orm
    .update(reports)
    .set({ casePublicKey, epoch, rotationDue: false })
    .where(eq(reports.id, reportId))
    .run()
}

export function insertReportKey(db: Database, row: typeof reportKeys.$inferInsert): void {
  db.orm
    .insert(reportKeys)
    .values(row)
    .onConflictDoUpdate({
      target: [reportKeys.reportId, reportKeys.holder],
      set: { epoch: row.epoch, sealedKey: row.sealedKey },
    })
    .run()
}

export function findReportKey(
  db: Database,
  reportId: string,
  holder: string,
): typeof reportKeys.$inferSelect | undefined {
  return db.orm
    .select()
    .from(reportKeys)
    .where(and(eq(reportKeys.reportId, reportId), eq(reportKeys.holder, holder)))
    .get()
}

export function listKeysOf(db: Database, holder: string): (typeof reportKeys.$inferSelect)[] {
  return db.orm.select().from(reportKeys).where(eq(reportKeys.holder, holder)).all()
}

export function listHolders(db: Database, reportId: string): string[] {
  return db.orm
    .select({ holder: reportKeys.holder })
    .from(reportKeys)
    .where(eq(reportKeys.reportId, reportId))
    .all()
    .map(({ holder }) => holder)
}

export function deleteReportKey(db: Database, reportId: string, holder: string): void {
  db.orm
    .delete(reportKeys)
    .where(and(eq(reportKeys.reportId, reportId), eq(reportKeys.holder, holder)))
    .run()
}

export function insertMessage(db: Database, row: Omit<MessageRow, 'position'>): void {
  const position = listMessages(db, row.reportId).length
  db.orm
    .insert(messages)
    .values({ ...row, position })
    .run()
}

/** In the order they were written. */
export function listMessages(db: Database, reportId: string): MessageRow[] {
  return db.orm
    .select()
    .from(messages)
    .where(eq(messages.reportId, reportId))
    .orderBy(asc(messages.position))
    .all()
}

/** What officers wrote to who reports. */
export function listMessagesOut(db: Database, reportId: string): MessageRow[] {
  return listMessages(db, reportId).filter(({ direction }) => direction === 'out')
}

export function setMessageKey(db: Database, id: string, caseKey: Buffer): void {
  db.orm.update(messages).set({ caseKey }).where(eq(messages.id, id)).run()
}

export function insertFile(db: Database, row: FileRow): void {
  db.orm.insert(sealedFiles).values(row).run()
}

export function listFiles(db: Database, reportId: string): FileRow[] {
  return db.orm.select().from(sealedFiles).where(eq(sealedFiles.reportId, reportId)).all()
}

export function setFileKey(db: Database, id: string, caseKey: Buffer): void {
  db.orm.update(sealedFiles).set({ caseKey }).where(eq(sealedFiles.id, id)).run()
}

export function isKnownFile(db: Database, id: string): boolean {
  return (
    db.orm.select({ id: sealedFiles.id }).from(sealedFiles).where(eq(sealedFiles.id, id)).get() !== undefined
  )
}

export function writeContact(db: Database, reportId: string, body: Buffer): void {
  db.orm
    .insert(contacts)
    .values({ reportId, body })
    .onConflictDoUpdate({ target: contacts.reportId, set: { body } })
    .run()
}

export function findContact(db: Database, reportId: string): Buffer | undefined {
  return db.orm.select().from(contacts).where(eq(contacts.reportId, reportId)).get()?.body
}

export function insertContactKey(db: Database, row: typeof contactKeys.$inferInsert): void {
  db.orm
    .insert(contactKeys)
    .values(row)
    .onConflictDoUpdate({
      target: [contactKeys.reportId, contactKeys.holder],
      set: { sealedKey: row.sealedKey },
    })
    .run()
}

export function listContactKeys(db: Database, reportId: string): (typeof contactKeys.$inferSelect)[] {
  return db.orm.select().from(contactKeys).where(eq(contactKeys.reportId, reportId)).all()
}

export function deleteContactKeys(db: Database, reportId: string): void {
  db.orm.delete(contactKeys).where(eq(contactKeys.reportId, reportId)).run()
}

export function insertDuty(db: Database, row: typeof duties.$inferInsert): void {
  db.orm.insert(duties).values(row).onConflictDoNothing().run()
}

export function listDuties(db: Database, reportId: string): DutyRow[] {
  return db.orm.select().from(duties).where(eq(duties.reportId, reportId)).orderBy(asc(duties.dueOn)).all()
}

export function changeDuty(
  db: Database,
  reportId: string,
  duty: SealedDuty,
  change: Partial<Pick<DutyRow, 'dueOn' | 'metOn' | 'extended'>>,
): void {
  db.orm
    .update(duties)
    .set(change)
    .where(and(eq(duties.reportId, reportId), eq(duties.duty, duty)))
    .run()
}

/** Marks the duties that are done with: an end of the report ends them all. */
export function meetDuties(
  db: Database,
  reportId: string,
  which: readonly SealedDuty[],
  on: CivilDate,
): void {
  if (which.length === 0) return
  db.orm
    .update(duties)
    .set({ metOn: on })
    .where(and(eq(duties.reportId, reportId), inArray(duties.duty, [...which]), isNull(duties.metOn)))
    .run()
}

/**
 * Open duties of all reports, or those a holder has a key to: how many are due today, and how many are over.
 * Not how many there are: that number would tell at once when somebody has reported.
 */
export function countDuties(
  db: Database,
  today: CivilDate,
  holder?: string,
): { due: number; overdue: number } {
  const held = db.orm
    .select({ id: reportKeys.reportId })
    .from(reportKeys)
    .where(holder === undefined ? sql`true` : eq(reportKeys.holder, holder))
  const row = db.orm
    .select({
      due: sql<number>`coalesce(sum(${duties.dueOn} = ${today}), 0)`,
      overdue: sql<number>`coalesce(sum(${duties.dueOn} < ${today}), 0)`,
    })
    .from(duties)
    .where(and(isNull(duties.metOn), inArray(duties.reportId, held)))
    .get()
  return row ?? { due: 0, overdue: 0 }
}

export function writeInterest(db: Database, reportId: string, officerId: string, withdrew: boolean): void {
  db.orm
    .insert(interests)
    .values({ reportId, officerId, withdrew })
    .onConflictDoUpdate({ target: [interests.reportId, interests.officerId], set: { withdrew } })
    .run()
}

/** The officer's word: undefined when none was given yet. */
export function findInterest(
  db: Database,
  reportId: string,
  officerId: string,
): { withdrew: boolean } | undefined {
  return db.orm
    .select({ withdrew: interests.withdrew })
    .from(interests)
    .where(and(eq(interests.reportId, reportId), eq(interests.officerId, officerId)))
    .get()
}

/** Reports that an officer withdrew from. */
export function listWithdrawn(db: Database, officerId: string): string[] {
  return db.orm
    .select({ id: interests.reportId })
    .from(interests)
    .where(and(eq(interests.officerId, officerId), eq(interests.withdrew, true)))
    .all()
    .map(({ id }) => id)
}

export function insertDisclosure(db: Database, row: typeof disclosures.$inferInsert): void {
  db.orm.insert(disclosures).values(row).run()
}

export function listDisclosures(db: Database): (typeof disclosures.$inferSelect)[] {
  return db.orm.select().from(disclosures).orderBy(asc(disclosures.day)).all()
}

/** The next number of a series in the register; never given twice. */
export function nextNumber(db: Database, fiscalYear: number, series: string): number {
  const row = db.sqlite
    .prepare(
      `insert into register_sequences (fiscal_year, series, last) values (?, ?, 1)
       on conflict (fiscal_year, series) do update set last = last + 1 returning last`,
    )
    .get(fiscalYear, series) as { last: number }
  return row.last
}

export function hasMovedToken(db: Database, token: string): boolean {
  return db.orm.select().from(movedTokens).where(eq(movedTokens.token, token)).get() !== undefined
}

export function insertMovedToken(db: Database, token: string): void {
  db.orm.insert(movedTokens).values({ token }).run()
}

export function deleteMovedToken(db: Database, token: string): void {
  db.orm.delete(movedTokens).where(eq(movedTokens.token, token)).run()
}

/** Reports whose time has come; an open one never is. */
export function listToDestroy(db: Database, today: CivilDate): Report[] {
  return db.orm.select().from(reports).where(lte(reports.destroyOn, today)).all()
}

/** Everything of a report; its files on disk are removed by the caller afterwards. Figures stay: they are detached. */
export function deleteReport(db: Database, reportId: string): void {
  for (const table of [reportKeys, contactKeys, contacts, messages, sealedFiles, duties, interests]) {
    db.orm.delete(table).where(eq(table.reportId, reportId)).run()
  }
  db.orm.delete(reports).where(eq(reports.id, reportId)).run()
}
