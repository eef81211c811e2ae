import { csvLines, csvText } from '#web/csv.ts'
import type { Field, Row } from './fields.ts'

export const FORMATS = ['csv', 'json'] as const
export type FileFormat = (typeof FORMATS)[number]

/** What a JSON file says before its rows. */
export type Head = Record<string, string | number | null>

/** Writes a table piece by piece: its beginning, its rows as they come, its end. */
export interface Writer {
  begin(): string
  rows(rows: readonly Row[]): string
  end(): string
}

export function writerOf(format: FileFormat, fields: readonly Field[], head: Head): Writer {
  return format === 'csv' ? csvWriter(fields) : jsonWriter(fields, head)
}

/** A whole file at once. */
export function write(
  format: FileFormat,
  fields: readonly Field[],
  head: Head,
  rows: readonly Row[],
): string {
  const writer = writerOf(format, fields, head)
  return writer.begin() + writer.rows(rows) + writer.end()
}

function csvWriter(fields: readonly Field[]): Writer {
  const cell = (value: Row[number]) => (typeof value === 'boolean' ? String(value) : value)
  return {
    begin: () =>
      csvText(
        fields.map(({ name }) => name),
        [],
      ),
    rows: (rows) => csvLines(rows.map((row) => row.map(cell))),
    end: () => '',
  }
}

function jsonWriter(fields: readonly Field[], head: Head): Writer {
  let isFirst = true
  const object = (row: Row): string => {
    const comma = isFirst ? '' : ',\n'
    isFirst = false
    return comma + JSON.stringify(Object.fromEntries(fields.map(({ name }, index) => [name, row[index]])))
  }
  return {
    begin: () => `${JSON.stringify(head).slice(0, -1)},"rows":[\n`,
    rows: (rows) => rows.map(object).join(''),
    end: () => '\n]}\n',
  }
}
