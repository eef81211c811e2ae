import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { toArabicDigits } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { accepts } from '#web/content-coding.ts'
import { isFresh, keepAnswer, sendKept } from '#web/kept-answers.ts'
import { languageOf } from '#web/languages.ts'
import { createUi, render } from '#web/views.ts'
import { FEED_PATH, SCHEMA_PATH } from './catalogue.ts'
import { SMALL_TABLES } from './datasets.ts'
import { openEditions } from './editions.ts'
import { feedData, feedPage } from './feed.ts'
import { openPackedCases } from './packed.ts'
import { casesSchema } from './schema.ts'
import { type FileFormat, FORMATS } from './written.ts'

interface YearRoute {
  Params: { fy: string }
}

/** Anybody's program may read the zone from any page, without a cookie and without asking. */
export function openToAll(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cross-origin-resource-policy', 'cross-origin')
  })
}

/** /open-data, in the language of its address. */
export function openDataPage(portal: Portal, hasCorruption: boolean): FastifyPluginCallback {
  return (app, _options, done) => {
    const { lang } = languageOf(`${app.prefix}/`)
    const current = openEditions(portal, hasCorruption)
    app.get('/open-data', (request, reply) => {
      const edition = current()
      return sendKept(request, reply, edition.page(lang))
    })
    done()
  }
}

/** The files below /open-data, which have no language. */
export function openDataFiles(portal: Portal, hasCorruption: boolean): FastifyPluginCallback {
  return (app, _options, done) => {
    const current = openEditions(portal, hasCorruption)
    const cases = openPackedCases(portal)

    app.get('/open-data/catalogue.json', (request, reply) => sendKept(request, reply, current().catalogue()))
    app.get(SCHEMA_PATH, (request, reply) =>
      sendKept(request, reply, keepAnswer('json', casesSchema(portal.config.publicUrl))),
    )
    app.get(FEED_PATH, (request, reply) => {
      const ui = createUi({
        url: FEED_PATH,
        zone: 'open-data',
        office: portal.office(),
        assets: portal.assets.urls,
        now: portal.now(),
      })
      return sendKept(request, reply, keepAnswer('atom', render(feedPage, ui, feedData(portal))))
    })

    for (const format of FORMATS) {
      app.get<YearRoute>(`/open-data/cases-:fy.${format}`, async (request, reply) => {
        const year = yearIn(request, current().years)
        if (String(year) !== request.params.fy)
          return reply.redirect(`/open-data/cases-${year}.${format}`, 301)
        return await sendCases(request, reply, year, format)
      })
      for (const table of SMALL_TABLES) {
        const path = table.isYearly ? `${table.id}-:fy` : table.id
        app.get<YearRoute>(`/open-data/${path}.${format}`, (request, reply) => {
          const edition = current()
          const year = table.isYearly ? yearIn(request, edition.years) : 0
          if (table.isYearly && String(year) !== request.params.fy) {
            return reply.redirect(`/open-data/${table.id}-${year}.${format}`, 301)
          }
          tellChange(reply, edition.version.changedAt)
          return sendKept(request, reply, edition.table(table, year, format))
        })
      }
    }

    const sendCases = async (
      request: FastifyRequest,
      reply: FastifyReply,
      fiscalYear: number,
      format: FileFormat,
    ): Promise<FastifyReply> => {
      reply.header('cache-control', 'public, max-age=30').header('vary', 'accept-encoding')
      const packs = accepts(String(request.headers['accept-encoding'] ?? ''), 'gzip')
      const mark = (tag: string) => (packs ? tag.replace(/"$/, '-gzip"') : tag)
      const now = cases.tag(fiscalYear, format)
      if (isFresh(request.headers['if-none-match'], mark(now))) {
        return reply.header('etag', mark(now)).code(304).send()
      }
      const { tag, version, gzip } = await cases.get(fiscalYear, format)
      // For half a minute a file is still served that was made before the last change.
      if (isFresh(request.headers['if-none-match'], mark(tag))) {
        return reply.header('etag', mark(tag)).code(304).send()
      }
      tellChange(reply, version.changedAt)
      reply
        .header('etag', mark(tag))
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
        .header('content-disposition', `attachment; filename="cases-${fiscalYear}.${format}"`)
      if (packs) return reply.header('content-encoding', 'gzip').send(gzip)
      return reply.send(Readable.from([gzip]).pipe(createGunzip()))
    }
    done()
  }
}

function yearIn(request: FastifyRequest<YearRoute>, years: readonly number[]): number {
  const typed = toArabicDigits(request.params.fy)
  const year = years.find((covered) => String(covered) === typed)
  if (year === undefined) throw new AppError('not_found', 'fiscal_year')
  return year
}

function tellChange(reply: FastifyReply, changedAt: number): void {
  if (changedAt > 0) reply.header('last-modified', new Date(changedAt).toUTCString())
}
