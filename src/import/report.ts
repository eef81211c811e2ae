import type { Encoding } from './decoding.ts'
import type { Field } from './fields.ts'
import type { HeadingRow } from './heading-row.ts'
import type { RegisterRow } from './row.ts'

export interface FaultyRow {
  /** Line of the file, from 1. */
  line: number
  reasons: string[]
}

/** What an import did, or a dry run would do. rows = added + present + faulty. */
export interface ImportReport {
  encoding: Encoding
  /** Which heading stands for which field. */
  columns: Partial<Record<Field, string>>
  /** Headings of columns that are not brought in. */
  unused: string[]
  rows: number
  added: number
  /** Rows that are in the portal already. */
  present: number
  faulty: number
  /** The first faulty rows; all of them are in the rejects file. */
  faults: FaultyRow[]
  /** Written only when a row was faulty, and never by a dry run. */
  rejectsFile: string | undefined
  /** Added cases per fiscal year (B.E.). */
  years: Map<number, number>
  /** Added cases per status. */
  statuses: Map<RegisterRow['status'], number>
  /** The first rows as they go in, for a look before the import. */
  examples: { line: number; row: RegisterRow }[]
}

export const FAULTS_SHOWN = 20
export const EXAMPLES_SHOWN = 3

export function newReport(encoding: Encoding, { headings, columns, unused }: HeadingRow): ImportReport {
  const named = Object.entries(columns).map(([field, index]) => [field, headings[index] ?? ''])
  return {
    encoding,
    columns: Object.fromEntries(named),
    unused,
    rows: 0,
    added: 0,
    present: 0,
    faulty: 0,
    faults: [],
    rejectsFile: undefined,
    years: new Map(),
    statuses: new Map(),
    examples: [],
  }
}

export function countOne<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
