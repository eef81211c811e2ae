import { sql } from 'drizzle-orm'
import { visibleTo } from '#complaints/store.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Database } from '#platform/database.ts'

/** Of the complaints that a unit received in a month: how their duty to be solved or explained in time stands. */
export interface UnitTimes {
  unitId: number | null
  met: number
  explained: number
  late: number
  running: number
  /** About the conduct of service. */
  conduct: number
}

/** Reads the cases received in these days off their index, as far as the viewer may see them: a month's, not all. */
export function readUnitTimes(db: Database, viewer: Viewer, from: CivilDate, to: CivilDate): UnitTimes[] {
  const visible = visibleTo(viewer)
  const breached = sql`k.breached_at is not null`
  const state = (name: string) => sql`count(*) filter (where not (${breached}) and k.verdict = ${name})`
  return db.orm.all<UnitTimes>(
    sql`select cases.unit_id as "unitId",
        ${state('met')} as met,
        count(*) filter (where not (${breached}) and (k.verdict = 'explained'
          or (k.verdict is null and k.explained_on is not null))) as explained,
        count(*) filter (where ${breached} or k.verdict = 'late') as late,
        count(*) filter (where not (${breached}) and k.verdict is null and k.explained_on is null
          and k.id is not null) as running,
        count(*) filter (where cases.category_code like 'S%') as conduct
      from cases indexed by cases_received
      left join case_clocks k on k.case_id = cases.id and k.duty = 'resolve' and k.round = 1
      where cases.received_on between ${from} and ${to} and cases.kind = 'complaint'
        and cases.status not in ('merged', 'moved') ${visible ? sql`and ${visible}` : sql``}
      group by cases.unit_id`,
  )
}
