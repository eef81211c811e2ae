import type { Settings } from '#settings/store.ts'

// Reports are in Thai. A code that is not known any more is printed as it is.

export const categoryName = (settings: Settings, code: string): string =>
  settings.category(code)?.name ?? code

export function villageName(settings: Settings, id: string): string {
  const village = settings.village(Number(id))
  return village ? `หมู่ที่ ${village.number} ${village.name}` : id
}
