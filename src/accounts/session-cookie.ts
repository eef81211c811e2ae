import type { FastifyReply, FastifyRequest } from 'fastify'
import type { WebPortal } from '#web/portal.ts'

const NAME = 'siang_staff'
const PATH = '/staff'

/** The session the browser says it has; it may have ended. */
export function sessionTokenOf(request: FastifyRequest): string | undefined {
  return request.cookies[NAME] || undefined
}

// Without a date: closing the browser on a shared computer ends it too.
export function setSessionCookie(
  portal: Pick<WebPortal, 'config'>,
  reply: FastifyReply,
  token: string,
): void {
  const secure = portal.config.secureCookies
  reply.setCookie(NAME, token, { path: PATH, httpOnly: true, sameSite: 'lax', secure })
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(NAME, { path: PATH })
}
