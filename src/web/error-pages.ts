import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError, type AppErrorKind } from '#domain/errors.ts'
import { leavesNoLine } from '#platform/logging.ts'
import { uiFor } from './answer.ts'
import { hardeningHeaders, strictHeaders } from './hardening.ts'
import type { MessageKey } from './languages.ts'
import type { WebPortal } from './portal.ts'
import { page, render } from './views.ts'

const STATUS: Record<AppErrorKind, ErrorStatus> = {
  bad_request: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
}

export type ErrorStatus = 400 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503

export const errorPage = page<{ status: number; what: MessageKey; whatToDo: MessageKey }>('public/error', [
  'status',
  'what',
  'whatToDo',
])

/** Every refusal and every bug becomes a page (or JSON where JSON was asked for), never a stack trace. */
export function answerErrors(app: FastifyInstance, portal: WebPortal): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = statusOf(error)
    if (status >= 500) request.log.error({ err: error }, 'request failed')
    return sendError(portal, request, reply, status, error)
  })
  app.setNotFoundHandler((request, reply) => sendError(portal, request, reply, 404))
}

/** An address that cannot be read, or is longer than any of ours, is one that nobody has. No hook has run. */
export function answerBadAddresses(portal: WebPortal) {
  return (_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const headersOf = leavesNoLine(request.url) ? strictHeaders : hardeningHeaders
    reply.headers(headersOf(portal.config.secureCookies))
    sendError(portal, request, reply, 404)
  }
}

export function statusOf(error: FastifyError): ErrorStatus {
  if (error instanceof AppError) return STATUS[error.kind]
  const status = error.statusCode
  if (status === 413 || status === 415 || status === 429 || status === 503) return status
  return status !== undefined && status >= 400 && status < 500 ? 400 : 500
}

function sendError(
  portal: WebPortal,
  request: FastifyRequest,
  reply: FastifyReply,
  status: ErrorStatus,
  error?: FastifyError,
): FastifyReply {
  reply.code(status).header('cache-control', 'no-store')
  const code = codeOf(error)
  const minutes = error instanceof AppError ? Number(error.details?.minutes ?? 0) : 0
  if (minutes > 0) reply.header('retry-after', minutes * 60)
  if (wantsJson(request)) return reply.send({ status, error: code ?? 'error' })
  const names = wording(status, code)
  return reply
    .type('text/html; charset=utf-8')
    .send(render(errorPage, uiFor(portal, request), { status, ...names }))
}

/** What the page of an error says, and what it tells to do. */
export function wording(
  status: ErrorStatus,
  code: string | undefined,
): { what: MessageKey; whatToDo: MessageKey } {
  const name = code === 'foreign_origin' ? code : status
  return { what: `error.${name}.what`, whatToDo: `error.${name}.todo` }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof AppError ? error.code : undefined

function wantsJson(request: FastifyRequest): boolean {
  const accept = request.headers.accept ?? ''
  return accept.includes('application/json') && !accept.includes('text/html')
}
