import { stringify } from 'csv-stringify/sync'

/**
 * A table for Excel and for programs: UTF-8 with a byte-order mark and CRLF, as Excel wants it; a text that
 * begins like a formula is made harmless. What is null or undefined is an empty cell.
 */
export function csvText(
  columns: readonly string[],
  lines: readonly (readonly (string | number | null | undefined)[])[],
): string {
  return stringify(
    lines.map((line) => [...line]),
    { header: true, columns: [...columns], bom: true, escape_formulas: true, record_delimiter: '\r\n' },
  )
}
