import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import { hasPdfEngine } from '#platform/pdf.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { page } from '#web/views.ts'
import type { CorruptionSource } from './corruption.ts'
import { countFigures, type ReportFigures } from './figures.ts'
import { beginFrom, discardReport, publishReport, reviseReport } from './life.ts'
import { type ReportArticle, reportArticle } from './page.ts'
import { periodIn } from './periods.ts'
import { footOf, sendPdf } from './public-routes.ts'
import { reportPdf } from './report-pdf.ts'
import { postEdit, showEdit } from './staff-edit.ts'
import { postNewReport, showNewReport, showReports } from './staff-list.ts'
import { postNote, showReport } from './staff-report.ts'
import { REPORTS, type ReportView, reportView } from './staff-words.ts'
import { type Report, reportById } from './store.ts'
import { showUnitReport } from './unit-page.ts'

type ReportRequest = FastifyRequest<{ Params: { id: string }; Querystring: { told?: string } }>

const previewPage = page<{ shown: ReportView; article: ReportArticle }>('reports/staff-preview', [
  'shown',
  'article',
])

/** Summary reports while they are written, noted and published; and the monthly reports of the units. */
export function reportStaffRoutes(portal: Portal, corruption?: CorruptionSource): FastifyPluginCallback {
  return (app, _options, done) => {
    const read = { config: { permission: 'reports' } } as const
    const write = { config: { permission: 'write_reports' } } as const
    const one = `${REPORTS}/:id`
    const back = (reply: FastifyReply, id: string | number, told: string) =>
      reply.redirect(`${REPORTS}/${id}?told=${told}`, 303)

    app.get(REPORTS, read, (request: FastifyRequest<{ Querystring: { told?: string } }>, reply) =>
      showReports(portal, request, reply),
    )
    app.get(`${REPORTS}/new`, write, (request, reply) => showNewReport(portal, request, reply))
    app.post(`${REPORTS}/new`, write, (request, reply) => postNewReport(portal, request, reply))
    app.get(
      `${REPORTS}/units`,
      { config: { permission: 'oversee' } },
      (request: FastifyRequest<{ Querystring: Record<string, string | undefined> }>, reply) =>
        showUnitReport(portal, request, reply),
    )

    app.get(one, read, (request: ReportRequest, reply) =>
      showReport(portal, request, reply, reportIn(portal, request)),
    )
    app.get(`${one}/edit`, write, (request: ReportRequest, reply) =>
      showEdit(portal, request, reply, reportIn(portal, request)),
    )
    app.post(`${one}/edit`, write, (request: ReportRequest, reply) =>
      postEdit(portal, request, reply, reportIn(portal, request)),
    )
    app.get(`${one}/preview`, read, (request: ReportRequest, reply) => {
      const report = reportIn(portal, request)
      const article = reportArticle(report, figuresOf(portal, corruption, report))
      return sendPage(portal, request, reply, previewPage, { shown: reportView(report), article })
    })
    app.get(`${one}/pdf`, read, async (request: ReportRequest, reply) => {
      const report = reportIn(portal, request)
      if (!hasPdfEngine()) return reply.redirect(`${REPORTS}/${report.id}/preview`, 303)
      const article = reportArticle(report, figuresOf(portal, corruption, report))
      const pdf = await reportPdf(article, footOf(portal, report))
      return sendPdf(reply, pdf, `report-${report.slug}.pdf`, 'no-store')
    })
    app.post(`${one}/note`, read, (request: ReportRequest, reply) =>
      postNote(portal, corruption, request, reply, asSeen(portal, request)),
    )
    app.post(`${one}/revise`, write, (request: ReportRequest, reply) => {
      reviseReport(portal, viewerOf(request), asSeen(portal, request))
      return back(reply, request.params.id, 'revised')
    })
    app.post(`${one}/publish`, write, (request: ReportRequest, reply) => {
      publishReport(portal, viewerOf(request), asSeen(portal, request))
      return back(reply, request.params.id, 'published')
    })
    app.post(`${one}/version`, write, (request: ReportRequest, reply) => {
      const { id } = beginFrom(portal, viewerOf(request), reportIn(portal, request))
      return reply.redirect(`${REPORTS}/${id}`, 303)
    })
    app.post(`${one}/discard`, write, (request: ReportRequest, reply) => {
      discardReport(portal, viewerOf(request), asSeen(portal, request))
      return reply.redirect(`${REPORTS}?told=discarded`, 303)
    })
    done()
  }
}

/** As they were frozen, or as they are now. */
function figuresOf(portal: Portal, corruption: CorruptionSource | undefined, report: Report): ReportFigures {
  return (report.figures as ReportFigures | null) ?? countFigures(portal, corruption, periodIn(report))
}

/** @throws AppError not_found */
function reportIn(portal: Portal, request: ReportRequest): Report {
  const { id } = request.params
  const report = /^\d{1,9}$/.test(id) && reportById(portal.db, Number(id))
  if (!report) throw new AppError('not_found', 'report')
  return report
}

/** Whoever presses a button has looked at this very state. @throws AppError conflict */
function asSeen(portal: Portal, request: ReportRequest): Report {
  const report = reportIn(portal, request)
  if (fieldsOf(request.body).rev?.[0] !== String(report.rev)) throw new AppError('conflict', 'changed')
  return report
}
