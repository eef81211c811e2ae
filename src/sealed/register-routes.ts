import type { FastifyPluginCallback } from 'fastify'
import type { Sealed } from './open.ts'

/** The register and its reports, below `/staff/sealed`. */
export function registerRoutes(_sealed: Sealed): FastifyPluginCallback {
  return (_app, _options, done) => {
    done()
  }
}
