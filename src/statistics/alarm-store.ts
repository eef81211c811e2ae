import { and, asc, count, isNull, lte } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { recountAlarms } from './tables.ts'

export type RecountAlarm = typeof recountAlarms.$inferSelect

/** Alarms that nobody has looked at, oldest first. */
export function unseenAlarms(db: Database): RecountAlarm[] {
  return db.orm
    .select()
    .from(recountAlarms)
    .where(isNull(recountAlarms.seenAt))
    .orderBy(asc(recountAlarms.id))
    .all()
}

export function countUnseenAlarms(db: Database): number {
  const unseen = isNull(recountAlarms.seenAt)
  return db.orm.select({ n: count() }).from(recountAlarms).where(unseen).get()?.n ?? 0
}

/** Up to the one that was on the page: what came later stays. Returns how many there were. */
export function markAlarmsSeen(db: Database, upTo: number, seenAt: Date, seenBy: string): number {
  return db.orm
    .update(recountAlarms)
    .set({ seenAt, seenBy })
    .where(and(isNull(recountAlarms.seenAt), lte(recountAlarms.id, upTo)))
    .run().changes
}
