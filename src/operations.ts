import type { FastifyPluginCallback } from 'fastify'
import type { Portal } from '#settings/portal.ts'

/** For the supervisor of the process: alive, and able to answer. Neither tells anything about the content. */
export function operationsRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    app.get('/healthz', async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ status: 'ok' }),
    )
    app.get('/readyz', async (_request, reply) => {
      portal.db.assertReadable()
      return reply.header('cache-control', 'no-store').send({ status: 'ready' })
    })
    done()
  }
}
