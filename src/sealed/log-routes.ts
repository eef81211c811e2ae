import type { FastifyPluginCallback } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { officerOf } from './guard.ts'
import { type Log, logPage } from './log-lines.ts'
import { type OfficerBar, officerBar } from './officer-bar.ts'
import type { Sealed } from './open.ts'
import { listReportsFor } from './report-store.ts'
import { requireVault } from './require-vault.ts'

const logView = page<{ bar: OfficerBar; log: Log }>('sealed/staff/log', ['bar', 'log'])

const LOG = '/staff/sealed/log'

/** What officers did: with the channel, and with the reports that this officer may open. */
export function logRoutes(sealed: Sealed): FastifyPluginCallback {
  return (app, _options, done) => {
    app.get(LOG, { config: { permission: 'signed_in' } }, async (request, reply) => {
      if (!(await requireVault(sealed, request, reply))) return reply
      const own = listReportsFor(sealed.db, officerOf(request).id).map(({ id }) => id)
      const log = logPage(sealed, own, LOG, fieldsOf(request.query).page?.[0])
      return sendPage(sealed.portal, request, reply, logView, {
        bar: officerBar(sealed, request, 'log'),
        log,
      })
    })
    done()
  }
}
