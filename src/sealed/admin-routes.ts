import type { FastifyPluginCallback } from 'fastify'
import type { Sealed } from './open.ts'

/** What the administrator may do: name officers, write down the order, set days. Never anything of a report. */
export function sealedAdminRoutes(_sealed: Sealed): FastifyPluginCallback {
  return (_app, _options, done) => {
    done()
  }
}
