import type { FastifyPluginCallback } from 'fastify'
import type { AccountBook } from './account-book.ts'
import { ceremonyRoutes } from './ceremony-routes.ts'
import { guardOfficers } from './guard.ts'
import { logRoutes } from './log-routes.ts'
import { officersRoutes } from './officers-routes.ts'
import type { Sealed } from './open.ts'
import { openPendingFactors } from './pending-factors.ts'
import { recoveryRoutes } from './recovery-routes.ts'
import { acceptReportBodies } from './report-body.ts'
import { sheetRoutes } from './sheet-routes.ts'
import { unlockRoutes } from './unlock-routes.ts'
import { vaultRoutes } from './vault-routes.ts'

/** Vaults, opening ceremony, officers, keys and log, below `/staff/sealed`. */
export function peopleRoutes(sealed: Sealed, accounts: AccountBook): FastifyPluginCallback {
  return (app, _options, done) => {
    guardOfficers(app, sealed)
    acceptReportBodies(app)
    app.register(unlockRoutes(sealed))
    app.register(vaultRoutes(sealed, accounts, openPendingFactors(sealed.now)))
    app.register(ceremonyRoutes(sealed))
    app.register(sheetRoutes(sealed, accounts))
    app.register(officersRoutes(sealed))
    app.register(recoveryRoutes(sealed))
    app.register(logRoutes(sealed))
    done()
  }
}
