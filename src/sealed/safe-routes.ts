import type { FastifyPluginCallback } from 'fastify'
import type { Sealed } from './open.ts'

/** The pages of who reports, below `/safe`. Registered once for each language, under its prefix. */
export function safeRoutes(_sealed: Sealed): FastifyPluginCallback {
  return (_app, _options, done) => {
    done()
  }
}
