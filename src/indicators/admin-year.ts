import type { FastifyReply, FastifyRequest } from 'fastify'
import { civilDateOf } from '#domain/civil-date.ts'
import { isYearOver } from '#domain/indicator-rules.ts'
import { COUNTED_INDICATORS, isPlanYear, PLAN_YEARS, type PlanYear } from '#domain/indicators.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { page } from '#web/views.ts'
import type { CorruptionCounts } from './corruption-counts.ts'
import { type Counts, readCounts } from './counts.ts'
import { YEARS } from './store.ts'
import { type TypedGroup, typedGroups } from './typed-groups.ts'
import { codeName, indicatorTitle, outcomeText } from './words.ts'

export const ADMIN = '/staff/admin/indicators'

interface Row {
  key: string
  value: string
  action?: { href: string; text: string }
}

interface YearPage {
  fiscalYear: number
  address: string
  years: readonly number[]
  saved: boolean
  /** Null for the base year, which has no table. */
  sets: Row[] | null
  isFrozen: boolean
  /** The year whose table can be taken over. */
  previousYear: number | null
  typed: Row[]
  publicPage: string | null
}

const yearPage = page<YearPage>('indicators/admin-year', [
  'fiscalYear',
  'address',
  'years',
  'saved',
  'sets',
  'isFrozen',
  'previousYear',
  'typed',
  'publicPage',
])

/** A year's table of categories is the office's to change until the year is over: then its results stand. */
export function isFrozen({ now }: Pick<Portal, 'now'>, fiscalYear: number): boolean {
  return isYearOver(fiscalYear, civilDateOf(now()))
}

export function sendYear(
  portal: Portal,
  corruption: CorruptionCounts | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  { fiscalYear, saved }: { fiscalYear: number; saved: boolean },
): FastifyReply {
  const counts = readCounts(portal.db, corruption)
  const address = `${ADMIN}/${fiscalYear}`
  return sendPage(portal, request, reply, yearPage, {
    ...{ fiscalYear, address, years: YEARS, saved },
    sets: isPlanYear(fiscalYear) ? setRows(portal, counts, fiscalYear) : null,
    isFrozen: isFrozen(portal, fiscalYear),
    previousYear: fiscalYear > PLAN_YEARS[0] ? fiscalYear - 1 : null,
    typed: typedGroups(portal, fiscalYear, corruption).map((group) => typedRow(counts, fiscalYear, group)),
    publicPage: isPlanYear(fiscalYear) ? `/indicators/${fiscalYear}` : null,
  })
}

function setRows(portal: Portal, counts: Counts, fiscalYear: PlanYear): Row[] {
  const frozen = isFrozen(portal, fiscalYear)
  return COUNTED_INDICATORS.map(({ id }) => ({
    key: `${indicatorTitle(id, 'th')} ${outcomeText(id, 'th')}`,
    value: counts
      .setOf(fiscalYear, id)
      .map((code) => `${code} ${codeName(code, portal.settings, 'th')}`)
      .join('\n'),
    ...(!frozen && { action: { href: `${ADMIN}/${fiscalYear}/sets/${id}`, text: 'เปลี่ยน' } }),
  }))
}

function typedRow(counts: Counts, fiscalYear: number, group: TypedGroup): Row {
  const inputs = group.fields.flatMap(({ key, label }) => {
    const input = counts.input(fiscalYear, key)
    return input ? [{ label, ...input }] : []
  })
  const [first] = inputs
  const text = ({ label, value }: { label: string; value: number }) =>
    group.unit === 'yes' ? label : `${label}: ${value}`
  return {
    key: group.title,
    value: first ? [...inputs.map(text), `ที่มา: ${first.source} (${first.enteredBy})`].join('\n') : 'ยังไม่บันทึก',
    action: { href: `${ADMIN}/${fiscalYear}/values/${group.id}`, text: first ? 'แก้ไข' : 'บันทึก' },
  }
}
