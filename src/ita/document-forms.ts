import { z } from 'zod'
import { type CivilDate, parseThaiDate } from '#domain/civil-date.ts'
import { countCharacters, normaliseTyped, toArabicDigits } from '#domain/text.ts'
import { line, requiredLine } from '#web/form-fields.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'
import { MANUAL_SLUGS } from './publish.ts'
import { DOCUMENT_KINDS, type DocumentKind, type DocumentSection } from './tables.ts'

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
const MOST_SECTIONS = 40
const MOST_TEXT = 20_000
const RESERVED = new Set<string>(Object.values(MANUAL_SLUGS))

export const TEXT_FIELDS = ['title', 'documentOn'] as const
export const NEW_FIELDS = ['kind', 'slug', 'content', ...TEXT_FIELDS] as const
export type NewValues = Record<(typeof NEW_FIELDS)[number], string>
export type TextValues = Record<(typeof TEXT_FIELDS)[number], string>

/** What every version bears, page or file. */
export const TextsForm = z.object({
  title: requiredLine(200, 'กรุณากรอกชื่อเอกสาร'),
  documentOn: z
    .string()
    .default('')
    .transform((text) => parseThaiDate(text))
    .refine((day): day is CivilDate => day !== undefined, 'กรุณากรอกวันที่ที่มีอยู่จริง เช่น 1/10/2569'),
})

export const NewForm = z
  .object({
    kind: z.enum(DOCUMENT_KINDS, 'กรุณาเลือกชนิดเอกสาร'),
    slug: line(60),
    content: z.enum(['page', 'file'], 'กรุณาเลือกว่าเป็นหน้าเว็บหรือไฟล์'),
  })
  .extend(TextsForm.shape)
  .transform((form) => ({ ...form, slug: slugOf(form.kind, form.slug) }))
  .superRefine(({ kind, slug }, context) => {
    const message = slugFault(kind, slug)
    if (message) context.addIssue({ code: 'custom', path: ['slug'], message })
  })

/** A manual has its address already, whatever was typed. */
const slugOf = (kind: DocumentKind, typed: string): string =>
  (MANUAL_SLUGS as Partial<Record<DocumentKind, string>>)[kind] ?? typed.toLowerCase()

function slugFault(kind: DocumentKind, slug: string): string | undefined {
  if (!SLUG.test(slug)) return 'กรุณากรอกที่อยู่เป็นตัวอักษรอังกฤษ ตัวเลข หรือขีดกลาง เช่น anti-corruption-measures'
  if (RESERVED.has(slug) && slugOf(kind, '') !== slug)
    return 'ที่อยู่นี้สงวนไว้สำหรับคู่มือ กรุณาใช้ที่อยู่อื่น หรือเลือกชนิดเป็นคู่มือ'
  return undefined
}

/** A section as it stands in the form: row `n` has the fields order<n>, heading<n>, text<n>. */
export interface SectionRow {
  n: number
  order: string
  heading: string
  text: string
}

export function rowsOf(sections: readonly DocumentSection[]): SectionRow[] {
  return sections.map(({ heading, text }, index) => ({
    ...{ n: index + 1, order: String(index + 1) },
    ...{ heading, text },
  }))
}

/** What was typed, in the order that was typed; a row left empty is gone. */
export function typedRows(fields: Fields): SectionRow[] {
  const typed = Array.from({ length: MOST_SECTIONS }, (_, index) => rowIn(fields, index + 1))
  const filled = typed.filter(({ heading, text }) => heading !== '' || text !== '')
  const place = ({ n, order }: SectionRow) => Number(toArabicDigits(order) || n) || n
  return filled
    .sort((a, b) => place(a) - place(b) || a.n - b.n)
    .map((row, index) => ({ ...row, n: index + 1, order: String(index + 1) }))
}

export function withEmptyRow(rows: readonly SectionRow[]): SectionRow[] {
  if (rows.length >= MOST_SECTIONS) return [...rows]
  const n = rows.length + 1
  return [...rows, { n, order: String(n), heading: '', text: '' }]
}

export function sectionFaults(rows: readonly SectionRow[]): FieldErrors {
  const errors: FieldErrors = {}
  for (const { n, heading, text } of rows) {
    if (heading === '') errors[`heading${n}`] = `กรุณากรอกหัวข้อของส่วนที่ ${n}`
    if (countCharacters(heading) > 200) errors[`heading${n}`] = `หัวข้อของส่วนที่ ${n} ยาวเกิน 200 ตัวอักษร`
    if (countCharacters(text) > MOST_TEXT)
      errors[`text${n}`] = `ข้อความของส่วนที่ ${n} ยาวเกิน ${MOST_TEXT} ตัวอักษร กรุณาแบ่งเป็นสองส่วน`
  }
  return errors
}

function rowIn(fields: Fields, n: number): SectionRow {
  const field = (name: string) => normaliseTyped(fields[`${name}${n}`]?.[0] ?? '')
  return { n, order: field('order'), heading: field('heading').replace(/\s+/g, ' '), text: field('text') }
}
