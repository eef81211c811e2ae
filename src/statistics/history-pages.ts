import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { BASE_YEAR } from '#domain/indicators.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors } from '#web/forms.ts'
import { formatNumber } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import type { ReadLine } from './history-forms.ts'
import { type HistoryLine, historyOf, readHistoryLines } from './history-store.ts'
import { groupName } from './names.ts'
import { papersOf } from './papers.ts'

export const HISTORY = '/staff/admin/history'

/** From the plan's base year to the present one, in which the portal may have been opened half way. */
export function historyYears({ now }: Pick<Portal, 'now'>): number[] {
  const newest = fiscalYearOf(civilDateOf(now()))
  return Array.from({ length: newest - BASE_YEAR + 1 }, (_, index) => BASE_YEAR + index)
}

interface ListPage {
  years: { fiscalYear: number; href: string; cells: string[]; sources: string[] }[]
}

const listPage = page<ListPage>('statistics/admin-history', ['years'])

export function sendHistory(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const lines = readHistoryLines(portal.db)
  const years = historyYears(portal).map((fiscalYear) => {
    const papers = papersOf(lines, fiscalYear)
    return {
      ...{ fiscalYear, href: `${HISTORY}/${fiscalYear}`, sources: papers?.sources ?? [] },
      cells: papers ? [papers.received, papers.finished].map(formatNumber) : ['–', '–'],
    }
  })
  return sendPage(portal, request, reply, listPage, { years })
}

interface PasteValues {
  source: string
  lines: string
}

interface YearPage {
  fiscalYear: number
  address: string
  lines: { code: string; name: string; cells: string[]; source: string; href: string }[]
  categories: { code: string; name: string }[]
  values: PasteValues
  seen: string
  problems: { line: number; text: string; problem: string }[]
  saved: boolean
  isStale: boolean
  errors: FieldErrors
}

const yearPage = page<YearPage>('statistics/admin-history-year', [
  ...(['fiscalYear', 'address', 'lines', 'categories', 'values', 'seen'] as const),
  ...(['problems', 'saved', 'isStale', 'errors'] as const),
])

export interface Answered {
  errors?: FieldErrors
  /** Somebody else has changed it since the form was opened. */
  isStale?: boolean
}

export function sendHistoryYear(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  fiscalYear: number,
  values: PasteValues,
  {
    errors = {},
    isStale = false,
    read = [],
    saved = false,
  }: Answered & { read?: ReadLine[]; saved?: boolean } = {},
): FastifyReply {
  const { db, settings } = portal
  const lines = historyOf(db, fiscalYear)
  const address = `${HISTORY}/${fiscalYear}`
  const data: YearPage = {
    ...{ fiscalYear, address, values, saved, isStale, errors, seen: stateOf(lines) },
    lines: lines.map(({ categoryCode, received, finished, grounds, source }) => ({
      ...{ code: categoryCode, name: groupName(settings, categoryCode, 'th'), source },
      ...{ href: `${address}/${categoryCode}` },
      cells: [received, finished, grounds].map((count) => (count === null ? '–' : formatNumber(count))),
    })),
    categories: complaintCategories(portal),
    problems: read.flatMap((one) => ('problem' in one ? [one] : [])),
  }
  return sendPage(portal, request, reply, yearPage, data, statusOf({ errors, isStale }))
}

export type LineValues = Record<'code' | 'received' | 'finished' | 'grounds' | 'source', string>

interface LinePage {
  fiscalYear: number
  address: string
  /** Null for a category that is to be added. */
  line: { code: string; name: string } | null
  categories: { code: string; name: string }[]
  values: LineValues
  /** What stands there now, where somebody else has changed it. */
  now: string | null
  seen: string
  isStale: boolean
  errors: FieldErrors
}

const linePage = page<LinePage>('statistics/admin-history-line', [
  ...(['fiscalYear', 'address', 'line', 'categories', 'values', 'now', 'seen', 'isStale', 'errors'] as const),
])

export function sendHistoryLine(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { fiscalYear, line }: { fiscalYear: number; line: HistoryLine | undefined },
  values: LineValues,
  { errors = {}, isStale = false }: Answered = {},
): FastifyReply {
  const { settings } = portal
  const code = line?.categoryCode
  const data: LinePage = {
    ...{ fiscalYear, address: `${HISTORY}/${fiscalYear}/${code ?? 'new'}`, values, isStale, errors },
    line: code === undefined ? null : { code, name: groupName(settings, code, 'th') },
    categories: complaintCategories(portal),
    now: line && isStale ? nowText(line) : null,
    seen: stateOf(line ? [line] : []),
  }
  return sendPage(portal, request, reply, linePage, data, statusOf({ errors, isStale }))
}

const nowText = ({ received, finished, grounds, source, enteredBy }: HistoryLine): string =>
  `รับใหม่ ${received} แล้วเสร็จ ${finished} มีมูล ${grounds ?? '–'} ที่มา ${source} บันทึกโดย ${enteredBy}`

export const NO_LINE: LineValues = { code: '', received: '', finished: '', grounds: '', source: '' }

export const valuesOf = ({ categoryCode, received, finished, grounds, source }: HistoryLine): LineValues => ({
  ...{ code: categoryCode, received: String(received), finished: String(finished), source },
  grounds: grounds === null ? '' : String(grounds),
})

/** Names what was there when a form was opened: nobody overwrites what somebody else has entered meanwhile. */
export function stateOf(lines: readonly HistoryLine[]): string {
  const told = lines.map(({ categoryCode, received, finished, grounds, source }) => [
    categoryCode,
    received,
    finished,
    grounds,
    source,
  ])
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url').slice(0, 16)
}

function statusOf({ errors = {}, isStale = false }: Answered): number {
  if (isStale) return 409
  return Object.keys(errors).length > 0 ? 422 : 200
}

function complaintCategories({ settings }: Portal): { code: string; name: string }[] {
  return settings
    .categories()
    .filter(({ kind }) => kind === 'complaint')
    .map(({ code, name }) => ({ code, name }))
}
