import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { readText, type TextFile } from './decoding.ts'
import { ImportError } from './import-error.ts'

export interface CsvRecord {
  /** Line of the file on which the record begins, from 1. */
  line: number
  cells: string[]
}

/** Nobody's complaint is a million characters long: a quote was opened and never closed. */
const LONGEST_RECORD = 1_000_000

/**
 * The records of a file in their order, empty lines left out. Fields may be parted by commas, semicolons
 * or tabs, whichever the first line uses most.
 * @throws ImportError where the file cannot be read any further
 */
export async function* readRecords(
  file: TextFile,
  onBytes: (done: number) => void = () => undefined,
): AsyncGenerator<CsvRecord> {
  const text = readText(file, onBytes)
  const head = await text.next()
  const first = head.done ? '' : head.value
  const parser = parse({
    delimiter: delimiterOf(first),
    info: true,
    relax_column_count: true,
    // People write "quotes" in the middle of a field without doubling them.
    relax_quotes: true,
    skip_empty_lines: true,
    record_delimiter: '\n',
    max_record_size: LONGEST_RECORD,
  })
  const source = Readable.from(startingWith(first, text))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let line = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      const breaks = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0)
      line = info.lines - breaks
      yield { line, cells: record.map(withoutGuard) }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new ImportError(
      `อ่านไฟล์ต่อไม่ได้หลังบรรทัดที่ ${line}: เครื่องหมายคำพูด (") เปิดแล้วไม่ปิด / ` +
        `cannot read on after line ${line}: ${error.message}`,
    )
  }
}

interface Parsed {
  record: string[]
  info: { lines: number }
}

async function* startingWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (first) yield first
  yield* rest
}

function delimiterOf(text: string): string {
  const [line = ''] = text.split('\n', 1)
  const counted = [',', ';', '\t'].map((mark) => ({ mark, count: line.split(mark).length }))
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).mark
}

/** Our own files guard spreadsheets against cells that would be formulas with an apostrophe. */
const withoutGuard = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
