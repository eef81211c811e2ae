import type { Settings } from '#settings/store.ts'
import { type Language, t } from '#web/languages.ts'
import type { OtherKind } from './figures.ts'

/** A category group in words; a group that was removed from the tree keeps its code. */
export function groupName(settings: Settings, group: string, lang: Language): string {
  const category = settings.category(group)
  if (!category) return group
  return lang === 'en' ? category.nameEn : category.name
}

export function kindName(kind: OtherKind, lang: Language): string {
  return t(lang, `sx.kind.${kind}`)
}

/** The groups a complaint can belong to, in the office's order. */
export function complaintGroups(settings: Settings): string[] {
  return settings
    .categoryTree()
    .filter((group) => group.children.some((category) => category.kind === 'complaint'))
    .map((group) => group.code)
}
