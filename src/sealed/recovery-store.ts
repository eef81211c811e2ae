import { sql } from 'drizzle-orm'
import type { Database } from '#platform/database.ts'
import { recoveryHolder } from './channel-store.ts'

/**
 * Reports of an officer of which something opens with the sheets of this version and not with the newest ones: as
 * long as there are any, the old sheets must be kept. Reports that the officer cannot open are not counted: their
 * number would tell of them.
 */
export function countUnderOldSheets(db: Database, officerId: string, old: number, newest: number): number {
  const oldHolder = recoveryHolder(old)
  const row = db.orm.get<{ n: number }>(sql`
    select count(*) n from report_keys own
    where own.holder = ${officerId} and (
      exists (select 1 from report_keys k where k.report_id = own.report_id and k.holder = ${oldHolder})
      or (exists (select 1 from contact_keys k where k.report_id = own.report_id and k.holder = ${oldHolder})
        and not exists (
          select 1 from contact_keys k
          where k.report_id = own.report_id and k.holder = ${recoveryHolder(newest)})))`)
  return row?.n ?? 0
}
