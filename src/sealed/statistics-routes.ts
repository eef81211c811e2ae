import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/reference.ts'
import { type Format, sendKept } from '#web/kept-answers.ts'
import { languageOf } from '#web/languages.ts'
import type { Sealed } from './open.ts'
import { openEditions } from './statistics-editions.ts'

interface YearRoute {
  Params: { fy: string }
}

/** The channel's public figures: /statistics/2570/corruption and its .csv and .json, which do not change address. */
export function sealedStatisticsRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    const current = openEditions(sealed, languageOf(`${app.prefix}/`).lang)

    const sendYear = (format: Format, suffix: string) => {
      return (request: FastifyRequest<YearRoute>, reply: FastifyReply) => {
        const edition = current()
        const typed = request.params.fy
        const year = toArabicDigits(typed)
        if (!/^\d{4}$/.test(year) || !edition.has(Number(year)))
          throw new AppError('not_found', 'fiscal_year')
        if (year !== typed) {
          return reply.redirect(`${app.prefix}/statistics/${year}/corruption${suffix}`, 301)
        }
        return sendKept(request, reply, edition.answer(Number(year), format))
      }
    }
    app.get<YearRoute>('/statistics/:fy/corruption', sendYear('html', ''))
    app.get<YearRoute>('/statistics/:fy/corruption.csv', sendYear('csv', '.csv'))
    app.get<YearRoute>('/statistics/:fy/corruption.json', sendYear('json', '.json'))
    done()
  }
}
