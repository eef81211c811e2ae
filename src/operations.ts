import type { FastifyPluginCallback } from 'fastify'
import { jobRun } from '#clock/clock-store.ts'
import type { Portal } from '#settings/portal.ts'

/** Milliseconds after which a clock that nobody turned means that deadlines pass unseen. */
const LONGEST_SILENCE = 5 * 60_000

/** For the supervisor of the process: alive, and able to answer. Neither tells anything about the content. */
export function operationsRoutes(portal: Portal): FastifyPluginCallback {
  const started = portal.now()
  return (app, _options, done) => {
    app.get('/healthz', async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ status: 'ok' }),
    )
    app.get('/readyz', async (_request, reply) => {
      portal.db.assertReadable()
      const lastTick = jobRun(portal.db, 'tick')?.okAt ?? started
      const since = portal.now().getTime() - Math.max(lastTick.getTime(), started.getTime())
      const isReady = since <= LONGEST_SILENCE
      return reply
        .code(isReady ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: isReady ? 'ready' : 'clock stopped' })
    })
    done()
  }
}
