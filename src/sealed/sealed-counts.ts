import { findOfficerOfAccount } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { countDuties } from './report-store.ts'

/**
 * Duties towards sealed reports, as numbers without any content, for the overview of the working group. A named
 * officer gets those of the reports this person may open: not even a number tells of another.
 */
export function sealedCounts(sealed: Sealed, accountId: number): { due: number; overdue: number } {
  const officer = findOfficerOfAccount(sealed.db, accountId)
  return countDuties(sealed.db, sealed.today(), officer?.id)
}
