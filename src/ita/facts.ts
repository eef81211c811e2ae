import { civilDateOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import { yearsCovered } from '#statistics/figures.ts'
import { openFiguresVersion, readMonthTotals } from '#statistics/store.ts'
import { FORUM_SLUG, type ItaFacts, satisfactionSlug } from './checks.ts'
import { newestPublished } from './document-store.ts'
import { NOT_OPEN, type SealedFacts } from './manual-facts.ts'
import { MANUAL_SLUGS } from './publish.ts'

/** What these pages tell of the sealed channel, which is out of their reach: handed in by the wiring. */
export interface SealedSources {
  facts(): SealedFacts
  /** Whether the channel's public page has numbers of that year. */
  hasFigures(fiscalYear: number): boolean
}

export const NO_CHANNEL: SealedSources = { facts: () => NOT_OPEN, hasFigures: () => false }

export function itaFacts(portal: Portal, sealed: SealedSources, fiscalYear: number): ItaFacts {
  const { db } = portal
  const today = civilDateOf(portal.now())
  const { changedAt } = openFiguresVersion(db)()
  return {
    ...{ fiscalYear, today },
    guideline: newestPublished(db, MANUAL_SLUGS.manual_corruption),
    forum: newestPublished(db, FORUM_SLUG),
    satisfaction: newestPublished(db, satisfactionSlug(fiscalYear)),
    channelIsOpen: sealed.facts().isOpen,
    hasStatistics: yearsCovered(readMonthTotals(db), today).includes(fiscalYear),
    hasCorruptionStatistics: sealed.hasFigures(fiscalYear),
    figuresChangedAt: changedAt > 0 ? new Date(changedAt) : null,
  }
}
