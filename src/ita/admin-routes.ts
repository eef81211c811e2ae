import type { FastifyPluginCallback } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { documentListRoutes } from './document-list-routes.ts'
import { documentRoutes } from './document-routes.ts'
import { NO_CHANNEL, type SealedSources } from './facts.ts'
import { itemRoutes } from './item-routes.ts'

/** What the office publishes, and the items of the assessment, for administrators. */
export function itaAdminRoutes(portal: Portal, sealed: SealedSources = NO_CHANNEL): FastifyPluginCallback {
  return (app, _options, done) => {
    app.register(documentListRoutes(portal, sealed.facts))
    app.register(documentRoutes(portal))
    app.register(itemRoutes(portal, sealed))
    done()
  }
}
