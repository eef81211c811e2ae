import type { FiguresVersion } from '#statistics/store.ts'
import type { Head } from './written.ts'

/** Free to use, to pass on and to change, with the office named as the source. */
export const LICENCE = { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' }

/** What every JSON file says of itself. */
export function headOf(dataset: string, { changedAt }: FiguresVersion, fiscalYear?: number): Head {
  return {
    dataset,
    ...(fiscalYear !== undefined && { fiscalYear }),
    licence: LICENCE.url,
    lastUpdated: changedAt > 0 ? new Date(changedAt).toISOString() : null,
  }
}
