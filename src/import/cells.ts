import { normaliseTyped } from '#domain/text.ts'
import { type Cells, FIELD_NAMES, type Field } from './fields.ts'
import type { Columns } from './headings.ts'
import { type Mapping, mappedWord, wordIn } from './mapping.ts'

/** A row as the register has it, in our fields. */
export interface RegisterCells {
  cells: Cells
  /** What the register itself says where a word of ours stands in `cells` instead. */
  asWritten: Partial<Cells>
}

/** Fields whose words are kept with the case, because the import may have to choose for them. */
const WORDS_KEPT: readonly Field[] = ['category', 'status', 'kind', 'channel', 'unit', 'village']

/** Picks a row's cells, puts our words for the register's and fills what is empty with the fixed values. */
export function readCells(record: readonly string[], columns: Columns, mapping: Mapping): RegisterCells {
  const asWritten: Partial<Cells> = {}
  const entries = FIELD_NAMES.map((field) => {
    const index = columns[field]
    const written = index === undefined ? '' : withoutDash(normaliseTyped(record[index] ?? ''))
    if (written && WORDS_KEPT.includes(field)) asWritten[field] = written
    const ours = written && translate(mapping, field, written)
    return [field, ours || mapping.fixed[field] || '']
  })
  return { cells: Object.fromEntries(entries) as Cells, asWritten }
}

function translate(mapping: Mapping, field: Field, written: string): string {
  if (field !== 'category') return mappedWord(mapping, field, written) ?? written
  const list = mapping.values.category
  if (!list) return written
  return firstKnown(written, (word) => wordIn(list, word)) ?? list['*'] ?? written
}

/**
 * Of several categories in one cell the first one that is known counts; a case has one category, and the
 * others stay readable in its history.
 */
export function firstKnown<T>(cell: string, find: (word: string) => T | undefined): T | undefined {
  const whole = find(cell)
  if (whole !== undefined) return whole
  for (const part of cell.split(/[,;|\n]/)) {
    const found = part.trim() === '' ? undefined : find(part.trim())
    if (found !== undefined) return found
  }
  return undefined
}

/** A lone dash is how registers write "nothing". */
const withoutDash = (text: string): string => (/^[-–—.]+$/.test(text) ? '' : text)
