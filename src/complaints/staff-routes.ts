import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import type { CaseNeighbours } from './case-page.ts'
import type { CountConfidential } from './confidential-register.ts'
import { letterRoutes } from './letter-routes.ts'
import { moveRoutes } from './move-page.ts'
import { markNoticesRead, showNotices } from './notice-list.ts'
import { showOverview } from './overview-page.ts'
import { actionRoutes } from './staff-action-routes.ts'
import { showCase } from './staff-case.ts'
import { sendCaseFile } from './staff-files.ts'
import { showQueue } from './staff-queue.ts'

type CaseRequest = FastifyRequest<{ Params: { slug: string }; Querystring: { done?: string } }>
type FileRequest = FastifyRequest<{ Params: { id: string } }>

/**
 * The officers' side of the general cases: lists, cases, files and what is done to them. Without a confidential
 * register no case can be moved there.
 */
export function staffCaseRoutes(
  portal: Portal,
  neighbours: CaseNeighbours = {},
  countConfidential?: CountConfidential,
): FastifyPluginCallback {
  const { confidential } = neighbours
  const options = { config: { permission: 'queue' as const } }
  return (app, _options, done) => {
    app.get('/staff', options, (request, reply) => showQueue(portal, request, reply))
    app.get('/staff/cases/:slug', options, (request: CaseRequest, reply) =>
      showCase(portal, request, reply, neighbours),
    )
    app.get('/staff/files/:id', options, (request: FileRequest, reply) =>
      sendCaseFile(portal, request, reply),
    )
    app.get('/staff/notices', options, (request, reply) => showNotices(portal, request, reply))
    app.post('/staff/notices/read', options, (request, reply) => markNoticesRead(portal, request, reply))
    app.get('/staff/overview', { config: { permission: 'oversee' } }, (request, reply) =>
      showOverview(portal, request, reply, countConfidential),
    )
    letterRoutes(app, portal)
    actionRoutes(app, portal)
    if (confidential) moveRoutes(app, portal, confidential)
    done()
  }
}
