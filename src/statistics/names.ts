import { CHANNELS, FINDINGS, type Kind, OUTCOMES } from '#domain/vocabulary.ts'
import type { Settings } from '#settings/store.ts'
import { type Language, t } from '#web/languages.ts'
import type { Balanced } from './breakdowns.ts'

/** A category or a group of them in words; one that was removed from the tree keeps its code. */
export function groupName(settings: Settings, group: string, lang: Language): string {
  const category = settings.category(group)
  if (!category) return group
  return lang === 'en' ? category.nameEn : category.name
}

export function kindName(kind: Kind, lang: Language): string {
  return t(lang, `sx.kind.${kind}`)
}

/** The groups a complaint can belong to, in the office's order. */
export function complaintGroups(settings: Settings): string[] {
  return settings
    .categoryTree()
    .filter((group) => group.children.some((category) => category.kind === 'complaint'))
    .map((group) => group.code)
}

/** What a list's line is called. What is out of use keeps its name. */
export function valueName(settings: Settings, list: Balanced, value: string, lang: Language): string {
  if (list === 'category') return groupName(settings, value, lang)
  if (list === 'channel') return channelName(value, lang)
  if (value === '0') return t(lang, list === 'unit' ? 'sx.noUnit' : 'sx.noVillage')
  const unit = list === 'unit' ? settings.unit(Number(value)) : undefined
  if (unit) return lang === 'en' ? unit.nameEn : unit.name
  const village = list === 'village' ? settings.village(Number(value)) : undefined
  if (!village) return value
  const { number, name, nameEn } = village
  return t(lang, 'sx.village', { number, name: lang === 'en' ? nameEn : name })
}

function channelName(value: string, lang: Language): string {
  const channel = CHANNELS.find((known) => known === value)
  return channel ? t(lang, `of.ch.${channel}`) : value
}

const LAST = 1_000_000

/** Where a line stands: in the office's order, what is not known to it after that, and nothing given last. */
export function valueOrder(settings: Settings, list: Balanced, value: string): number {
  if (list === 'channel') return indexIn(CHANNELS, value)
  if (value === '0') return LAST + 1
  if (list === 'unit') return settings.unit(Number(value))?.sort ?? LAST
  if (list === 'village') return settings.village(Number(value))?.number ?? LAST
  const category = settings.category(value)
  const group = settings.category(category?.groupCode ?? '')
  return category ? (group?.sort ?? 0) * 1_000 + category.sort : LAST
}

/** How cases finish without an outcome. */
const ENDS = ['not_accepted', 'forwarded', 'withdrawn'] as const

/** How a case ended: by its outcome, or by its status where it has none. */
export function outcomeName(value: string, lang: Language): string {
  const outcome = OUTCOMES.find((known) => known === value)
  if (outcome) return t(lang, `outcome.${outcome}`)
  const end = ENDS.find((known) => known === value)
  return end ? t(lang, `st.${end}`) : value
}

export function findingName(value: string, lang: Language): string {
  const finding = FINDINGS.find((known) => known === value)
  return t(lang, finding ? `finding.${finding}` : 'sx.finding.none')
}

export const outcomeOrder = (value: string): number => indexIn([...OUTCOMES, ...ENDS], value)
export const findingOrder = (value: string): number => indexIn(FINDINGS, value)

function indexIn(list: readonly string[], value: string): number {
  const index = list.indexOf(value)
  return index < 0 ? list.length : index
}
