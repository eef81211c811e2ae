import type { FastifyPluginCallback } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { passwordRoutes } from './password-routes.ts'
import { setupRoutes } from './setup-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

/** The staff zone's pages around a person's own account. */
export function accountRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    for (const routes of [signInRoutes, passwordRoutes, setupRoutes]) app.register(routes(portal))
    done()
  }
}
