import type { PublicSite } from '#public/pages.ts'
import type { Portal } from './portal.ts'

/** What the explaining pages tell about the office, read from its settings at every request. */
export function publicSite(portal: Portal): PublicSite {
  const { settings } = portal
  return {
    portal,
    units: () => {
      const handled = settings.categories().filter((category) => !category.restricted)
      return settings.units().map((unit) => ({
        name: unit.name,
        nameEn: unit.nameEn,
        isCentre: unit.isCentre,
        handles: handled.filter((category) => category.unitId === unit.id),
      }))
    },
    targetDays: () => settings.deadlines().targetDays,
    privacy: () => {
      const { version, effectiveOn, generalYears } = settings.privacy()
      return { version, effectiveOn, years: generalYears }
    },
  }
}
