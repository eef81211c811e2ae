import type { FastifyReply, FastifyRequest } from 'fastify'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { type Case, findCaseForTracking } from './store.ts'
import {
  deleteStaleTrackingSessions,
  deleteTrackingSession,
  insertTrackingSession,
  touchTrackingSession,
} from './tracking-store.ts'

type Deps = Pick<Portal, 'db' | 'keyed' | 'now' | 'config'>

export const IDLE_MINUTES = 30

const COOKIE = 'siang_track'
/** A cookie of its own for each language's address, so that switching the language does not end the visit. */
const PATHS = ['/track', '/en/track']

const hashOf = (portal: Deps, token: string): string => portal.keyed.hash('tracking-session', token)

const idleSince = (now: Date): Date => new Date(now.getTime() - IDLE_MINUTES * 60_000)

/** Begins a visit for who proved number and code. */
export function openVisit(portal: Deps, reply: FastifyReply, caseId: number): void {
  const token = newToken()
  insertTrackingSession(portal.db, hashOf(portal, token), caseId, portal.now())
  const secure = portal.config.secureCookies
  // Without a date: closing the browser on a borrowed phone ends it too.
  for (const path of PATHS) reply.setCookie(COOKIE, token, { path, httpOnly: true, sameSite: 'lax', secure })
}

/** The case of the visit; undefined when there is none, or nothing was done for half an hour. */
export function visitedCase(portal: Deps, request: FastifyRequest): Case | undefined {
  const token = request.cookies[COOKIE]
  if (!token) return undefined
  const now = portal.now()
  const tokenHash = hashOf(portal, token)
  const row = findCaseForTracking(portal.db, tokenHash, idleSince(now))
  if (row) touchTrackingSession(portal.db, tokenHash, now)
  return row
}

export function endVisit(portal: Deps, request: FastifyRequest, reply: FastifyReply): void {
  const token = request.cookies[COOKIE]
  if (token) deleteTrackingSession(portal.db, hashOf(portal, token))
  for (const path of PATHS) reply.clearCookie(COOKIE, { path })
}

/** Removes visits that ended by themselves. For the timetable. */
export function sweepVisits(portal: Deps): void {
  deleteStaleTrackingSessions(portal.db, idleSince(portal.now()))
}
