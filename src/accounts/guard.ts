import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { mayEnter, type Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import { signInAddress } from './next-page.ts'
import { sessionTokenOf } from './session-cookie.ts'
import { sendSessionEnded } from './session-ended.ts'
import { findSignedIn } from './sessions.ts'
import { type StaffMarks, staffUiFor, viewerFor } from './viewer.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; set by the staff zone's guard. Handlers read it by `viewerOf`. */
    viewer: Viewer | undefined
  }
}

/**
 * Lets into this scope only who is signed in and holds the permission that the route names. A route that
 * names none is closed.
 */
export function guardStaff(scope: FastifyInstance, portal: Portal, marks: StaffMarks): void {
  scope.decorateRequest('viewer', undefined)
  // After the body is read: a form that came too late is shown again with everything typed.
  scope.addHook('preHandler', async (request, reply) => {
    recognise(portal, request, marks)
    const permission = request.routeOptions.config.permission
    if (permission === 'anyone') return
    if (!request.viewer) return await askToSignIn(portal, request, reply)
    if (permission === undefined || !mayEnter(request.viewer, permission)) {
      throw new AppError('forbidden', 'permission')
    }
  })
}

/** The signed-in person, in handlers behind the guard. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new AppError('forbidden', 'not_signed_in')
  return request.viewer
}

function recognise(portal: Portal, request: FastifyRequest, marks: StaffMarks): void {
  const token = sessionTokenOf(request)
  const account = token && findSignedIn(portal, token)
  if (!account) return
  request.viewer = viewerFor(portal, account)
  request.staffUi = staffUiFor(portal, account, marks)
}

async function askToSignIn(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const isReading = request.method === 'GET' || request.method === 'HEAD'
  if (isReading) return reply.redirect(signInAddress(request.url), 303)
  return await sendSessionEnded(portal, request, reply)
}
