import { z } from 'zod'
import { normaliseTyped, toArabicDigits } from '#domain/text.ts'
import type { Settings } from '#settings/store.ts'
import { requiredLine } from '#web/form-fields.ts'

const MOST = 99_999
const NUMBER = /^\d{1,5}$/
const LONGEST_SOURCE = 300

const count = (message: string) =>
  z
    .string()
    .default('')
    .transform(plainNumber)
    .refine((text) => NUMBER.test(text), message)
    .transform(Number)

const source = requiredLine(LONGEST_SOURCE, 'กรุณากรอกเอกสารที่มา')
const TOO_MANY = 'จำนวนที่มีมูลต้องไม่เกินจำนวนที่รับใหม่'

/** One category of a year before the portal, as the papers have it. */
export const HistoryForm = z
  .object({
    received: count('กรุณากรอกจำนวนเรื่องที่รับใหม่ ไม่มีให้กรอก 0'),
    finished: count('กรุณากรอกจำนวนเรื่องที่แล้วเสร็จ ไม่มีให้กรอก 0'),
    grounds: z
      .string()
      .default('')
      .transform(plainNumber)
      .refine((text) => text === '' || NUMBER.test(text), 'กรุณากรอกจำนวนเต็ม หรือเว้นว่างไว้หากเอกสารไม่ได้ระบุ')
      .transform((text) => (text === '' ? null : Number(text))),
    source,
  })
  .refine(({ received, grounds }) => grounds === null || grounds <= received, {
    path: ['grounds'],
    message: TOO_MANY,
  })
export type HistoryForm = z.infer<typeof HistoryForm>

export const PasteForm = z.object({
  source,
  lines: z
    .string()
    .default('')
    .refine((text) => text.trim() !== '', 'กรุณาวางรายการอย่างน้อยหนึ่งบรรทัด')
    .refine((text) => text.length <= 20_000, 'รายการยาวเกินไป กรุณาแบ่งวางทีละส่วน'),
})

export interface PastedLine {
  code: string
  received: number
  finished: number
  grounds: number | null
}

/** A pasted line as it was understood, or why it was not. */
export type ReadLine = { line: number; text: string } & ({ value: PastedLine } | { problem: string })

/** Code, received, finished and perhaps grounds, parted by commas or as a spreadsheet copies them; a line each. */
export function readHistoryLines(text: string, settings: Settings): ReadLine[] {
  const seen = new Map<string, number>()
  return normaliseTyped(text)
    .split('\n')
    .map((typed, index) => ({ line: index + 1, text: typed.trim() }))
    .filter((one) => one.text !== '')
    .map((one) => {
      const read = readLine(one.text, settings)
      if ('problem' in read) return { ...one, ...read }
      const { code } = read.value
      const before = seen.get(code)
      seen.set(code, one.line)
      return before === undefined
        ? { ...one, ...read }
        : { ...one, problem: `รหัส ${code} ซ้ำกับบรรทัดที่ ${before}` }
    })
}

function readLine(text: string, settings: Settings): { value: PastedLine } | { problem: string } {
  const cells = toArabicDigits(text)
    .split(/[\s,;]+/)
    .filter((cell) => cell !== '')
  const [code = '', ...numbers] = cells
  const known = isHistoryCategory(settings, code.toUpperCase())
  if (!known) return { problem: `ไม่พบรหัสประเภทเรื่อง “${code.slice(0, 20)}”` }
  if (numbers.length < 2 || numbers.length > 3 || !numbers.every((cell) => NUMBER.test(cell)))
    return { problem: 'ต้องมีรหัส จำนวนรับใหม่ จำนวนแล้วเสร็จ และจำนวนที่มีมูลถ้ามี เป็นจำนวนเต็ม' }
  const [received = 0, finished = 0, grounds = null] = numbers.map(Number)
  if (grounds !== null && grounds > received) return { problem: TOO_MANY }
  return { value: { code: code.toUpperCase(), received, finished, grounds } }
}

/** Complaints only, as everywhere in these figures; also a category that is out of use by now. */
export function isHistoryCategory(settings: Settings, code: string): boolean {
  const category = settings.category(code)
  return category !== undefined && category.groupCode !== null && category.kind === 'complaint'
}

function plainNumber(text: string): string {
  const digits = toArabicDigits(text.trim().replaceAll(',', ''))
  return NUMBER.test(digits) && Number(digits) <= MOST ? String(Number(digits)) : digits
}
