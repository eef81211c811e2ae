import type { CsvRecord } from './csv.ts'
import { FIELD_NAMES } from './fields.ts'
import { type Columns, plainHeading, recogniseHeadings } from './headings.ts'
import { ImportError } from './import-error.ts'
import type { Mapping } from './mapping.ts'

/** Registers often carry a title above their headings. */
const ROWS_TO_SEARCH = 10

export interface HeadingRow {
  headings: string[]
  columns: Columns
  /** Headings of columns that are not brought in. */
  unused: string[]
}

/**
 * Reads on until the row of headings has been found: the one that holds every column of the mapping, or,
 * without such a list, at least a date and a text by their usual names.
 * @throws ImportError telling what was looked for
 */
export async function findHeadingRow(
  records: AsyncGenerator<CsvRecord>,
  mapping: Mapping,
): Promise<HeadingRow> {
  let first: string[] | undefined
  for (let n = 0; n < ROWS_TO_SEARCH; n += 1) {
    const next = await records.next()
    if (next.done) break
    const headings = next.value.cells.map((cell) => cell.trim())
    first ??= headings
    const columns = mapping.columns ? mappedColumns(headings, mapping.columns) : recogniseHeadings(headings)
    if (mapping.columns ? isComplete(columns, mapping.columns) : isEnough(columns)) {
      const used = new Set(Object.values(columns))
      return { headings, columns, unused: headings.filter((name, index) => name !== '' && !used.has(index)) }
    }
  }
  throw notFound(first ?? [], mapping)
}

function mappedColumns(headings: readonly string[], wanted: NonNullable<Mapping['columns']>): Columns {
  const plain = headings.map(plainHeading)
  const columns: Columns = {}
  for (const field of FIELD_NAMES) {
    const heading = wanted[field]
    const index = heading === undefined ? -1 : plain.indexOf(plainHeading(heading))
    if (index >= 0) columns[field] = index
  }
  return columns
}

const isComplete = (columns: Columns, wanted: NonNullable<Mapping['columns']>): boolean =>
  FIELD_NAMES.every((field) => wanted[field] === undefined || columns[field] !== undefined)

const isEnough = ({ receivedAt, detail, subject }: Columns): boolean =>
  receivedAt !== undefined && (detail !== undefined || subject !== undefined)

function notFound(headings: readonly string[], mapping: Mapping): ImportError {
  const columns = mapping.columns && mappedColumns(headings, mapping.columns)
  const missing = columns
    ? FIELD_NAMES.filter((field) => mapping.columns?.[field] && columns[field] === undefined)
        .map((field) => mapping.columns?.[field])
        .join(', ')
    : 'วันที่รับเรื่อง + รายละเอียด / received + detail'
  return new ImportError(
    `ไม่พบหัวคอลัมน์ / headings not found: ${missing}\n` +
      `แถวแรกของไฟล์ / first row of the file: ${headings.join(' | ') || '-'}`,
  )
}
