import type { CaseStatus } from '#domain/case-status.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Kind } from '#domain/vocabulary.ts'
import type { Period } from '#statistics/period.ts'
import type { SqliteHandle } from '#statistics/store.ts'

/** A case as far as it is counted; never its number, its id or a word of it. */
export interface CountedCase {
  kind: Kind
  categoryGroup: string
  category: string
  receivedOn: CivilDate
  channel: string
  unit: number
  village: number
  status: CaseStatus
  finishedOn: CivilDate | null
  outcome: string | null
  finding: string | null
}

/** The cases received in a month, in no order that means anything: one by one, so that the reader may pause. */
export function readCasesOfMonth(
  { sqlite }: SqliteHandle,
  { from, to }: Period,
): IterableIterator<CountedCase> {
  return sqlite
    .prepare<[string, string], CountedCase>(
      `select kind, category_group as categoryGroup, category_code as category, received_on as receivedOn, channel,
         coalesce(unit_id, 0) as unit, coalesce(village_id, 0) as village, status, finished_on as finishedOn,
         outcome, finding
       from cases
       where received_on between ? and ? and status not in ('merged', 'moved')`,
    )
    .iterate(`${from}-01`, `${to}-31`)
}
