import { and, asc, eq, gt, max } from 'drizzle-orm'
import type { Viewer } from '#domain/permissions.ts'
import { outbox } from '#mail/tables.ts'
import type { Database } from '#platform/database.ts'
import type { CaseFile } from './case-files-store.ts'
import type { CaseEvent } from './history-store.ts'
import { notMoved, visibleTo } from './store.ts'
import { caseEvents, caseFiles, cases } from './tables.ts'

/** A file of a case that the viewer may see. */
export function findFileForViewer(db: Database, viewer: Viewer, fileId: string): CaseFile | undefined {
  return db.orm
    .select({ file: caseFiles })
    .from(caseFiles)
    .innerJoin(cases, eq(cases.id, caseFiles.caseId))
    .where(and(eq(caseFiles.id, fileId), notMoved, visibleTo(viewer)))
    .get()?.file
}

const numbered = { id: cases.id, fiscalYear: cases.fiscalYear, seq: cases.seq, subject: cases.subject }

/** Number and subject of another case, as far as the viewer may see it. */
export function findOtherForViewer(db: Database, viewer: Viewer, caseId: number) {
  return db.orm
    .select(numbered)
    .from(cases)
    .where(and(eq(cases.id, caseId), notMoved, visibleTo(viewer)))
    .get()
}

/** The cases that were merged into this one, as far as the viewer may see them. */
export function mergedForViewer(db: Database, viewer: Viewer, caseId: number) {
  return db.orm
    .select(numbered)
    .from(cases)
    .where(and(eq(cases.mergedIntoId, caseId), visibleTo(viewer)))
    .orderBy(asc(cases.id))
    .all()
}

/** What happened after the event that a form was opened at; the case was loaded through the viewer. */
export function eventsAfter(db: Database, caseId: number, eventId: number): CaseEvent[] {
  return db.orm
    .select()
    .from(caseEvents)
    .where(and(eq(caseEvents.caseId, caseId), gt(caseEvents.id, eventId)))
    .orderBy(asc(caseEvents.id))
    .all()
}

const caseMail = {
  id: outbox.id,
  dedupeKey: outbox.dedupeKey,
  caseId: outbox.caseId,
  letterId: outbox.letterId,
  recipient: outbox.recipient,
  subject: outbox.subject,
  state: outbox.state,
  sentAt: outbox.sentAt,
  reason: outbox.lastError,
}

/** The mails of the case with what became of them, by the key of what caused them. */
export function mailsOf(db: Database, caseId: number) {
  const rows = db.orm
    .select(caseMail)
    .from(outbox)
    .where(and(eq(outbox.caseId, caseId), eq(outbox.kind, 'letter')))
    .orderBy(asc(outbox.id))
    .all()
  return new Map(rows.map((row) => [row.dedupeKey, row]))
}

export type CaseMail = ReturnType<typeof mailsOf> extends Map<string, infer Mail> ? Mail : never

/** One mail to the complainant of a case that was loaded through the viewer. */
export function findMailOfCase(db: Database, caseId: number, mailId: number): CaseMail | undefined {
  return db.orm
    .select(caseMail)
    .from(outbox)
    .where(and(eq(outbox.id, mailId), eq(outbox.caseId, caseId), eq(outbox.kind, 'letter')))
    .get()
}

/** The newest event: a form carries it, so that we can tell what happened since. */
export function lastEventId(db: Database, caseId: number): number {
  const newest = db.orm
    .select({ id: max(caseEvents.id) })
    .from(caseEvents)
    .where(eq(caseEvents.caseId, caseId))
    .get()
  return newest?.id ?? 0
}

/** Whether a case of that outside register and number exists; which one stays untold. */
export function isSourceTaken(db: Database, source: string, sourceRef: string): boolean {
  const same = and(eq(cases.source, source), eq(cases.sourceRef, sourceRef))
  return db.orm.select({ id: cases.id }).from(cases).where(same).get() !== undefined
}
