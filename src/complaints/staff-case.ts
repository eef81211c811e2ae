import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { markCaseRead } from '#clock/notice-store.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type CaseNeighbours, casePage, casePageData } from './case-page.ts'
import { letterDone } from './letter-words.ts'
import { findActionForm } from './staff-actions.ts'
import { findCaseBySlug } from './staff-find-case.ts'
import { findTombstoneBySlug, sendTombstone } from './tombstone-page.ts'

type CaseRequest = FastifyRequest<{ Params: { slug: string }; Querystring: { done?: string } }>

export function showCase(
  portal: Portal,
  request: CaseRequest,
  reply: FastifyReply,
  neighbours: CaseNeighbours,
): FastifyReply {
  const viewer = viewerOf(request)
  const tombstone = findTombstoneBySlug(portal, viewer, request.params.slug)
  if (tombstone) return sendTombstone(portal, request, reply, tombstone)
  const row = findCaseBySlug(portal, viewer, request.params.slug)
  markCaseRead(portal.db, viewer.accountId, row.id, portal.now())
  const word = String(request.query.done)
  const done = findActionForm(word)?.done ?? letterDone(word)
  return sendPage(portal, request, reply, casePage, casePageData(portal, viewer, row, done, neighbours))
}
