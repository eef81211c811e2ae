import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { preferredCoding } from '#web/content-coding.ts'
import { languageOf } from '#web/languages.ts'
import { type Body, type Format, openEditions } from './editions.ts'

interface YearRoute {
  Params: { fy: string }
}

/** /statistics, /statistics/2570 and its .csv and .json: addresses that people print; they do not change. */
export function statisticsRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const current = openEditions(portal, languageOf(`${app.prefix}/`).lang)

    app.get('/statistics', (request, reply) => {
      const edition = current()
      return sendBody(request, reply, edition.body(edition.years[0] ?? 0, 'html'))
    })

    const sendYear = (format: Format, suffix: string) => {
      return (request: FastifyRequest<YearRoute>, reply: FastifyReply) => {
        const edition = current()
        const typed = request.params.fy
        const year = toArabicDigits(typed)
        const fiscalYear = edition.years.find((covered) => String(covered) === year)
        if (fiscalYear === undefined) throw new AppError('not_found', 'fiscal_year')
        if (year !== typed) return reply.redirect(`${app.prefix}/statistics/${year}${suffix}`, 301)
        return sendBody(request, reply, edition.body(fiscalYear, format))
      }
    }
    app.get<YearRoute>('/statistics/:fy', sendYear('html', ''))
    app.get<YearRoute>('/statistics/:fy.csv', sendYear('csv', '.csv'))
    app.get<YearRoute>('/statistics/:fy.json', sendYear('json', '.json'))
    done()
  }
}

function sendBody(request: FastifyRequest, reply: FastifyReply, body: Body): FastifyReply {
  const coding = preferredCoding(request.headers['accept-encoding'])
  const tag = coding ? `"${body.tag}-${coding}"` : `"${body.tag}"`
  reply.header('etag', tag).header('cache-control', 'public, max-age=30').header('vary', 'accept-encoding')
  if (isFresh(request.headers['if-none-match'], tag)) return reply.code(304).send()
  reply.type(body.type)
  if (body.fileName) reply.header('content-disposition', `attachment; filename="${body.fileName}"`)
  if (!coding) return reply.send(body.plain)
  return reply.header('content-encoding', coding).send(coding === 'br' ? body.brotli : body.gzip)
}

/** If-None-Match compares weakly: a proxy that repacks the answer marks the tag with W/. */
function isFresh(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((given) => ['*', tag].includes(given.trim().replace(/^W\//, '')))
}
