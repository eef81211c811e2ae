import { stringify } from 'csv-stringify/sync'

type Line = readonly (string | number | null | undefined)[]

const WRITTEN = { escape_formulas: true, record_delimiter: '\r\n' } as const

/**
 * A table for Excel and for programs: UTF-8 with a byte-order mark and CRLF, as Excel wants it; a text that
 * begins like a formula is made harmless. What is null or undefined is an empty cell.
 */
export function csvText(columns: readonly string[], lines: readonly Line[]): string {
  return stringify(
    lines.map((line) => [...line]),
    { header: true, columns: [...columns], bom: true, ...WRITTEN },
  )
}

/** Further lines of such a table, for one that is written piece by piece. */
export function csvLines(lines: readonly Line[]): string {
  return stringify(
    lines.map((line) => [...line]),
    WRITTEN,
  )
}
