import { toArabicDigits } from '#domain/text.ts'
import type { Channel, Finding, Kind, Outcome, RejectReason } from '#domain/vocabulary.ts'
import type { Settings, Village } from '#settings/store.ts'
import { firstKnown } from './cells.ts'
import { plainHeading as plain } from './headings.ts'
import {
  CHANNEL_WORDS,
  FINDING_WORDS,
  type ImportedStatus,
  KIND_WORDS,
  OUTCOME_WORDS,
  REJECT_WORDS,
  STATUS_WORDS,
  YES_WORDS,
} from './words.ts'

export interface FoundCategory {
  code: string
  kind: Kind
  unitId: number | null
}

type Find<T> = (text: string) => T | undefined

/** What a register's words mean in this office: its categories, villages and units, and the fixed lists. */
export interface Lookups {
  category: Find<FoundCategory>
  /** Where a case goes whose register names no category. */
  otherCategory: (kind: Kind) => FoundCategory
  village: Find<Pick<Village, 'id'>>
  unit: Find<number>
  kind: Find<Kind>
  channel: Find<Channel>
  status: Find<ImportedStatus>
  outcome: Find<Outcome>
  finding: Find<Finding>
  rejectReason: Find<RejectReason>
  yes: Find<'yes' | 'no'>
}

const OTHER: Record<Kind, string> = {
  complaint: 'X9',
  request: 'RQ9',
  question: 'OP4',
  suggestion: 'OP1',
  praise: 'OP3',
}

export function lookupsOf(settings: Settings): Lookups {
  const categories = dictionary(
    settings.categories().map((category) => [category, [category.code, category.name, category.nameEn]]),
  )
  const units = dictionary(settings.units().map((unit) => [unit.id, [unit.name, unit.nameEn]]))
  return {
    category: (text) => firstKnown(text, categories),
    otherCategory: (kind) => {
      const category = settings.category(OTHER[kind])
      if (!category) throw new Error(`the category ${OTHER[kind]} is missing`)
      return category
    },
    village: villageFinder(settings.villages()),
    unit: units,
    kind: words(KIND_WORDS),
    channel: words(CHANNEL_WORDS),
    status: words(STATUS_WORDS),
    outcome: words(OUTCOME_WORDS),
    finding: words(FINDING_WORDS),
    rejectReason: words(REJECT_WORDS),
    yes: words(YES_WORDS),
  }
}

function dictionary<T>(entries: readonly (readonly [T, readonly string[]])[]): Find<T> {
  const known = new Map(entries.flatMap(([value, names]) => names.map((name) => [plain(name), value])))
  return (text) => known.get(plain(text))
}

function words<T extends string>(lists: Record<T, readonly string[]>): Find<T> {
  const entries = Object.entries<readonly string[]>(lists) as [T, readonly string[]][]
  return dictionary(entries.map(([code, names]) => [code, [code, ...names]] as const))
}

/** '3', 'หมู่ที่ 3', 'ม.3', 'บ้านดอน หมู่ 4' or the village's name. */
function villageFinder(villages: readonly Village[]): Find<Village> {
  const named = dictionary(villages.map((village) => [village, [village.name, village.nameEn]]))
  return (text) => {
    const typed = toArabicDigits(text)
    const number =
      /^\s*(\d{1,2})\s*$/.exec(typed) ?? /(?:หมู่(?:ที่|บ้านที่)?|ม\.|moo)\s*(\d{1,2})(?!\d)/i.exec(typed)
    if (!number) return named(text)
    return villages.find((village) => village.number === Number(number[1]))
  }
}
