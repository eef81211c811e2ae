import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { mayWriteReports } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { yearsCovered } from '#statistics/figures.ts'
import { readMonthTotals } from '#statistics/store.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { NEW_FIELDS, type NewValues, newForm } from './forms.ts'
import { beginReport } from './life.ts'
import { slugOf } from './periods.ts'
import { REPORTS, type ReportView, reportView } from './staff-words.ts'
import { listReports, versionsOf } from './store.ts'

interface ListPage {
  reports: ReportView[]
  mayWrite: boolean
  told: string | null
}

interface NewPage {
  years: number[]
  values: NewValues
  errors: FieldErrors
}

const listPage = page<ListPage>('reports/staff-list', ['reports', 'mayWrite', 'told'])
const newPage = page<NewPage>('reports/staff-new', ['years', 'values', 'errors'])

export function showReports(
  portal: Portal,
  request: FastifyRequest<{ Querystring: { told?: string } }>,
  reply: FastifyReply,
): FastifyReply {
  return sendPage(portal, request, reply, listPage, {
    reports: listReports(portal.db).map(reportView),
    mayWrite: mayWriteReports(viewerOf(request)),
    told: request.query.told === 'discarded' ? 'ลบร่างแล้ว' : null,
  })
}

export function showNewReport(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fiscalYear = String(fiscalYearOf(civilDateOf(portal.now())))
  const values = { span: '', fiscalYear, from: '', to: '' }
  return sendPage(portal, request, reply, newPage, { years: yearsOf(portal), values, errors: {} })
}

export function postNewReport(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const fields = fieldsOf(request.body)
  const years = yearsOf(portal)
  const form = newForm(civilDateOf(portal.now()), years).safeParse(single(fields))
  const refuse = (errors: FieldErrors) =>
    sendPage(portal, request, reply, newPage, { years, values: typed(fields, NEW_FIELDS), errors }, 422)
  if (!form.success) return refuse(fieldErrors(form.error))
  const slug = slugOf(form.data)
  if (versionsOf(portal.db, slug).length > 0)
    return refuse({ span: `มีรายงานของรอบนี้ (${slug}) แล้ว ให้เปิดรายงานนั้นแล้วสร้างฉบับแก้ไข` })
  const { id } = beginReport(portal, viewerOf(request), form.data)
  return reply.redirect(`${REPORTS}/${id}`, 303)
}

const yearsOf = ({ db, now }: Portal): number[] => yearsCovered(readMonthTotals(db), civilDateOf(now()))
