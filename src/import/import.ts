import { setImmediate } from 'node:timers/promises'
import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import type { Portal } from '#settings/portal.ts'
import { addCase, type NewRow } from './add-case.ts'
import { readCells } from './cells.ts'
import { type CsvRecord, readRecords } from './csv.ts'
import { openTextFile } from './decoding.ts'
import { findHeadingRow, type HeadingRow } from './heading-row.ts'
import { type KnownRows, knownRows } from './known-rows.ts'
import { lookupsOf } from './lookups.ts'
import type { Mapping } from './mapping.ts'
import { openRejects, type RejectsFile } from './rejects.ts'
import { countOne, EXAMPLES_SHOWN, FAULTS_SHOWN, type ImportReport, newReport } from './report.ts'
import { type CheckedRow, rowChecker } from './row.ts'

type Deps = Pick<Portal, 'db' | 'keyed' | 'now' | 'settings' | 'config' | 'office'>

export interface ImportProgress {
  rows: number
  bytes: number
  totalBytes: number
}

export interface ImportOptions {
  mapping: Mapping
  /** Tells what would happen and writes nothing: no row, no file. */
  dryRun?: boolean
  onProgress?: (progress: ImportProgress) => void
}

/** Rows per transaction: few enough that a portal running beside the import waits for a blink only. */
const BATCH = 100

/**
 * Brings a register into the portal. Good rows become cases with number, clock, history, search words and
 * figures like any other; faulty ones are reported with their line and written to `<file>.rejects.csv`.
 * Running it again adds nothing. No mail is queued: these complainants were answered long ago.
 * @throws ImportError when the file cannot be read (on); what was brought in before stays
 */
export async function importCases(portal: Deps, path: string, options: ImportOptions): Promise<ImportReport> {
  const { mapping, dryRun = false, onProgress } = options
  const file = await openTextFile(path)
  let bytes = 0
  const records = readRecords(file, (done) => {
    bytes = done
  })
  const header = await findHeadingRow(records, mapping)
  const report = newReport(file.encoding, header)
  const rejects = openRejects(path, header.headings)
  const sorter: Sorter = {
    ...{ mapping, header, report },
    rejects: dryRun ? undefined : rejects,
    check: rowChecker(lookupsOf(portal.settings), mapping, portal.now()),
    known: knownRows(portal, mapping.source),
  }
  let batch: NewRow[] = []
  const finishBatch = async () => {
    const rows = batch
    batch = []
    if (!dryRun) {
      portal.db.inTransaction(() => {
        for (const row of rows) addCase(portal, mapping.source, row)
      })
    }
    onProgress?.({ rows: report.rows, bytes, totalBytes: file.bytes })
    // Lets the progress be drawn and Ctrl-C be heard.
    await setImmediate()
  }
  try {
    for await (const record of records) {
      const row = sort(sorter, record)
      if (row) batch.push(row)
      if (batch.length >= BATCH) await finishBatch()
    }
    await finishBatch()
  } finally {
    rejects.close()
    report.rejectsFile = rejects.path
  }
  return report
}

interface Sorter {
  mapping: Mapping
  header: HeadingRow
  report: ImportReport
  /** Undefined in a dry run. */
  rejects: RejectsFile | undefined
  check: ReturnType<typeof rowChecker>
  known: KnownRows
}

/** Counts the row as new, present or faulty; returns what is to be brought in. */
function sort(sorter: Sorter, record: CsvRecord): NewRow | undefined {
  const { report, known, mapping, header } = sorter
  const { line } = record
  report.rows += 1
  const { cells, asWritten } = readCells(record.cells, header.columns, mapping)
  const checked: CheckedRow = hasTooManyCells(record, header)
    ? { ok: false, reasons: [TOO_MANY_CELLS] }
    : sorter.check(cells)
  if (!checked.ok) return refuse(sorter, record, checked.reasons)
  const { row } = checked
  const verdict = known.judge(row, line)
  if (verdict.is === 'faulty') return refuse(sorter, record, [verdict.reason])
  if (verdict.is === 'present') {
    report.present += 1
    return undefined
  }
  report.added += 1
  countOne(report.years, fiscalYearOf(civilDateOf(row.receivedAt)))
  countOne(report.statuses, row.status)
  if (report.examples.length < EXAMPLES_SHOWN) report.examples.push({ line, row })
  return { row, line, submissionKey: verdict.submissionKey, asWritten }
}

const TOO_MANY_CELLS = 'มีช่องมากกว่าหัวคอลัมน์ อาจมีจุลภาคที่ไม่ได้อยู่ในเครื่องหมายคำพูด / more cells than headings'

const hasTooManyCells = ({ cells }: CsvRecord, { headings }: HeadingRow): boolean =>
  cells.slice(headings.length).some((cell) => cell.trim() !== '')

function refuse({ report, rejects }: Sorter, { line, cells }: CsvRecord, reasons: string[]): undefined {
  report.faulty += 1
  if (report.faults.length < FAULTS_SHOWN) report.faults.push({ line, reasons })
  rejects?.add(line, cells, reasons)
}
