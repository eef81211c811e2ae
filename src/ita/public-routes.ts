import type { FastifyPluginCallback } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { documentPages } from './document-pages.ts'
import { NO_CHANNEL, type SealedSources } from './facts.ts'
import { yearRoutes } from './year-routes.ts'

/** The documents that the office has published, and the pages for the assessment of integrity (ITA). */
export function itaPages(portal: Portal, sealed: SealedSources = NO_CHANNEL): FastifyPluginCallback {
  return (app, _options, done) => {
    app.register(documentPages(portal))
    app.register(yearRoutes(portal, sealed))
    done()
  }
}
