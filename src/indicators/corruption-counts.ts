import type { Conduct } from '#domain/sealed-status.ts'

/**
 * All that the indicators learn of the sealed channel. Reports are counted by officers, in the fiscal year in which
 * they end one. Asked only for years that are over; undefined for a year in which the channel was not open.
 *
 * The numbers have to be those of the channel's own public page, as they stood when the year was over, and never
 * change afterwards: beside a second count of the same reports, what is masked could be worked out.
 */
export interface CorruptionCounts {
  conduct(fiscalYear: number): Record<Conduct, number> | undefined
  /** Reports that count as corruption cases (คดี). */
  cases(fiscalYear: number): number | undefined
}
