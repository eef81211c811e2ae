import { closeSync, existsSync, openSync, writeSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import { plainHeading } from './headings.ts'

/** Headings of what we add; a file of faulty rows that was mended is read without them. */
const LINE = 'บรรทัดเดิม (line)'
const REASON = 'เหตุผล (reason)'

/** Faulty rows as a file of their own: the columns they came with, their line and what is wrong. */
export interface RejectsFile {
  /** Undefined while no row was faulty: then there is no file. */
  readonly path: string | undefined
  add(line: number, cells: readonly string[], reasons: readonly string[]): void
  close(): void
}

/** `headings` and cells as in the file that is read. */
export function openRejects(file: string, headings: readonly string[]): RejectsFile {
  const ours = new Set([LINE, REASON].map(plainHeading))
  const kept = headings.flatMap((heading, index) => (ours.has(plainHeading(heading)) ? [] : [index]))
  let opened: { path: string; fd: number } | undefined
  const write = (fd: number, cells: readonly string[], added: readonly string[], bom: boolean) => {
    const row = [...kept.map((index) => cells[index] ?? ''), ...added]
    // Excel opens it: with byte order mark, CR LF, and no cell that it would run as a formula. csv-stringify
    // quotes a cell for a whole CR LF only; the line breaks that people typed are single LF.
    const options = { bom, escape_formulas: true, record_delimiter: '\r\n', quoted_match: /\n/ }
    writeSync(fd, stringify([row], options))
  }
  return {
    get path() {
      return opened?.path
    },
    add: (line, cells, reasons) => {
      if (!opened) {
        const path = unusedName(file)
        // Complaints of people: for the person who imports, nobody else on the machine.
        opened = { path, fd: openSync(path, 'wx', 0o600) }
        write(opened.fd, headings, [LINE, REASON], true)
      }
      write(opened.fd, cells, [String(line), reasons.join(' · ')], false)
    },
    close: () => {
      if (opened) closeSync(opened.fd)
    },
  }
}

/** Somebody may be mending the rows of an earlier run: their file is never overwritten. */
function unusedName(file: string): string {
  for (let n = 1; ; n += 1) {
    const name = `${file}.rejects${n === 1 ? '' : `-${n}`}.csv`
    if (!existsSync(name)) return name
  }
}
