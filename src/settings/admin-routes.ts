import type { FastifyPluginCallback } from 'fastify'
import { categoryRoutes } from './category-routes.ts'
import { officeRoutes } from './office-routes.ts'
import { overviewRoutes } from './overview-routes.ts'
import type { Portal } from './portal.ts'
import { unitRoutes } from './unit-routes.ts'
import { villageRoutes } from './village-routes.ts'

/** The pages of the settings, for administrators. */
export function settingsAdminRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    for (const routes of [overviewRoutes, officeRoutes, unitRoutes, villageRoutes, categoryRoutes]) {
      app.register(routes(portal))
    }
    done()
  }
}
