import type { FastifyPluginCallback } from 'fastify'
import { sealedAdminRoutes } from '#sealed/admin-routes.ts'
import { sealedOf } from '#sealed/open.ts'
import { peopleRoutes } from '#sealed/people-routes.ts'
import { registerRoutes } from '#sealed/register-routes.ts'
import { safeRoutes } from '#sealed/safe-routes.ts'
import { sealedStatisticsRoutes } from '#sealed/statistics-routes.ts'
import type { Portal } from '#settings/portal.ts'

export { closeSealed } from '#sealed/open.ts'

/**
 * All that the rest of the portal knows of the sealed channel. A portal without the channel has this file with
 * empty lists in it, and nothing else changes.
 */
export interface SealedFeatures {
  /** Pages of who reports, for `/safe`. */
  reporter: FastifyPluginCallback[]
  staff: FastifyPluginCallback[]
  admin: FastifyPluginCallback[]
  /** Public figures. */
  figures: FastifyPluginCallback[]
}

export function sealedFeatures(portal: Portal): SealedFeatures {
  const sealed = sealedOf(portal)
  return {
    reporter: [safeRoutes(sealed)],
    staff: [peopleRoutes(sealed), registerRoutes(sealed)],
    admin: [sealedAdminRoutes(sealed)],
    figures: [sealedStatisticsRoutes(sealed)],
  }
}
