import type { FastifyPluginCallback } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { ANALYSIS, MEASURES } from './addresses.ts'
import { showAnalysis } from './analysis-page.ts'
import { postEditMeasure, postNewMeasure, showEditMeasure, showNewMeasure } from './edit-measure.ts'
import { showMeasures } from './measure-list.ts'
import { type MeasureRequest, showMeasure } from './measure-page.ts'

/** What recurs, and what is done so that it does not. */
export function analysisRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const read = { config: { permission: 'queue' } } as const
    const write = { config: { permission: 'prevent' } } as const
    app.get(ANALYSIS, read, (request, reply) => showAnalysis(portal, request, reply))
    app.get(MEASURES, read, (request, reply) => showMeasures(portal, request, reply))
    app.post(MEASURES, write, (request, reply) => postNewMeasure(portal, request, reply))
    app.get(`${MEASURES}/new`, write, (request, reply) => showNewMeasure(portal, request, reply))
    app.get(`${MEASURES}/:id`, read, (request: MeasureRequest, reply) => showMeasure(portal, request, reply))
    const edit = `${MEASURES}/:id/edit`
    app.get(edit, write, (request: MeasureRequest, reply) => showEditMeasure(portal, request, reply))
    app.post(edit, write, (request: MeasureRequest, reply) => postEditMeasure(portal, request, reply))
    done()
  }
}
