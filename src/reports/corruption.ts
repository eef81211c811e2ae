import type { Balance } from '#domain/balance.ts'
import type { CivilDate } from '#domain/civil-date.ts'
import type { Part } from '#statistics/period.ts'

/** How the reports of corruption of a year or half stand: what /statistics/{fy}/corruption shows, and nothing finer. */
export interface CorruptionProgress {
  balance: Balance | null
  /** The last day that is counted, the end of a month; null with the balance. */
  countedTo: CivilDate | null
  /** Why there is no balance: no month of it is over yet, or the channel was not open then. */
  missing: 'coming' | 'before' | null
}

/** Handed in by the wiring: the channel itself is out of reach. */
export type CorruptionSource = (fiscalYear: number, part: Part) => CorruptionProgress
