import { blocksOf } from '#ita/document-text.ts'

/** Two bars of a line of a drawing, as shares of the longest in percent. */
export interface BarLine {
  name: string
  /** Empty where nothing is known yet. */
  bars: { label: string; share: number }[]
}

/** What a section consists of, for the page and for the paper alike. */
export type ReportBlock =
  | { kind: 'paragraph' | 'heading'; text: string }
  | { kind: 'bullets'; items: string[] }
  | { kind: 'numbers'; start: number; items: string[] }
  /** A table of words. */
  | { kind: 'words'; head: string[]; rows: string[][] }
  /** A name and its numbers in each line; the last line may be their sum. */
  | { kind: 'counts'; title: string; head: string[]; rows: string[][]; hasTotal: boolean }
  /** `told` says it to those who hear it. */
  | { kind: 'bars'; title: string; told: string; series: string[]; lines: BarLine[] }

/** The office's words, typed into a plain box as those of a published document are. */
export function wordsToBlocks(text: string): ReportBlock[] {
  return blocksOf(text).map((block): ReportBlock => {
    if (block.kind === 'table') return { kind: 'words', ...evenRows(block.head, block.rows) }
    if (block.kind === 'flow')
      return { kind: 'numbers', start: 1, items: block.steps.map(({ text }) => text) }
    return block
  })
}

/** A row with a cell too few still has the table's columns, and one with a cell too many loses none. */
function evenRows(head: string[], rows: string[][]): { head: string[]; rows: string[][] } {
  const width = Math.max(head.length, ...rows.map((cells) => cells.length))
  const even = (cells: string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '')
  return { head: even(head), rows: rows.map(even) }
}
