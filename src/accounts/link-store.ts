import { and, eq, gt, isNull, lte, type SQL } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { singleUseLinks } from './tables.ts'

export type LinkRow = typeof singleUseLinks.$inferSelect
export type LinkPurpose = LinkRow['purpose']

/** The new link is the only one: those made before for the same purpose and person are void. */
export function replaceLink(db: Database, row: Omit<LinkRow, 'usedAt'>): void {
  db.inTransaction(() => {
    voidLinks(db, row.purpose, row.staffId)
    db.orm.insert(singleUseLinks).values(row).run()
  })
}

export function voidLinks(db: Database, purpose: LinkPurpose, staffId: number | null): void {
  const owner = staffId === null ? isNull(singleUseLinks.staffId) : eq(singleUseLinks.staffId, staffId)
  db.orm
    .delete(singleUseLinks)
    .where(and(eq(singleUseLinks.purpose, purpose), owner))
    .run()
}

export function findUsableLink(
  db: Database,
  purpose: LinkPurpose,
  tokenHash: string,
  now: Date,
): LinkRow | undefined {
  return db.orm
    .select()
    .from(singleUseLinks)
    .where(usable(purpose, tokenHash, now))
    .get()
}

/** Answers false when somebody was faster, or the link ran out while the form was open. */
export function markLinkUsed(db: Database, purpose: LinkPurpose, tokenHash: string, now: Date): boolean {
  const update = db.orm
    .update(singleUseLinks)
    .set({ usedAt: now })
    .where(usable(purpose, tokenHash, now))
  return update.run().changes === 1
}

export function deleteExpiredLinks(db: Database, now: Date): void {
  db.orm.delete(singleUseLinks).where(lte(singleUseLinks.expiresAt, now)).run()
}

function usable(purpose: LinkPurpose, tokenHash: string, now: Date): SQL | undefined {
  return and(
    eq(singleUseLinks.tokenHash, tokenHash),
    eq(singleUseLinks.purpose, purpose),
    isNull(singleUseLinks.usedAt),
    gt(singleUseLinks.expiresAt, now),
  )
}
