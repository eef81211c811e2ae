import type { FastifyPluginCallback } from 'fastify'
import { categoryRoutes } from './category-routes.ts'
import { deadlineRoutes } from './deadline-routes.ts'
import { holidayRoutes } from './holiday-routes.ts'
import { letterRoutes } from './letter-routes.ts'
import { officeRoutes } from './office-routes.ts'
import { overviewRoutes } from './overview-routes.ts'
import type { Portal } from './portal.ts'
import { unitRoutes } from './unit-routes.ts'
import { villageRoutes } from './village-routes.ts'

const ROUTES = [
  officeRoutes,
  unitRoutes,
  villageRoutes,
  categoryRoutes,
  deadlineRoutes,
  holidayRoutes,
  letterRoutes,
]

/** The pages of the settings, for administrators; `countAlarms` tells how often public figures were found wrong. */
export function settingsAdminRoutes(portal: Portal, countAlarms: () => number): FastifyPluginCallback {
  return (app, _options, done) => {
    app.register(overviewRoutes(portal, countAlarms))
    for (const routes of ROUTES) app.register(routes(portal))
    done()
  }
}
