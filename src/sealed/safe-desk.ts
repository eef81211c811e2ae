import { type Filings, openFilings } from './filings.ts'
import type { Sealed } from './open.ts'
import { openRecent, type Recent } from './recent.ts'
import { type FormTokens, openFormTokens } from './safe-token.ts'

/** What the pages of who reports share, in both languages. All of it is in memory only. */
export interface SafeDesk {
  sealed: Sealed
  tokens: FormTokens
  filings: Filings
  /** Reports that came by the form. */
  filed: Recent
}

export function openDesk(sealed: Sealed): SafeDesk {
  return {
    sealed,
    tokens: openFormTokens(sealed.pepper, sealed.now),
    filings: openFilings(sealed.now),
    filed: openRecent(sealed.now),
  }
}
