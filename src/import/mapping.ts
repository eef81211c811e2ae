import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { FIELD_NAMES, type Field } from './fields.ts'
import { plainHeading } from './headings.ts'
import { ImportError } from './import-error.ts'

const fieldName = z.enum(FIELD_NAMES as [Field, ...Field[]])

/** How the columns and words of somebody else's register become ours. `docs/import.md` explains it. */
export const Mapping = z.strictObject({
  /** Short name of the register; with a row's own number it makes a second import add nothing. */
  source: z.string().trim().min(1).max(50).default('register'),
  /** Field -> heading in the file. Without it the headings are recognised by their names. */
  columns: z.partialRecord(fieldName, z.string().min(1)).optional(),
  /** Field -> value for rows in which the file says nothing about it. */
  fixed: z.partialRecord(fieldName, z.string()).default({}),
  /** Field -> word in the file -> our word; '*' stands for every other word, '' for nothing. */
  values: z.partialRecord(fieldName, z.record(z.string(), z.string())).default({}),
  dates: z
    .strictObject({
      /** Of dates like 5/11/2566. */
      order: z.enum(['dmy', 'mdy']).default('dmy'),
      /** Of years like 66. Without it such dates are faulty, except beside a Thai month's name. */
      twoDigitYears: z.enum(['BE', 'CE']).optional(),
      /** Of times that do not say it themselves. */
      timeZone: z
        .string()
        .regex(/^(Asia\/Bangkok|UTC|[+-]\d{2}:\d{2})$/, 'must be Asia/Bangkok, UTC or like +07:00')
        .default('Asia/Bangkok'),
    })
    .prefault({}),
})
export type Mapping = z.infer<typeof Mapping>

export const DEFAULT_MAPPING: Mapping = Mapping.parse({})

/** @throws ImportError when the file is missing, is no JSON or says something unknown */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new ImportError(`เปิดไฟล์ mapping ไม่ได้ / cannot open the mapping: ${error.message}`)
  })
  const parsed = Mapping.safeParse(parseJson(file, text))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map((issue) => `  - ${issue.path.join('.') || file}: ${issue.message}`)
  throw new ImportError(`ไฟล์ mapping ไม่ถูกต้อง / the mapping is not usable:\n${faults.join('\n')}`)
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new ImportError(`${file} ไม่ใช่ JSON / is no JSON: ${(error as Error).message}`)
  }
}

/**
 * The word of ours for a cell, by the mapping's list for its field: the cell as a whole, '*' for any other.
 * Undefined when the list does not know it.
 */
export function mappedWord(mapping: Mapping, field: Field, cell: string): string | undefined {
  const list = mapping.values[field]
  if (!list) return undefined
  return wordIn(list, cell) ?? list['*']
}

/** As `mappedWord`, without the '*'. */
export function wordIn(list: Record<string, string>, cell: string): string | undefined {
  const wanted = plainWord(cell)
  return Object.entries(list).find(([word]) => word !== '*' && plainWord(word) === wanted)?.[1]
}

const plainWord = (text: string): string => plainHeading(text) || text.trim()
