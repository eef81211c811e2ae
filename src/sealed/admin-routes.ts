import type { FastifyPluginCallback } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { page } from '#web/views.ts'
import type { AccountBook } from './account-book.ts'
import { adminOfficerRoutes } from './admin-officer-routes.ts'
import { ADMIN_PAGE, sendOverview } from './admin-overview.ts'
import { adminSettingsRoutes } from './admin-settings-routes.ts'
import { type Log, logPage } from './log-lines.ts'
import type { Sealed } from './open.ts'

const logView = page<{ log: Log }>('sealed/admin/log', ['log'])

const LOG = `${ADMIN_PAGE}/log`

/** What the administrator may do: name officers, write down the order, set days. Never anything of a report. */
export function sealedAdminRoutes(sealed: Sealed, accounts: AccountBook): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(ADMIN_PAGE, admin, (request, reply) => sendOverview(sealed, accounts, request, reply))
    app.get(LOG, admin, (request, reply) => {
      // Lines of the channel alone: of no report.
      const log = logPage(sealed, [], LOG, fieldsOf(request.query).page?.[0])
      return sendPage(sealed.portal, request, reply, logView, { log })
    })
    app.register(adminOfficerRoutes(sealed, accounts))
    app.register(adminSettingsRoutes(sealed))
    done()
  }
}
