import type { Settings } from '#settings/store.ts'
import { groupName } from '#statistics/names.ts'
import { formatNumber } from '#web/thai-format.ts'
import { type HeatCell, heatCell } from './heat.ts'
import type { Place } from './recurrence.ts'

export interface VillageTable {
  groups: { code: string; name: string }[]
  rows: VillageRow[]
  total: { cells: string[]; sum: string }
}

export interface VillageRow {
  /** 0 for complaints without a village. */
  villageId: number
  name: string
  cells: HeatCell[]
  sum: string
}

/** Complaints of every village by group of categories: which place has which trouble. */
export function villageTable(
  settings: Settings,
  places: ReadonlyMap<Place, ReadonlyMap<string, number>>,
  sees: (categoryCode: string) => boolean,
): VillageTable {
  const counts = new Map<string, number>()
  const seen = { groups: new Set<string>(), villages: new Set(settings.villages().map(({ id }) => id)) }
  for (const [{ categoryCode, villageId }, months] of places) {
    if (!sees(categoryCode)) continue
    const group = settings.category(categoryCode)?.groupCode ?? categoryCode
    const key = `${villageId}|${group}`
    counts.set(
      key,
      [...months.values()].reduce((sum, n) => sum + n, counts.get(key) ?? 0),
    )
    seen.groups.add(group)
    seen.villages.add(villageId)
  }
  const groups = [...seen.groups].sort((a, b) => sortOf(settings, a) - sortOf(settings, b))
  const villages = [...seen.villages].sort((a, b) => numberOf(settings, a) - numberOf(settings, b))
  const of = (villageId: number, group: string) => counts.get(`${villageId}|${group}`) ?? 0
  const sum = (numbers: number[]) => numbers.reduce((all, n) => all + n, 0)
  const largest = Math.max(1, ...counts.values())
  return {
    groups: groups.map((code) => ({ code, name: groupName(settings, code, 'th') })),
    rows: villages.map((villageId) => ({
      ...{ villageId, name: placeName(settings, villageId) },
      cells: groups.map((group) => heatCell(of(villageId, group), largest)),
      sum: formatNumber(sum(groups.map((group) => of(villageId, group)))),
    })),
    total: {
      cells: groups.map((group) => formatNumber(sum(villages.map((villageId) => of(villageId, group))))),
      sum: formatNumber(sum([...counts.values()])),
    },
  }
}

export function placeName(settings: Settings, villageId: number | null): string {
  if (villageId === null) return 'ทุกหมู่บ้าน'
  const village = settings.village(villageId)
  return village ? `หมู่ที่ ${village.number} ${village.name}` : 'ไม่ระบุหมู่บ้าน'
}

const sortOf = (settings: Settings, group: string): number => settings.category(group)?.sort ?? 1_000_000
/** Complaints without a village stand last. */
const numberOf = (settings: Settings, id: number): number => settings.village(id)?.number ?? 1_000_000
