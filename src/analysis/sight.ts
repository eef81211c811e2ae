import { caseScope, mayCountRestricted, type Viewer } from '#domain/permissions.ts'
import type { Settings } from '#settings/store.ts'
import type { MeasureScope } from './measures-store.ts'

/** Which categories a person sees figures of. */
export interface Sight extends MeasureScope {
  sees(categoryCode: string): boolean
  /** Whether the texts of every unit's cases are open to the person, and not those of the own unit alone. */
  readsEveryUnit: boolean
}

export function sightOf(settings: Settings, viewer: Viewer): Sight {
  const restricted = mayCountRestricted(viewer)
  const scope = caseScope(viewer)
  return {
    restricted,
    sees: (code) => restricted || settings.category(code)?.restricted !== true,
    readsEveryUnit: scope !== 'none' && scope.all === true,
  }
}

/** The categories of complaints to choose from, by group. */
export function categoryGroups(
  settings: Settings,
  { sees }: Sight,
): { label: string; options: { value: string; text: string }[] }[] {
  return settings
    .categoryTree()
    .map(({ name, children }) => ({
      label: name,
      options: children
        .filter(({ kind, code }) => kind === 'complaint' && sees(code))
        .map(({ code, name }) => ({ value: code, text: name })),
    }))
    .filter(({ options }) => options.length > 0)
}

export function villageOptions(settings: Settings): { value: string; text: string }[] {
  return settings
    .villages()
    .map(({ id, number, name }) => ({ value: String(id), text: `หมู่ที่ ${number} ${name}` }))
}
