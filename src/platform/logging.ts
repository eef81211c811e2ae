import { randomBytes } from 'node:crypto'
import { type FastifyServerOptions, LogController } from 'fastify'

/**
 * Addresses that leave no line in the log, mistyped ones included. Most of them are answered in a zone that is
 * silent anyway; what cannot be read as an address belongs to no zone.
 */
const SILENT = /^\/*(en\/+)?safe/i

export const leavesNoLine = (url: string): boolean => SILENT.test(url)

export const quietController = (): LogController =>
  new LogController({ disableRequestLogging: ({ url = '' }) => leavesNoLine(url) })

/** Numbered in their order, the requests that are in the log would tell how many are not. */
export const randomRequestId = (): string => randomBytes(8).toString('hex')

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
