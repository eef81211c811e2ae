import type { FastifyPluginCallback } from 'fastify'
import type { Sealed } from './open.ts'

/** Vaults, opening ceremony, officers, keys and log, below `/staff/sealed`. */
export function peopleRoutes(_sealed: Sealed): FastifyPluginCallback {
  return (_app, _options, done) => {
    done()
  }
}
