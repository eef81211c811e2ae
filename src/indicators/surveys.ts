import type { Database } from '#platform/database.ts'
import type { Survey } from '#statistics/surveys.ts'
import { readInputs } from './store.ts'

/** The surveys of those whose complaints the office handled, and of those whom it served: projects 19 and 14. */
const ASKED = ['sv19', 'sv14'] as const satisfies Survey['code'][]

/** What was typed in of a fiscal year, which may be nothing. */
export function surveysOf(db: Database, fiscalYear: number): Survey[] {
  const inputs = readInputs(db).filter((input) => input.fiscalYear === fiscalYear)
  return ASKED.flatMap((code) => {
    const input = inputs.find(({ key }) => key === code)
    return input ? [{ code, percent: input.value, source: input.source }] : []
  })
}
