import type { FastifyServerOptions } from 'fastify'

/**
 * The log tells what the process did, not what people wrote: no query (searches, case numbers), no
 * cookie, no body.
 */
export function logSettings(level: string): FastifyServerOptions['logger'] {
  if (level === 'silent') return false
  return {
    level,
    serializers: {
      req: (request) => ({ method: request.method, route: request.routeOptions?.url ?? 'unknown' }),
      res: (reply) => ({ statusCode: reply.statusCode }),
    },
  }
}
