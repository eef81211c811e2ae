import { type CaseHead, caseHead } from '#complaints/case-facts.ts'
import type { Case } from '#complaints/store.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { COUNTED_INDICATORS, type CountedIndicator, isPlanYear } from '#domain/indicators.ts'
import type { Portal } from '#settings/portal.ts'
import type { FieldErrors } from '#web/forms.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { isConduct } from './counts.ts'
import { CHOICE_WORDS, CHOICES } from './decide.ts'
import { overridesOf, readSets } from './store.ts'
import { codeName, indicatorTitle, outcomeText } from './words.ts'

export type Typed = Record<'indicator' | 'choice' | 'reason', string>

export const UNTYPED: Typed = { indicator: '', choice: '', reason: '' }

interface CaseIndicatorsPage {
  head: CaseHead
  address: string
  rev: number
  category: string
  fiscalYear: number
  /** Why this case is counted in no indicator; null where it may be. */
  closed: string | null
  saved: boolean
  isStale: boolean
  /** How the case is counted now. */
  rows: { key: string; value: string }[]
  indicators: { value: string; text: string; hint: string }[]
  choices: { value: string; text: string }[]
  values: Typed
  errors: FieldErrors
}

export const caseIndicatorsPage = page<CaseIndicatorsPage>('indicators/case', [
  'head',
  'address',
  'rev',
  'category',
  'fiscalYear',
  'closed',
  'saved',
  'isStale',
  'rows',
  'indicators',
  'choices',
  'values',
  'errors',
])

export interface CasePageState {
  values: Typed
  saved?: boolean
  isStale?: boolean
  errors?: FieldErrors
}

export function caseIndicatorsData(
  portal: Portal,
  row: Case,
  { values, saved = false, isStale = false, errors = {} }: CasePageState,
): CaseIndicatorsPage {
  const head = caseHead(portal, row)
  const offered = decidable(portal, row)
  return {
    ...{ head, address: `${head.address}/indicators`, rev: row.rev },
    category: `${row.categoryCode} ${codeName(row.categoryCode, portal.settings, 'th')}`,
    fiscalYear: fiscalYearOf(row.receivedOn),
    ...{ closed: whyNever(row), saved, isStale },
    rows: countRows(portal, row, offered),
    indicators: offered.map(({ id }) => ({
      ...{ value: id, text: indicatorTitle(id, 'th'), hint: outcomeText(id, 'th') },
    })),
    choices: CHOICES.map((value) => ({ value, text: CHOICE_WORDS[value] })),
    ...{ values, errors },
  }
}

/** Why no indicator ever counts the case. */
export function whyNever({ kind, status, receivedOn }: Case): string | null {
  if (kind !== 'complaint') return 'ตัวชี้วัดนับเฉพาะเรื่องร้องเรียน ร้องทุกข์ จึงไม่นับเรื่องลักษณะนี้'
  if (status === 'merged') return 'เรื่องนี้รวมกับเรื่องเดิมแล้ว จึงนับที่เรื่องเดิม'
  if (!isPlanYear(fiscalYearOf(receivedOn))) return 'เรื่องนี้รับนอกปีงบประมาณของแผน (พ.ศ. 2566 – 2570)'
  return null
}

/** A case of corruption belongs into the confidential register, not into an indicator of such cases alone. */
export function decidable({ db }: Portal, { receivedOn }: Case): CountedIndicator[] {
  const lines = readSets(db).filter(({ fiscalYear }) => fiscalYear === fiscalYearOf(receivedOn))
  const isGeneral = (id: string) =>
    lines.some(({ indicator, categoryCode }) => indicator === id && !isConduct(categoryCode))
  return COUNTED_INDICATORS.filter(({ id }) => isGeneral(id))
}

function countRows(
  { db }: Portal,
  row: Case,
  offered: readonly CountedIndicator[],
): CaseIndicatorsPage['rows'] {
  const decisions = overridesOf(db, row.id)
  const lines = readSets(db).filter(({ fiscalYear }) => fiscalYear === fiscalYearOf(row.receivedOn))
  return offered.map(({ id }) => {
    const decision = decisions.find(({ indicator }) => indicator === id)
    const isInSet = lines.some(
      ({ indicator, categoryCode }) => indicator === id && categoryCode === row.categoryCode,
    )
    const counts = decision?.counts ?? isInSet
    const why = decision
      ? `ตามคำวินิจฉัยของ${decision.decidedBy} เมื่อ ${formatDate(decision.decidedAt, 'th')}: ${decision.reason}`
      : 'ตามประเภทของเรื่อง'
    return { key: indicatorTitle(id, 'th'), value: `${counts ? 'นับ' : 'ไม่นับ'} (${why})` }
  })
}
