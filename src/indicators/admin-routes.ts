import type { FastifyPluginCallback, FastifyRequest } from 'fastify'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { PLAN_YEARS } from '#domain/indicators.ts'
import type { Portal } from '#settings/portal.ts'
import { copySets, postSet, resetSets, type SetRequest, showSet } from './admin-sets.ts'
import { postValues, removeValues, showValues, type ValuesRequest } from './admin-values.ts'
import { ADMIN, sendYear } from './admin-year.ts'
import type { CorruptionCounts } from './corruption-counts.ts'
import { yearsBegun } from './figures.ts'
import { YEARS } from './store.ts'

type YearRequest = FastifyRequest<{ Params: { fy: string }; Querystring: Record<string, unknown> }>

/** What each indicator counts in a year, and the numbers that somebody else counts. */
export function indicatorAdminRoutes(
  portal: Portal,
  corruption: CorruptionCounts | undefined,
): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(ADMIN, admin, (_request, reply) => {
      const [newest = PLAN_YEARS[0]] = yearsBegun(civilDateOf(portal.now()))
      return reply.redirect(`${ADMIN}/${newest}`, 303)
    })
    app.get(`${ADMIN}/:fy`, admin, (request: YearRequest, reply) => {
      const fiscalYear = YEARS.find((year) => String(year) === request.params.fy)
      if (fiscalYear === undefined) throw new AppError('not_found', 'fiscal_year')
      return sendYear(portal, corruption, request, reply, { fiscalYear, saved: 'saved' in request.query })
    })
    app.post(`${ADMIN}/:fy/copy`, admin, (request: YearRequest, reply) =>
      copySets(portal, request, reply, Number(request.params.fy)),
    )
    app.post(`${ADMIN}/:fy/defaults`, admin, (request: YearRequest, reply) =>
      resetSets(portal, request, reply, Number(request.params.fy)),
    )
    const set = `${ADMIN}/:fy/sets/:indicator`
    app.get(set, admin, (request: SetRequest, reply) => showSet(portal, request, reply))
    app.post(set, admin, (request: SetRequest, reply) => postSet(portal, request, reply))
    const values = `${ADMIN}/:fy/values/:group`
    app.get(values, admin, (request: ValuesRequest, reply) => showValues(portal, corruption, request, reply))
    app.post(values, admin, (request: ValuesRequest, reply) => postValues(portal, corruption, request, reply))
    app.post(`${values}/remove`, admin, (request: ValuesRequest, reply) =>
      removeValues(portal, corruption, request, reply),
    )
    done()
  }
}
