import { countCharacters, normaliseTyped, toArabicDigits } from '#domain/text.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'
import { ITA_ITEMS, type ItaItem } from './tables.ts'

/** An item as it stands in the form: the fields number-<item> and note-<item>. */
export interface TypedItem {
  number: string
  note: string
}

const LONGEST_NUMBER = 20
const LONGEST_NOTE = 500

/** The items of the form; one whose fields did not come stays as it is. */
export function typedItems(fields: Fields): Map<ItaItem, TypedItem> {
  const line = (name: string) => normaliseTyped(fields[name]?.[0] ?? '').replace(/\s+/g, ' ')
  return new Map(
    ITA_ITEMS.filter((item) => fields[`number-${item}`] && fields[`note-${item}`]).map((item) => [
      item,
      { number: toArabicDigits(line(`number-${item}`)), note: line(`note-${item}`) },
    ]),
  )
}

export function faultsOf(typed: ReadonlyMap<ItaItem, TypedItem>): FieldErrors {
  const errors: FieldErrors = {}
  for (const [item, { number, note }] of typed) {
    if (countCharacters(number) > LONGEST_NUMBER)
      errors[`number-${item}`] = `เลขข้อยาวเกินไป กรอกได้ไม่เกิน ${LONGEST_NUMBER} ตัวอักษร`
    if (countCharacters(note) > LONGEST_NOTE)
      errors[`note-${item}`] = `หมายเหตุยาวเกินไป กรอกได้ไม่เกิน ${LONGEST_NOTE} ตัวอักษร`
  }
  return errors
}
