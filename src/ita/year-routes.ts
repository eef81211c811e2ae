import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { fiscalYearOf } from '#domain/fiscal-year.ts'
import { toArabicDigits } from '#domain/text.ts'
import { hasPdfEngine } from '#platform/pdf.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage, uiFor } from '#web/answer.ts'
import { openEvidence } from './evidence-pdf.ts'
import type { SealedSources } from './facts.ts'
import { itemYears } from './item-store.ts'
import { yearPage, yearView } from './year-page.ts'

type YearRequest = FastifyRequest<{ Params: { fy: string } }>

/** /ita, the newest year, /ita/2570 and its .pdf: addresses that are handed in as evidence; they do not change. */
export function yearRoutes(portal: Portal, sealed: SealedSources): FastifyPluginCallback {
  return (app, _options, done) => {
    const { prefix } = app
    const evidence = openEvidence()

    app.get('/ita', (request, reply) => {
      const years = itemYears(portal.db)
      const thisYear = fiscalYearOf(civilDateOf(portal.now()))
      // A year that was prepared early is not the newest before it has begun.
      const newest = years.find((year) => year <= thisYear) ?? years.at(-1)
      return sendYear(portal, sealed, request, reply, knownYear(portal, String(newest)))
    })

    app.get('/ita/:fy', (request: YearRequest, reply) => {
      const { typed, year } = yearIn(request)
      if (year !== typed) return reply.redirect(`${prefix}/ita/${year}`, 301)
      return sendYear(portal, sealed, request, reply, knownYear(portal, year))
    })

    // Evidence is handed in in Thai.
    if (prefix === '')
      app.get('/ita/:fy.pdf', async (request: YearRequest, reply) => {
        const { typed, year } = yearIn(request)
        if (year !== typed) return reply.redirect(`/ita/${year}.pdf`, 301)
        const fiscalYear = knownYear(portal, year)
        // Where no PDF can be made, the page prints.
        if (!hasPdfEngine()) return reply.redirect(`/ita/${fiscalYear}`, 302)
        const ui = uiFor(portal, request)
        return sendPdf(reply, await evidence(yearView(portal, sealed, fiscalYear, ui), ui), fiscalYear)
      })
    done()
  }
}

function sendYear(
  portal: Portal,
  sealed: SealedSources,
  request: FastifyRequest,
  reply: FastifyReply,
  fiscalYear: number,
): FastifyReply {
  const ui = uiFor(portal, request)
  return sendPage(portal, request, reply.header('cache-control', 'public, max-age=60'), yearPage, {
    ...yearView(portal, sealed, fiscalYear, ui),
    otherYears: itemYears(portal.db)
      .filter((other) => other !== fiscalYear)
      .map((other) => ({ fiscalYear: other, href: ui.path(`/ita/${other}`) })),
    pdf: hasPdfEngine() ? `/ita/${fiscalYear}.pdf` : null,
  })
}

function yearIn(request: YearRequest): { typed: string; year: string } {
  const typed = request.params.fy
  return { typed, year: toArabicDigits(typed) }
}

/** @throws AppError not_found for a year that has no page */
function knownYear(portal: Portal, year: string): number {
  const known = itemYears(portal.db).find((one) => String(one) === year)
  if (known === undefined) throw new AppError('not_found', 'fiscal_year')
  return known
}

function sendPdf(reply: FastifyReply, pdf: Buffer, fiscalYear: number): FastifyReply {
  return reply
    .headers({
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="ita-${fiscalYear}.pdf"`,
      'cache-control': 'public, max-age=60',
    })
    .send(pdf)
}
