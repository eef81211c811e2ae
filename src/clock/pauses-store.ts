import { and, asc, eq, inArray } from 'drizzle-orm'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Pause } from '#domain/deadlines.ts'
import type { Database } from '#platform/database.ts'
import { clockEvents } from './tables.ts'

/** The pauses of a clock that are over, oldest first, as its history has them. */
export function pausesOf(db: Database, clockId: number): Pause[] {
  const events = db.orm
    .select({ type: clockEvents.type, detail: clockEvents.detail })
    .from(clockEvents)
    .where(and(eq(clockEvents.clockId, clockId), inArray(clockEvents.type, ['paused', 'resumed'])))
    .orderBy(asc(clockEvents.id))
    .all()
  const pauses: Pause[] = []
  let after: CivilDate | null = null
  for (const { type, detail } of events) {
    const on = String(detail?.on)
    if (type === 'paused') after = on
    else if (after !== null) {
      pauses.push({ after, through: on })
      after = null
    }
  }
  return pauses
}
