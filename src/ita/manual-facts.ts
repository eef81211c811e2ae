import { CORRUPTION_BODIES, GENERAL_BODIES, type PublicNumber } from '#public/numbers.ts'
import type { Portal } from '#settings/portal.ts'
import { publicSite } from '#settings/public-site.ts'
import { t } from '#web/languages.ts'
import type { DocumentSection } from './tables.ts'

/** What the public may know of the sealed channel. Handed in: the channel itself is out of reach. */
export interface SealedFacts {
  isOpen: boolean
  /** The order that names who receives reports; empty while there is none. */
  orderNo: string
  /** A civil date, or empty. */
  orderOn: string
  /** The posts named in the order. */
  posts: string[]
  /** Working days in which a report is taken up. */
  acknowledgeDays: number
  /** Days of the preliminary check, from the day of receipt. */
  checkDays: number
  /** Days of fact-finding, and by how many they may be extended once. */
  inquiryDays: number
  extensionDays: number
}

/** Of a channel that is not open, with the times that it would begin with. */
export const NOT_OPEN: SealedFacts = {
  ...{ isOpen: false, orderNo: '', orderOn: '', posts: [] },
  ...{ acknowledgeDays: 3, checkDays: 15, inquiryDays: 30, extensionDays: 30 },
}

/** The office as its settings have it: what both manuals are written from. */
export type OfficeFacts = ReturnType<typeof officeFacts>

export function officeFacts(portal: Portal) {
  const { settings, config } = portal
  const deadlines = settings.deadlines()
  return {
    office: portal.office(),
    units: publicSite(portal).units(),
    deadlines,
    /** Categories for which the office promises fewer days. */
    quicker: settings
      .categories()
      .filter(({ targetDays }) => targetDays !== null && targetDays < deadlines.targetDays)
      .map(({ name, targetDays }) => ({ name, days: Number(targetDays) })),
    address: (path: string) => `${config.publicUrl}${path}`,
    bodies: GENERAL_BODIES.map(inWords),
    corruptionBodies: CORRUPTION_BODIES.map(inWords),
  }
}

const inWords = ({ name, digits }: PublicNumber): string => `${t('th', name)} โทร. ${digits}`

/** A section of a manual from its lines; what is not to be said is left out. */
export function section(heading: string, ...lines: (string | false)[]): DocumentSection {
  return { heading, text: lines.filter((line) => line !== false).join('\n') }
}

/** An open place for the office to fill in; no manual is published with one. */
export const orBlank = (text: string, what: string): string => text.trim() || `[กรอก${what}]`

/** A cell of a table, in which a bar would begin the next one. */
export const cell = (text: string): string => text.replaceAll('|', '/').replace(/\s+/g, ' ')
