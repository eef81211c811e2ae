import { desc, eq, isNotNull } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { SealedSettings } from './settings.ts'
import { channel, recoveryKeys } from './tables.ts'

/** What is known of the channel itself. */
export interface Channel {
  orderNo: string
  orderOn: string
  receiptSalt: Buffer
  openedAt: Date | null
  settings: SealedSettings
}

export type RecoveryKeyRow = typeof recoveryKeys.$inferSelect

const ONLY = 1

/** The row that every office has; its salt is drawn once and for ever. */
export function ensureChannel(db: Database, receiptSalt: Buffer): void {
  db.orm.insert(channel).values({ id: ONLY, receiptSalt, settings: {} }).onConflictDoNothing().run()
}

export function readChannel(db: Database): Channel {
  const row = db.orm.select().from(channel).where(eq(channel.id, ONLY)).get()
  if (!row) throw new Error('the channel has no row')
  return { ...row, settings: SealedSettings.parse(row.settings) }
}

export function changeChannel(
  db: Database,
  change: Partial<Pick<Channel, 'orderNo' | 'orderOn' | 'openedAt' | 'settings'>>,
): void {
  db.orm.update(channel).set(change).where(eq(channel.id, ONLY)).run()
}

/** The recovery key that reports are sealed to: the newest that was seen to recover. */
export function currentRecoveryKey(db: Database): RecoveryKeyRow | undefined {
  return db.orm
    .select()
    .from(recoveryKeys)
    .where(isNotNull(recoveryKeys.verifiedAt))
    .orderBy(desc(recoveryKeys.version))
    .get()
}

/** All recovery keys, newest first. */
export function listRecoveryKeys(db: Database): RecoveryKeyRow[] {
  return db.orm.select().from(recoveryKeys).orderBy(desc(recoveryKeys.version)).all()
}

export function insertRecoveryKey(db: Database, row: Omit<RecoveryKeyRow, 'version'>): number {
  const version = (listRecoveryKeys(db)[0]?.version ?? 0) + 1
  db.orm
    .insert(recoveryKeys)
    .values({ ...row, version })
    .run()
  return version
}

export function markRecoveryVerified(db: Database, version: number, at: Date): void {
  db.orm.update(recoveryKeys).set({ verifiedAt: at }).where(eq(recoveryKeys.version, version)).run()
}

/** The holder's name of a recovery key in the tables of keys. */
export const recoveryHolder = (version: number): string => `recovery-${version}`
