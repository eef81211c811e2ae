import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import type { WebPortal } from '#web/portal.ts'
import { page } from '#web/views.ts'

const linkGonePage = page<Record<string, never>>('staff/link-gone', [])

/** One answer for links that are used, too old, replaced, shortened or made up: none tells anything. */
export function sendLinkGone(portal: WebPortal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendPage(portal, request, reply, linkGonePage, {}, 404)
}
