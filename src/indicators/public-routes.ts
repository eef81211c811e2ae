import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { PLAN_YEARS } from '#domain/indicators.ts'
import { toArabicDigits } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { type Format, sendKept } from '#web/kept-answers.ts'
import { languageOf } from '#web/languages.ts'
import type { CorruptionCounts } from './corruption-counts.ts'
import { openEditions } from './editions.ts'

interface YearRoute {
  Params: { fy: string }
}

/** /indicators, /indicators/2570 and its .csv and .json: addresses that assessors note down; they do not change. */
export function indicatorRoutes(
  portal: Portal,
  corruption: CorruptionCounts | undefined,
): FastifyPluginCallback {
  return (app, _options, done) => {
    const current = openEditions(portal, languageOf(`${app.prefix}/`).lang, corruption)

    app.get('/indicators', (request, reply) => {
      const edition = current()
      return sendKept(request, reply, edition.answer(edition.years[0] ?? PLAN_YEARS[0], 'html'))
    })

    const sendYear = (format: Format, suffix: string) => {
      return (request: FastifyRequest<YearRoute>, reply: FastifyReply) => {
        const edition = current()
        const typed = request.params.fy
        const year = toArabicDigits(typed)
        const fiscalYear = edition.years.find((covered) => String(covered) === year)
        if (fiscalYear === undefined) throw new AppError('not_found', 'fiscal_year')
        if (year !== typed) return reply.redirect(`${app.prefix}/indicators/${year}${suffix}`, 301)
        return sendKept(request, reply, edition.answer(fiscalYear, format))
      }
    }
    app.get<YearRoute>('/indicators/:fy', sendYear('html', ''))
    app.get<YearRoute>('/indicators/:fy.csv', sendYear('csv', '.csv'))
    app.get<YearRoute>('/indicators/:fy.json', sendYear('json', '.json'))
    done()
  }
}
