import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { type Format, sendKept } from '#web/kept-answers.ts'
import { languageOf } from '#web/languages.ts'
import { openPlacesEditions } from './places-editions.ts'

interface YearRoute {
  Params: { fy: string }
}

/** /statistics/2570/places and its .csv and .json, which do not change address. */
export function placesRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const current = openPlacesEditions(portal, languageOf(`${app.prefix}/`).lang)

    const sendYear = (format: Format, suffix: string) => {
      return (request: FastifyRequest<YearRoute>, reply: FastifyReply) => {
        const edition = current()
        const typed = request.params.fy
        const year = toArabicDigits(typed)
        const fiscalYear = edition.years.find((covered) => String(covered) === year)
        if (fiscalYear === undefined) throw new AppError('not_found', 'fiscal_year')
        if (year !== typed) return reply.redirect(`${app.prefix}/statistics/${year}/places${suffix}`, 301)
        return sendKept(request, reply, edition.answer(fiscalYear, format))
      }
    }
    app.get<YearRoute>('/statistics/:fy/places', sendYear('html', ''))
    app.get<YearRoute>('/statistics/:fy/places.csv', sendYear('csv', '.csv'))
    app.get<YearRoute>('/statistics/:fy/places.json', sendYear('json', '.json'))
    done()
  }
}
