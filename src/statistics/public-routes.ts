import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { type KeptAnswer, sendKept } from '#web/kept-answers.ts'
import { languageOf } from '#web/languages.ts'
import { type Edition, openEditions } from './editions.ts'
import type { Surveys } from './surveys.ts'

interface YearRoute {
  Params: { fy: string }
}

/**
 * /statistics, /statistics/2570, its halves /h1 and /h2, each with its /details, its .csv and .json, and all years at
 * /statistics/years:
 * addresses that people print; they do not change.
 */
export function statisticsRoutes(portal: Portal, surveys: Surveys): FastifyPluginCallback {
  return (app, _options, done) => {
    const current = openEditions(portal, languageOf(`${app.prefix}/`).lang, surveys)

    app.get('/statistics', (request, reply) => {
      const edition = current()
      return sendKept(request, reply, edition.page(edition.years[0] ?? 0, 'year'))
    })
    app.get('/statistics/years', (request, reply) => sendKept(request, reply, current().comparison()))

    const sendYear = (suffix: string, answer: (edition: Edition, fiscalYear: number) => KeptAnswer) => {
      return (request: FastifyRequest<YearRoute>, reply: FastifyReply) => {
        const edition = current()
        const typed = request.params.fy
        const year = toArabicDigits(typed)
        const fiscalYear = edition.years.find((covered) => String(covered) === year)
        if (fiscalYear === undefined) throw new AppError('not_found', 'fiscal_year')
        if (year !== typed) return reply.redirect(`${app.prefix}/statistics/${year}${suffix}`, 301)
        return sendKept(request, reply, answer(edition, fiscalYear))
      }
    }
    const get = (suffix: string, answer: (edition: Edition, fiscalYear: number) => KeptAnswer) =>
      app.get<YearRoute>(`/statistics/:fy${suffix}`, sendYear(suffix, answer))
    get('', (edition, year) => edition.page(year, 'year'))
    get('/h1', (edition, year) => edition.page(year, 'h1'))
    get('/h2', (edition, year) => edition.page(year, 'h2'))
    get('/details', (edition, year) => edition.details(year, 'year'))
    get('/h1/details', (edition, year) => edition.details(year, 'h1'))
    get('/h2/details', (edition, year) => edition.details(year, 'h2'))
    get('.csv', (edition, year) => edition.file(year, 'csv'))
    get('.json', (edition, year) => edition.file(year, 'json'))
    done()
  }
}
