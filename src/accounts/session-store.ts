import { eq, lte, or } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { staffSessions } from './tables.ts'

export type SessionRow = typeof staffSessions.$inferSelect

export function insertSession(db: Database, row: SessionRow): void {
  db.orm.insert(staffSessions).values(row).run()
}

export function findSessionRow(db: Database, tokenHash: string): SessionRow | undefined {
  return db.orm.select().from(staffSessions).where(eq(staffSessions.tokenHash, tokenHash)).get()
}

export function touchSession(db: Database, tokenHash: string, seenAt: Date): void {
  db.orm.update(staffSessions).set({ seenAt }).where(eq(staffSessions.tokenHash, tokenHash)).run()
}

export function deleteSession(db: Database, tokenHash: string): void {
  db.orm.delete(staffSessions).where(eq(staffSessions.tokenHash, tokenHash)).run()
}

export function deleteSessionsOf(db: Database, staffId: number): void {
  db.orm.delete(staffSessions).where(eq(staffSessions.staffId, staffId)).run()
}

export function deleteStaleSessions(db: Database, seenBefore: Date, createdBefore: Date): void {
  const stale = or(lte(staffSessions.seenAt, seenBefore), lte(staffSessions.createdAt, createdBefore))
  db.orm.delete(staffSessions).where(stale).run()
}
