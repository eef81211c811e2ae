import { createHash } from 'node:crypto'
import { asc, desc, inArray, isNull, or } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { sealedAudit } from './tables.ts'

export type SealedAuditLine = typeof sealedAudit.$inferSelect

export interface SealedDeed {
  at: Date
  /** The officer's name, `ผู้ดูแลระบบ ...` or `ระบบ`. Never who reports: what they do leaves no line. */
  actor: string
  /** Such as `vault.unlock`, `report.open`, `officer.remove`. */
  action: string
  reportId?: string
  /** Never anything of a report's content. */
  detail?: string
}

/** Writes the line of a deed, chained to the one before; to be called inside the transaction of the deed itself. */
export function recordDeed(db: Database, deed: SealedDeed): void {
  const last = db.orm.select().from(sealedAudit).orderBy(desc(sealedAudit.id)).limit(1).get()
  const previous = last?.digest ?? ''
  const line = { ...deed, reportId: deed.reportId ?? null, detail: deed.detail ?? '', previous }
  db.orm
    .insert(sealedAudit)
    .values({ ...line, digest: digestOf(line) })
    .run()
}

/** Lines of the channel as a whole, and of the reports named; newest first. */
export function listDeeds(
  db: Database,
  reportIds: readonly string[],
  most: number,
  skip = 0,
): SealedAuditLine[] {
  return db.orm
    .select()
    .from(sealedAudit)
    .where(or(isNull(sealedAudit.reportId), inArray(sealedAudit.reportId, [...reportIds])))
    .orderBy(desc(sealedAudit.id))
    .limit(most)
    .offset(skip)
    .all()
}

/** Whether no line was changed, taken out or put in since it was written. */
export function verifyDeeds(db: Database): boolean {
  let previous = ''
  for (const line of db.orm.select().from(sealedAudit).orderBy(asc(sealedAudit.id)).all()) {
    if (line.previous !== previous || line.digest !== digestOf(line)) return false
    previous = line.digest
  }
  return true
}

function digestOf(line: Omit<SealedAuditLine, 'id' | 'digest'>): string {
  const { previous, at, actor, action, reportId, detail } = line
  return createHash('sha256')
    .update(JSON.stringify([previous, at.getTime(), actor, action, reportId, detail]))
    .digest('hex')
}
