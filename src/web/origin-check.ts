import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses state-changing requests that another site caused, by `Sec-Fetch-Site`, else `Origin`.
 * A browser that sends neither: in a zone without ambient authority (`cookieZone` false) it is let in,
 * in a zone with a cookie `Referer` must name us.
 */
export function checkOrigin(scope: FastifyInstance, publicUrl: string, cookieZone: boolean): void {
  const own = new URL(publicUrl).origin
  scope.addHook('onRequest', async (request) => {
    if (SAFE.has(request.method) || isOwn(request, own, cookieZone)) return
    throw new AppError('forbidden', 'foreign_origin')
  })
}

function isOwn(request: FastifyRequest, own: string, cookieZone: boolean): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = request.headers.origin
  if (origin !== undefined) return origin === own || origin === hostOrigin(request)
  if (!cookieZone) return true
  const referer = request.headers.referer
  if (referer === undefined || !URL.canParse(referer)) return false
  const from = new URL(referer).origin
  return from === own || from === hostOrigin(request)
}

// An office often opens the portal by its address in the local network besides its public name.
const hostOrigin = (request: FastifyRequest): string => `${request.protocol}://${request.host}`
