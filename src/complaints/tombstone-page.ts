import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '#domain/permissions.ts'
import { parseCaseReference } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { formatDate } from '#web/thai-format.ts'
import { page } from '#web/views.ts'
import { findTombstone, type Tombstone } from './moves-store.ts'
import { numberOf } from './staff-words.ts'

interface TombstonePage {
  number: string
  receivedOn: string
  movedOn: string
  /** Nobody sees the case any more, but the register has not taken it yet. */
  isWaiting: boolean
}

const tombstonePage = page<TombstonePage>('staff/moved', ['number', 'receivedOn', 'movedOn', 'isWaiting'])

export function findTombstoneBySlug(
  { db }: Pick<Portal, 'db'>,
  viewer: Viewer,
  slug: string,
): Tombstone | undefined {
  const reference = parseCaseReference(slug)
  return reference && findTombstone(db, viewer, reference)
}

/** All that the general side knows of a case in the confidential register. */
export function sendTombstone(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  tombstone: Tombstone,
): FastifyReply {
  return sendPage(portal, request, reply, tombstonePage, {
    number: numberOf(tombstone),
    receivedOn: formatDate(tombstone.receivedOn, 'th'),
    movedOn: formatDate(tombstone.askedAt, 'th'),
    isWaiting: tombstone.state === 'asked',
  })
}
