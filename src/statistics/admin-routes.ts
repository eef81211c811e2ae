import type { FastifyPluginCallback } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { alarmRoutes } from './alarm-routes.ts'
import { historyRoutes } from './history-routes.ts'

/** Figures of before the portal, and what a recount found. */
export function statisticsAdminRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    app.register(historyRoutes(portal))
    app.register(alarmRoutes(portal))
    done()
  }
}
