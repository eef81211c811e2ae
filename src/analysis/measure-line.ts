import type { CivilDate } from '#domain/civil-date.ts'
import type { Settings } from '#settings/store.ts'
import { groupName } from '#statistics/names.ts'
import { formatDate } from '#web/thai-format.ts'
import { measureAddress } from './addresses.ts'
import { type Measure, type MeasureState, measureState } from './measures-store.ts'
import { placeName } from './village-table.ts'

export const STATE_NAMES: Record<MeasureState, string> = {
  open: 'กำลังดำเนินการ',
  overdue: 'เกินกำหนด',
  done: 'แล้วเสร็จ',
  abandoned: 'ยกเลิก',
}

/** A measure as lists and its own page show it. */
export interface MeasureLine {
  href: string
  state: MeasureState
  stateName: string
  measure: string
  problem: string
  about: string
  owner: string
  startsOn: string
  /** When it is due, was done or given up; null where nothing is known. */
  until: { what: string; on: string } | null
}

export function measureLine(settings: Settings, row: Measure, today: CivilDate): MeasureLine {
  const { measure, problem, owner } = row
  const state = measureState(row, today)
  return {
    ...{ href: measureAddress(row.id), state, stateName: STATE_NAMES[state], measure, problem, owner },
    about: `${groupName(settings, row.categoryCode, 'th')} · ${placeName(settings, row.villageId)}`,
    startsOn: formatDate(row.startsOn, 'th'),
    until: untilOf(row),
  }
}

function untilOf({ dueOn, doneOn, abandonedOn }: Measure): MeasureLine['until'] {
  if (abandonedOn !== null) return { what: 'ยกเลิก', on: formatDate(abandonedOn, 'th') }
  if (doneOn !== null) return { what: 'แล้วเสร็จ', on: formatDate(doneOn, 'th') }
  return dueOn === null ? null : { what: 'กำหนดแล้วเสร็จ', on: formatDate(dueOn, 'th') }
}
