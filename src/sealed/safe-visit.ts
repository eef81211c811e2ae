import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Sealed } from './open.ts'
import { isOnion } from './safe-zone.ts'
import type { Visit } from './visits.ts'

/** A cookie for each language's address, so that switching the language does not close the mailbox. */
const PATHS = ['/safe', '/en/safe']

/** A name that browsers refuse from an address without TLS, where there is TLS. */
function cookieFor({ portal }: Sealed, request: FastifyRequest): { name: string; secure: boolean } {
  const secure = portal.config.secureCookies && !isOnion(portal, request)
  return { name: secure ? '__Secure-safe' : 'safe', secure }
}

const tokenOf = (sealed: Sealed, request: FastifyRequest): string | undefined =>
  request.cookies[cookieFor(sealed, request).name]

// Without a date: closing the browser closes the mailbox.
export function giveCookie(
  sealed: Sealed,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
): void {
  const { name, secure } = cookieFor(sealed, request)
  for (const path of PATHS) reply.setCookie(name, token, { path, httpOnly: true, sameSite: 'strict', secure })
}

export function visitOf(sealed: Sealed, request: FastifyRequest): Visit | undefined {
  const token = tokenOf(sealed, request)
  return token ? sealed.visits.of(token) : undefined
}

export function endVisit(sealed: Sealed, request: FastifyRequest, reply: FastifyReply): void {
  const token = tokenOf(sealed, request)
  if (!token) return
  sealed.visits.end(token)
  const { name, secure } = cookieFor(sealed, request)
  for (const path of PATHS) reply.clearCookie(name, { path, httpOnly: true, sameSite: 'strict', secure })
}
