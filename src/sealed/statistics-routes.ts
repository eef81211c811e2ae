import type { FastifyPluginCallback } from 'fastify'
import type { Sealed } from './open.ts'

/** The channel's public figures, `/statistics/:fy/corruption` and its files. */
export function sealedStatisticsRoutes(_sealed: Sealed): FastifyPluginCallback {
  return (_app, _options, done) => {
    done()
  }
}
