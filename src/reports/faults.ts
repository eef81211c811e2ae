import { blanksIn } from '#ita/headings.ts'
import type { FieldErrors } from '#web/forms.ts'
import { SECTIONS } from './sections.ts'
import type { ReportTexts } from './tables.ts'

/** What a report lacks before the executive can take note of it; each leads to its field. */
export function faultsOf(texts: ReportTexts): FieldErrors {
  const errors: FieldErrors = {}
  SECTIONS.forEach(({ key, heading, isNeeded }, index) => {
    const text = texts[key] ?? ''
    const name = `ข้อ ${index + 1} ${heading}`
    const blanks = blanksIn([{ heading, text }])
    if (isNeeded && text === '') errors[key] = `ยังไม่ได้เขียน${name}`
    else if (blanks.length > 0) errors[key] = `${name} ยังมีที่ว่างให้กรอก: ${blanks.join(' ')}`
  })
  return errors
}
