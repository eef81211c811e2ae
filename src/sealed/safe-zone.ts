import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CORRUPTION_BODIES, type PublicNumber } from '#public/numbers.ts'
import { sendPage } from '#web/answer.ts'
import { codeOf, type ErrorStatus, statusOf, wording } from '#web/error-pages.ts'
import { strictHeaders } from '#web/hardening.ts'
import type { MessageKey } from '#web/languages.ts'
import type { WebPortal } from '#web/portal.ts'
import { page } from '#web/views.ts'

interface ErrorPage {
  status: number
  what: MessageKey
  whatToDo: MessageKey
  /** Where else to turn when it is we who fail. */
  bodies: readonly PublicNumber[]
}

const errorPage = page<ErrorPage>('sealed/safe-error', ['status', 'what', 'whatToDo', 'bodies'])

/**
 * Every answer below `/safe` is strict, whatever it is, and says so itself: mistyped addresses and faults are
 * not left to the pages for everybody, which have scripts and lead elsewhere.
 */
export function enterSafeZone(scope: FastifyInstance, portal: WebPortal): void {
  const { secureCookies, onionAddress } = portal.config
  const headers = strictHeaders(secureCookies)
  scope.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (isOnion(portal, request)) reply.removeHeader('strict-transport-security')
    else if (onionAddress && request.method === 'GET' && request.routeOptions.url) {
      reply.header('onion-location', `http://${onionAddress}${request.routeOptions.url}`)
    }
  })
  scope.setErrorHandler((error: FastifyError, request, reply) =>
    sendError(portal, request, reply, statusOf(error), codeOf(error)),
  )
  scope.setNotFoundHandler((request, reply) => sendError(portal, request, reply, 404))
}

/** Whether the request came by the onion service: encrypted on the way, but no TLS. */
export function isOnion({ config }: WebPortal, request: FastifyRequest): boolean {
  return config.onionAddress !== undefined && request.hostname === config.onionAddress
}

function sendError(
  portal: WebPortal,
  request: FastifyRequest,
  reply: FastifyReply,
  status: ErrorStatus,
  code?: string,
): FastifyReply {
  const bodies = status >= 500 ? CORRUPTION_BODIES : []
  return sendPage(portal, request, reply, errorPage, { status, ...wording(status, code), bodies }, status)
}
