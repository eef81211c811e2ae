import type { Settings } from '#settings/store.ts'
import { groupName } from '#statistics/names.ts'
import { formatNumber } from '#web/thai-format.ts'
import { type HeatCell, heatCell } from './heat.ts'
import { countIn, type PlaceCounts } from './recurrence.ts'

export interface VillageTable {
  /** The columns: their names are short, those of the groups are not. */
  villages: VillageColumn[]
  rows: { group: string; cells: HeatCell[]; sum: string }[]
  total: { cells: string[]; sum: string }
}

export interface VillageColumn {
  /** 0 for complaints without a village. */
  villageId: number
  short: string
  name: string
}

/** Complaints of every group of categories by village: which place has which trouble. */
export function villageTable(
  settings: Settings,
  places: readonly PlaceCounts[],
  months: readonly string[],
  sees: (categoryCode: string) => boolean,
): VillageTable {
  const counts = new Map<string, number>()
  const seen = { groups: new Set<string>(), villages: new Set(settings.villages().map(({ id }) => id)) }
  for (const place of places) {
    const { categoryCode, villageId } = place
    const count = countIn(place, months)
    if (count === 0 || !sees(categoryCode)) continue
    const group = settings.category(categoryCode)?.groupCode ?? categoryCode
    const key = `${villageId}|${group}`
    counts.set(key, (counts.get(key) ?? 0) + count)
    seen.groups.add(group)
    seen.villages.add(villageId)
  }
  const groups = [...seen.groups].sort((a, b) => sortOf(settings, a) - sortOf(settings, b))
  const villages = [...seen.villages].sort((a, b) => numberOf(settings, a) - numberOf(settings, b))
  const of = (villageId: number, group: string) => counts.get(`${villageId}|${group}`) ?? 0
  const sum = (numbers: number[]) => formatNumber(numbers.reduce((all, n) => all + n, 0))
  const largest = Math.max(1, ...counts.values())
  return {
    villages: villages.map((villageId) => ({
      ...{ villageId, name: placeName(settings, villageId) },
      short: villageId === 0 ? 'ไม่ระบุ' : `หมู่ ${settings.village(villageId)?.number ?? villageId}`,
    })),
    rows: groups.map((group) => ({
      group: groupName(settings, group, 'th'),
      cells: villages.map((villageId) => heatCell(of(villageId, group), largest)),
      sum: sum(villages.map((villageId) => of(villageId, group))),
    })),
    total: {
      cells: villages.map((villageId) => sum(groups.map((group) => of(villageId, group)))),
      sum: sum([...counts.values()]),
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
