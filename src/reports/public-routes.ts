import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/text.ts'
import { hasPdfEngine } from '#platform/pdf.ts'
import type { Portal } from '#settings/portal.ts'
import { sendKept } from '#web/kept-answers.ts'
import { languageOf, localPath } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { createUi, type Page, render, type Ui } from '#web/views.ts'
import { boardOf } from './board.ts'
import { boardPdf } from './board-pdf.ts'
import { openKeptPages, openKeptPdfs } from './kept.ts'
import { frozenFigures, reportArticle } from './page.ts'
import {
  addressOf,
  boardData,
  boardPage,
  listData,
  listPage,
  reportData,
  reportPage,
  scriptData,
  scriptPage,
} from './public-pages.ts'
import { reportPdf } from './report-pdf.ts'
import { listPublished, publishedVersions, type Report, type ReportLine, reportById } from './store.ts'

type ReportRequest = FastifyRequest<{ Params: { slug: string } }>
type VersionRequest = FastifyRequest<{ Params: { slug: string; version: string } }>

/** /reports, each report, the versions before it, and its sheets: addresses that are printed; they do not change. */
export function reportPages(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const { prefix } = app
    const { lang } = languageOf(`${prefix}/`)
    const keep = openKeptPages(portal)
    const keepPdf = openKeptPdfs()

    // Kept for everybody, so it is made for its own address and not for the one that was typed.
    const send = <T extends object>(
      request: FastifyRequest,
      reply: FastifyReply,
      path: string,
      state: string,
      shown: Page<T>,
      data: (ui: Ui) => T,
    ) => {
      const answer = keep(`${path} ${state}`, () => {
        const ui = uiOf(portal, localPath(lang, path))
        return render(shown, ui, data(ui))
      })
      return sendKept(request, reply, answer)
    }

    app.get('/reports', (request, reply) => {
      const reports = listPublished(portal.db)
      return send(request, reply, '/reports', stateOf(reports), listPage, (ui) => listData(ui, reports))
    })
    app.get('/reports/:slug', (request: ReportRequest, reply) => {
      const typed = request.params.slug
      const slug = toArabicDigits(typed)
      const versions = versionsIn(portal, slug)
      if (slug !== typed) return reply.redirect(`${prefix}/reports/${slug}`, 301)
      return send(request, reply, `/reports/${slug}`, stateOf(versions), reportPage, (ui) =>
        reportData(portal, ui, newestOf(portal, versions), versions, hasPdfEngine()),
      )
    })
    app.get('/reports/:slug/:version', (request: VersionRequest, reply) => {
      const { slug, version } = request.params
      const versions = versionsIn(portal, slug)
      const row = versions.find((line) => String(line.version) === version)
      if (!row) throw new AppError('not_found', 'version')
      return send(request, reply, `/reports/${slug}/${version}`, stateOf(versions), reportPage, (ui) =>
        reportData(portal, ui, known(portal, row), versions, hasPdfEngine()),
      )
    })
    app.get('/reports/:slug/board', (request: ReportRequest, reply) => {
      const { slug } = request.params
      const versions = versionsIn(portal, slug)
      return send(request, reply, `/reports/${slug}/board`, stateOf(versions), boardPage, (ui) =>
        boardData(portal, ui, newestOf(portal, versions), hasPdfEngine()),
      )
    })
    app.get('/reports/:slug/script', (request: ReportRequest, reply) => {
      const { slug } = request.params
      const versions = versionsIn(portal, slug)
      return send(request, reply, `/reports/${slug}/script`, stateOf(versions), scriptPage, (ui) =>
        scriptData(portal, ui, newestOf(portal, versions)),
      )
    })

    // Reports are written in Thai, and so is what is printed of them. Where no PDF can be made, the page prints.
    if (prefix === '') {
      app.get('/reports/:slug.pdf', async (request: ReportRequest, reply) => {
        const { slug } = request.params
        const report = newestOf(portal, versionsIn(portal, slug))
        if (!hasPdfEngine()) return reply.redirect(`/reports/${slug}`, 302)
        const article = () => reportArticle(report, frozenFigures(report))
        const pdf = await keepPdf(`report ${report.id}`, () => reportPdf(article(), footOf(portal, report)))
        return sendPdf(reply, pdf, `report-${slug}.pdf`)
      })
      app.get('/reports/:slug/board.pdf', async (request: ReportRequest, reply) => {
        const { slug } = request.params
        const report = newestOf(portal, versionsIn(portal, slug))
        if (!hasPdfEngine()) return reply.redirect(`/reports/${slug}/board`, 302)
        const { phone } = portal.office()
        const address = addressOf(portal, `/reports/${slug}`)
        const board = boardOf(frozenFigures(report))
        const pdf = await keepPdf(`board ${report.id} ${phone}`, () => boardPdf(board, address, phone))
        return sendPdf(reply, pdf, `report-${slug}-board.pdf`)
      })
    }
    done()
  }
}

/** Where a version stands on the web, and its date: the foot of every page on paper. */
export function footOf(portal: Portal, { slug, publishedAt, createdAt }: Report): string {
  const dated = publishedAt
    ? `เผยแพร่เมื่อวันที่ ${formatDate(publishedAt, 'th')}`
    : `ร่าง ${formatDate(createdAt, 'th')}`
  return `${addressOf(portal, `/reports/${slug}`)} · ${dated}`
}

export function sendPdf(
  reply: FastifyReply,
  pdf: Buffer,
  name: string,
  caching = 'public, max-age=60',
): FastifyReply {
  return reply
    .headers({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name}"`,
      'cache-control': caching,
    })
    .send(pdf)
}

const stateOf = (rows: readonly ReportLine[]): string => rows.map(({ id }) => id).join()

function uiOf(portal: Portal, url: string): Ui {
  const assets = portal.assets.urls
  return createUi({ url, zone: 'public', office: portal.office(), assets, now: portal.now() })
}

/** @throws AppError not_found where nothing was published under that address */
function versionsIn(portal: Portal, slug: string): ReportLine[] {
  const versions = publishedVersions(portal.db, slug)
  if (versions.length === 0) throw new AppError('not_found', 'report')
  return versions
}

const newestOf = (portal: Portal, versions: readonly ReportLine[]): Report => known(portal, versions[0])

function known(portal: Portal, row: ReportLine | undefined): Report {
  const report = row && reportById(portal.db, row.id)
  if (!report) throw new AppError('not_found', 'report')
  return report
}
