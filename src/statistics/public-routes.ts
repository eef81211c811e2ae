import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { type Format, sendKept } from '#web/kept-answers.ts'
import { languageOf } from '#web/languages.ts'
import { openEditions } from './editions.ts'

interface YearRoute {
  Params: { fy: string }
}

/** /statistics, /statistics/2570 and its .csv and .json: addresses that people print; they do not change. */
export function statisticsRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const current = openEditions(portal, languageOf(`${app.prefix}/`).lang)

    app.get('/statistics', (request, reply) => {
      const edition = current()
      return sendKept(request, reply, edition.body(edition.years[0] ?? 0, 'html'))
    })

    const sendYear = (format: Format, suffix: string) => {
      return (request: FastifyRequest<YearRoute>, reply: FastifyReply) => {
        const edition = current()
        const typed = request.params.fy
        const year = toArabicDigits(typed)
        const fiscalYear = edition.years.find((covered) => String(covered) === year)
        if (fiscalYear === undefined) throw new AppError('not_found', 'fiscal_year')
        if (year !== typed) return reply.redirect(`${app.prefix}/statistics/${year}${suffix}`, 301)
        return sendKept(request, reply, edition.body(fiscalYear, format))
      }
    }
    app.get<YearRoute>('/statistics/:fy', sendYear('html', ''))
    app.get<YearRoute>('/statistics/:fy.csv', sendYear('csv', '.csv'))
    app.get<YearRoute>('/statistics/:fy.json', sendYear('json', '.json'))
    done()
  }
}
