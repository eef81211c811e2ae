import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { COUNTED_INDICATORS, type CountedIndicator, isPlanYear, type PlanYear } from '#domain/indicators.ts'
import { CONDUCTS } from '#domain/sealed-status.ts'
import { changeSetting } from '#settings/change.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { ADMIN, isFrozen } from './admin-year.ts'
import { isConduct } from './counts.ts'
import { readSets, writeSet } from './store.ts'
import { codeName, indicatorTitle, measureText, outcomeText } from './words.ts'

interface SetPage {
  title: string
  outcome: string
  measure: string
  fiscalYear: number
  address: string
  groups: { name: string; legend: string; items: { value: string; text: string }[] }[]
  chosen: readonly string[]
  errors: FieldErrors
}

const setPage = page<SetPage>('indicators/admin-set', [
  'title',
  'outcome',
  'measure',
  'fiscalYear',
  'address',
  'groups',
  'chosen',
  'errors',
])

export type SetRequest = FastifyRequest<{ Params: { fy: string; indicator: string } }>

export function showSet(portal: Portal, request: SetRequest, reply: FastifyReply): FastifyReply {
  const { fiscalYear, indicator } = openSet(portal, request)
  return sendSet(
    portal,
    request,
    reply,
    fiscalYear,
    indicator,
    setsOf(portal, fiscalYear)[indicator.id] ?? [],
  )
}

export function postSet(portal: Portal, request: SetRequest, reply: FastifyReply): FastifyReply {
  const { fiscalYear, indicator } = openSet(portal, request)
  const known = groupsOf(portal, []).flatMap(({ items }) => items.map(({ value }) => value))
  const before = setsOf(portal, fiscalYear)[indicator.id] ?? []
  const sent = new Set(
    Object.entries(fieldsOf(request.body)).flatMap(([name, codes]) => (isCodes(name) ? codes : [])),
  )
  const chosen = [...new Set([...known, ...before])].filter((code) => sent.has(code))
  const error = faultOf(indicator, chosen)
  if (error) return sendSet(portal, request, reply, fiscalYear, indicator, chosen, error)
  changeSets(portal, request, fiscalYear, { [indicator.id]: chosen }, 'indicators.set')
  return reply.redirect(`${ADMIN}/${fiscalYear}?saved`, 303)
}

/** Takes over the table of the year before. */
export function copySets(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  fy: number,
): FastifyReply {
  const fiscalYear = openYear(portal, fy)
  if (!isPlanYear(fiscalYear - 1)) throw new AppError('not_found', 'fiscal_year')
  changeSets(portal, request, fiscalYear, setsOf(portal, fiscalYear - 1), 'indicators.copy')
  return reply.redirect(`${ADMIN}/${fiscalYear}?saved`, 303)
}

/** Goes back to the categories that the plan was read to mean. */
export function resetSets(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  fy: number,
): FastifyReply {
  const fiscalYear = openYear(portal, fy)
  const defaults = Object.fromEntries(COUNTED_INDICATORS.map(({ id, measure }) => [id, measure.categories]))
  changeSets(portal, request, fiscalYear, defaults, 'indicators.defaults')
  return reply.redirect(`${ADMIN}/${fiscalYear}?saved`, 303)
}

/** @throws AppError not_found for a year without a table, conflict for one whose table stands */
function openYear(portal: Portal, fiscalYear: number): PlanYear {
  if (!isPlanYear(fiscalYear)) throw new AppError('not_found', 'fiscal_year')
  if (isFrozen(portal, fiscalYear)) throw new AppError('conflict', 'year_over')
  return fiscalYear
}

function openSet(
  portal: Portal,
  { params }: SetRequest,
): { fiscalYear: PlanYear; indicator: CountedIndicator } {
  const indicator = COUNTED_INDICATORS.find(({ id }) => id === params.indicator)
  if (!indicator) throw new AppError('not_found', 'indicator')
  return { fiscalYear: openYear(portal, Number(params.fy)), indicator }
}

function sendSet(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  fiscalYear: PlanYear,
  { id, measure }: CountedIndicator,
  chosen: readonly string[],
  error?: string,
): FastifyReply {
  const groups = groupsOf(portal, chosen)
  const data = {
    ...{
      title: indicatorTitle(id, 'th'),
      outcome: outcomeText(id, 'th'),
      measure: measureText(id, measure, 'th'),
    },
    ...{ fiscalYear, address: `${ADMIN}/${fiscalYear}/sets/${id}`, groups, chosen },
    errors: error ? { [groups[0]?.name ?? '']: error } : {},
  }
  return sendPage(portal, request, reply, setPage, data, error ? 422 : 200)
}

const isCodes = (name: string): boolean => name.startsWith('codes-')

/** The categories of complaints, those out of use that are counted still, and the kinds of corrupt conduct. */
function groupsOf({ settings }: Portal, chosen: readonly string[]): SetPage['groups'] {
  const item = (code: string) => ({ value: code, text: `${code} ${codeName(code, settings, 'th')}` })
  const tree = settings.categoryTree().map(({ code, name, children }) => ({
    ...{ name: `codes-${code}`, legend: name },
    items: children.filter(({ kind }) => kind === 'complaint').map((child) => item(child.code)),
  }))
  const offered = new Set(tree.flatMap(({ items }) => items.map(({ value }) => value)))
  const retired = chosen.filter((code) => !offered.has(code) && !isConduct(code))
  return [
    ...tree,
    { name: 'codes-retired', legend: 'ประเภทที่เลิกใช้แล้ว', items: retired.map(item) },
    { name: 'codes-K', legend: 'เรื่องร้องเรียนการทุจริต (ช่องทางแยก)', items: CONDUCTS.map(item) },
  ].filter(({ items }) => items.length > 0)
}

/** An indicator that counts nothing would always be met. */
function faultOf({ measure }: CountedIndicator, chosen: readonly string[]): string | undefined {
  if (chosen.length === 0) return 'กรุณาเลือกอย่างน้อยหนึ่งประเภท'
  const isApart = measure.kind === 'fewer' && measure.apart
  if (!isApart || (chosen.some(isConduct) && !chosen.every(isConduct))) return undefined
  return 'กรุณาเลือกอย่างน้อยหนึ่งประเภททั้งของเรื่องทั่วไปและของเรื่องทุจริต เพราะนับแยกกัน'
}

type Sets = Record<string, readonly string[]>

function setsOf({ db }: Portal, fiscalYear: number): Sets {
  const sets: Record<string, string[]> = Object.fromEntries(COUNTED_INDICATORS.map(({ id }) => [id, []]))
  for (const line of readSets(db)) {
    if (line.fiscalYear === fiscalYear) sets[line.indicator]?.push(line.categoryCode)
  }
  return sets
}

function changeSets(
  portal: Portal,
  request: FastifyRequest,
  fiscalYear: PlanYear,
  sets: Sets,
  action: string,
): void {
  const now = setsOf(portal, fiscalYear)
  const changed = COUNTED_INDICATORS.flatMap(({ id }) => {
    const [before, after] = [now[id] ?? [], [...(sets[id] ?? now[id] ?? [])].sort()]
    return String([...before].sort()) === String(after) ? [] : [{ id, before, after }]
  })
  const change = {
    ...{ action, subject: `indicators:${fiscalYear}` },
    before: Object.fromEntries(changed.map(({ id, before }) => [id, before])),
    after: Object.fromEntries(changed.map(({ id, after }) => [id, after])),
  }
  changeSetting(portal, viewerOf(request), change, () => {
    for (const { id, after } of changed) writeSet(portal.db, fiscalYear, id, after)
  })
}
