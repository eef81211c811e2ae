import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { changeSetting } from '#settings/change.ts'
import type { Portal } from '#settings/portal.ts'
import { type Fields, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import {
  HistoryForm,
  isHistoryCategory,
  type PastedLine,
  PasteForm,
  readHistoryLines,
} from './history-forms.ts'
import {
  HISTORY,
  historyYears,
  NO_LINE,
  sendHistory,
  sendHistoryLine,
  sendHistoryYear,
  stateOf,
  valuesOf,
} from './history-pages.ts'
import { deleteHistoryLine, type HistoryLine, historyOf, writeHistoryLine } from './history-store.ts'

type YearRequest = FastifyRequest<{ Params: { fy: string }; Querystring: Record<string, unknown> }>
type LineRequest = FastifyRequest<{ Params: { fy: string; code: string } }>

/** What papers tell of the years before the portal, entered by hand with the document it is taken from. */
export function historyRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(HISTORY, admin, (request, reply) => sendHistory(portal, request, reply))
    app.get(`${HISTORY}/:fy`, admin, (request: YearRequest, reply) => {
      const saved = 'saved' in request.query
      const fiscalYear = yearOf(portal, request.params.fy)
      return sendHistoryYear(portal, request, reply, fiscalYear, { source: '', lines: '' }, { saved })
    })
    app.post(`${HISTORY}/:fy`, admin, (request: YearRequest, reply) => postPaste(portal, request, reply))
    const one = `${HISTORY}/:fy/:code`
    app.get(one, admin, (request: LineRequest, reply) => {
      const opened = openLine(portal, request)
      const values = opened.line ? valuesOf(opened.line) : NO_LINE
      return sendHistoryLine(portal, request, reply, opened, values)
    })
    app.post(one, admin, (request: LineRequest, reply) => postLine(portal, request, reply))
    app.post(`${one}/remove`, admin, (request: LineRequest, reply) => postRemove(portal, request, reply))
    done()
  }
}

function postPaste(portal: Portal, request: YearRequest, reply: FastifyReply): FastifyReply {
  const fiscalYear = yearOf(portal, request.params.fy)
  const fields = fieldsOf(request.body)
  const values = typed(fields, ['source', 'lines'])
  const form = PasteForm.safeParse(single(fields))
  if (!form.success)
    return sendHistoryYear(portal, request, reply, fiscalYear, values, { errors: fieldErrors(form.error) })
  const read = readHistoryLines(form.data.lines, portal.settings)
  const faults = read.filter((one) => 'problem' in one).length
  if (faults > 0) {
    const errors = { lines: `อ่านไม่ได้ ${faults} บรรทัด กรุณาแก้ไขตามที่แจ้งไว้เหนือช่องรายการ ยังไม่ได้บันทึกบรรทัดใด` }
    return sendHistoryYear(portal, request, reply, fiscalYear, values, { errors, read })
  }
  if (isStale(fields, historyOf(portal.db, fiscalYear)))
    return sendHistoryYear(portal, request, reply, fiscalYear, values, { isStale: true })
  const pasted = read.flatMap((one) => ('value' in one ? [one.value] : []))
  save(portal, request, fiscalYear, form.data.source, pasted)
  return reply.redirect(`${HISTORY}/${fiscalYear}?saved`, 303)
}

function postLine(portal: Portal, request: LineRequest, reply: FastifyReply): FastifyReply {
  const opened = openLine(portal, request)
  const { fiscalYear, line } = opened
  const fields = fieldsOf(request.body)
  const values = typed(fields, ['code', 'received', 'finished', 'grounds', 'source'])
  const code = line?.categoryCode ?? values.code
  const form = HistoryForm.safeParse(single(fields))
  const errors = {
    ...(!line && codeFault(portal, fiscalYear, code)),
    ...(form.success ? {} : fieldErrors(form.error)),
  }
  if (!form.success || Object.keys(errors).length > 0)
    return sendHistoryLine(portal, request, reply, opened, values, { errors })
  if (line && isStale(fields, [line]))
    return sendHistoryLine(portal, request, reply, opened, values, { isStale: true })
  const { source, ...counts } = form.data
  save(portal, request, fiscalYear, source, [{ code, ...counts }])
  return reply.redirect(`${HISTORY}/${fiscalYear}?saved`, 303)
}

function postRemove(portal: Portal, request: LineRequest, reply: FastifyReply): FastifyReply {
  const opened = openLine(portal, request)
  const { fiscalYear, line } = opened
  if (!line) throw new AppError('not_found', 'history_line')
  const fields = fieldsOf(request.body)
  if (fields.sure?.[0] !== 'yes') {
    const errors = { sure: 'กรุณายืนยันว่าต้องการลบ' }
    return sendHistoryLine(portal, request, reply, opened, valuesOf(line), { errors })
  }
  if (isStale(fields, [line]))
    return sendHistoryLine(portal, request, reply, opened, valuesOf(line), { isStale: true })
  change(portal, request, fiscalYear, [line], [], () =>
    deleteHistoryLine(portal.db, fiscalYear, line.categoryCode, portal.now()),
  )
  return reply.redirect(`${HISTORY}/${fiscalYear}?saved`, 303)
}

/** What is not named stays as it is. */
function save(
  portal: Portal,
  request: FastifyRequest,
  fiscalYear: number,
  source: string,
  pasted: readonly PastedLine[],
): void {
  const entered = { enteredAt: portal.now(), enteredBy: viewerOf(request).displayName }
  const before = historyOf(portal.db, fiscalYear).filter(({ categoryCode }) =>
    pasted.some(({ code }) => code === categoryCode),
  )
  const after = pasted.map(
    ({ code, ...counts }): HistoryLine => ({ fiscalYear, categoryCode: code, ...counts, source, ...entered }),
  )
  change(portal, request, fiscalYear, before, after, () => {
    for (const line of after) writeHistoryLine(portal.db, line)
  })
}

function change(
  portal: Portal,
  request: FastifyRequest,
  fiscalYear: number,
  before: readonly HistoryLine[],
  after: readonly HistoryLine[],
  write: () => void,
): void {
  const subject = `history:${fiscalYear}`
  const told = { before: auditOf(before), after: auditOf(after) }
  changeSetting(portal, viewerOf(request), { action: 'history.figures', subject, ...told }, write)
}

/** By category, in one order, so that the same figures are told alike. */
function auditOf(lines: readonly HistoryLine[]): object {
  const entries = lines.map(({ categoryCode, received, finished, grounds, source }) => {
    return [categoryCode, { received, finished, grounds, source }] as const
  })
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function codeFault(portal: Portal, fiscalYear: number, code: string): { code: string } | undefined {
  if (!isHistoryCategory(portal.settings, code)) return { code: 'กรุณาเลือกประเภทเรื่อง' }
  const isThere = historyOf(portal.db, fiscalYear).some(({ categoryCode }) => categoryCode === code)
  return isThere ? { code: `ปีนี้มีข้อมูลของประเภท ${code} แล้ว กรุณาแก้ไขจากรายการของปี` } : undefined
}

/** A form without the mark is not one of ours. */
const isStale = (fields: Fields, lines: readonly HistoryLine[]): boolean =>
  fields.seen?.[0] !== stateOf(lines)

/** @throws AppError not_found for a year that is not entered by hand */
function yearOf(portal: Portal, typedYear: string): number {
  const year = historyYears(portal).find((one) => String(one) === typedYear)
  if (year === undefined) throw new AppError('not_found', 'fiscal_year')
  return year
}

/** @throws AppError not_found for a category of which nothing was entered */
function openLine(
  portal: Portal,
  { params }: LineRequest,
): { fiscalYear: number; line: HistoryLine | undefined } {
  const fiscalYear = yearOf(portal, params.fy)
  if (params.code === 'new') return { fiscalYear, line: undefined }
  const line = historyOf(portal.db, fiscalYear).find(({ categoryCode }) => categoryCode === params.code)
  if (!line) throw new AppError('not_found', 'history_line')
  return { fiscalYear, line }
}
