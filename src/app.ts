import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import Fastify, { type FastifyInstance, type FastifyPluginCallback } from 'fastify'
import { accountAdminRoutes } from '#accounts/admin-routes.ts'
import { guardStaff } from '#accounts/guard.ts'
import { accountRoutes } from '#accounts/staff-routes.ts'
import type { StaffMarks } from '#accounts/viewer.ts'
import { seenBefore } from '#analysis/seen-before.ts'
import { analysisRoutes } from '#analysis/staff-routes.ts'
import { countUnread } from '#clock/notice-store.ts'
import { caseNumbersOf } from '#complaints/case-numbers-store.ts'
import { intakeRoutes } from '#complaints/intake-routes.ts'
import { complaintRoutes } from '#complaints/public-routes.ts'
import { staffCaseRoutes } from '#complaints/staff-routes.ts'
import { trackingRoutes } from '#complaints/tracking-routes.ts'
import { indicatorAdminRoutes } from '#indicators/admin-routes.ts'
import { caseIndicatorRoutes } from '#indicators/case-routes.ts'
import { indicatorRoutes } from '#indicators/public-routes.ts'
import { surveysOf } from '#indicators/surveys.ts'
import { itaAdminRoutes } from '#ita/admin-routes.ts'
import { itaPages } from '#ita/public-routes.ts'
import { mailAdminRoutes } from '#mail/admin-routes.ts'
import { mailStopRoutes } from '#mail/stop-routes.ts'
import { openDataFiles, openDataPage, openToAll } from '#open-data/routes.ts'
import { logSettings, quietController, randomRequestId } from '#platform/logging.ts'
import { publicPages } from '#public/pages.ts'
import { reportPages } from '#reports/public-routes.ts'
import { reportStaffRoutes } from '#reports/staff-routes.ts'
import { settingsAdminRoutes } from '#settings/admin-routes.ts'
import type { Portal } from '#settings/portal.ts'
import { publicSite } from '#settings/public-site.ts'
import { statisticsAdminRoutes } from '#statistics/admin-routes.ts'
import { countUnseenAlarms } from '#statistics/alarm-store.ts'
import { placesRoutes } from '#statistics/places-routes.ts'
import { statisticsRoutes } from '#statistics/public-routes.ts'
import { serveAssets } from '#web/assets.ts'
import { answerBrokenRequests } from '#web/broken-requests.ts'
import { letGoOfIdleConnections } from '#web/closing.ts'
import { answerBadAddresses, answerErrors } from '#web/error-pages.ts'
import { acceptForms } from '#web/form-bodies.ts'
import { forbidCaching, hardenAnswers } from '#web/hardening.ts'
import { checkOrigin } from '#web/origin-check.ts'
import { registerZone } from '#web/zones.ts'
import { operationsRoutes } from './operations.ts'
import { sealedFeatures } from './sealed-wiring.ts'

/** The bell says '99+' from here on: nobody's work depends on how many more there are. */
const UNREAD_COUNTED = 100

/** The site map: every zone with its guard and the features that live in it. */
export async function buildApp(portal: Portal): Promise<FastifyInstance> {
  const { config } = portal
  const app = Fastify({
    logger: logSettings(config.logLevel),
    logController: quietController(),
    genReqId: randomRequestId,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: 1_000_000,
    // Twenty megabytes of photos over a slow phone take minutes; the size has its own limit.
    requestTimeout: 600_000,
    // Whoever neither sends nor reads for so long is gone.
    connectionTimeout: 120_000,
    routerOptions: { maxParamLength: 200 },
    // What still comes on an open connection while we stop is answered like everything before it.
    return503OnClosing: false,
    frameworkErrors: answerBadAddresses(portal),
    clientErrorHandler: answerBrokenRequests(config.secureCookies),
  })
  app.decorate('routeTable', [])
  app.decorateRequest('staffUi', undefined)
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    // No browser packs a form; what does would only be there to swell.
    requestEncodings: ['identity'],
    // Smaller than gzip's best, and quick enough to do for every page.
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } },
  })
  await app.register(cookie)
  acceptForms(app)
  letGoOfIdleConnections(app)
  hardenAnswers(app, config.secureCookies)
  answerErrors(app, portal)

  const sealed = sealedFeatures(portal)
  const marks: StaffMarks = {
    countUnread: (accountId) => countUnread(portal.db, accountId, UNREAD_COUNTED),
    opensConfidential: sealed.isOfficer,
  }
  const hasCorruption = sealed.figures.length > 0
  registerZone(app, 'operations', operationsRoutes(portal))
  registerZone(app, 'public', serveAssets(portal.assets))
  for (const prefix of ['', '/en']) {
    registerZone(
      app,
      'public',
      openZone(portal, [
        publicPages(publicSite(portal)),
        complaintRoutes(portal),
        statisticsRoutes(portal, (fiscalYear) => surveysOf(portal.db, fiscalYear)),
        placesRoutes(portal),
        ...sealed.figures,
        indicatorRoutes(portal, sealed.counts),
        itaPages(portal, sealed.sources),
        reportPages(portal),
        mailStopRoutes(portal),
      ]),
      prefix,
    )
    registerZone(app, 'open-data', openDataZone([openDataPage(portal, hasCorruption)]), prefix)
    registerZone(app, 'tracking', cookieZone(portal, [trackingRoutes(portal)]), prefix)
    registerZone(app, 'sealed', plainZone(sealed.reporter), `${prefix}/safe`)
  }
  registerZone(app, 'open-data', openDataZone([openDataFiles(portal, hasCorruption)]))
  registerZone(
    app,
    'staff',
    staffZone(portal, marks, [
      accountRoutes(portal),
      staffCaseRoutes(
        portal,
        { confidential: sealed.confidential, seenBefore: seenBefore(portal) },
        sealed.countDuties,
      ),
      intakeRoutes(portal),
      caseIndicatorRoutes(portal),
      analysisRoutes(portal),
      reportStaffRoutes(portal, sealed.progress),
      ...sealed.staff,
    ]),
  )
  const mailAdmin = mailAdminRoutes(portal, (caseIds) => caseNumbersOf(portal.db, caseIds))
  registerZone(
    app,
    'admin',
    staffZone(portal, marks, [
      accountAdminRoutes(portal),
      settingsAdminRoutes(portal, () => countUnseenAlarms(portal.db)),
      mailAdmin,
      indicatorAdminRoutes(portal, sealed.counts),
      statisticsAdminRoutes(portal),
      itaAdminRoutes(portal, sealed.sources),
      ...sealed.admin,
    ]),
  )
  return app
}

function openZone(portal: Portal, features: FastifyPluginCallback[]): FastifyPluginCallback {
  return (scope, _options, done) => {
    checkOrigin(scope, portal.config.publicUrl, false)
    registerAll(scope, features, done)
  }
}

/** Any program may read it, from any page. */
function openDataZone(features: FastifyPluginCallback[]): FastifyPluginCallback {
  return (scope, _options, done) => {
    openToAll(scope)
    registerAll(scope, features, done)
  }
}

/** A zone whose features guard themselves. */
function plainZone(features: FastifyPluginCallback[]): FastifyPluginCallback {
  return (scope, _options, done) => registerAll(scope, features, done)
}

function cookieZone(portal: Portal, features: FastifyPluginCallback[]): FastifyPluginCallback {
  return (scope, _options, done) => {
    checkOrigin(scope, portal.config.publicUrl, true)
    forbidCaching(scope)
    registerAll(scope, features, done)
  }
}

function staffZone(
  portal: Portal,
  marks: StaffMarks,
  features: FastifyPluginCallback[],
): FastifyPluginCallback {
  return (scope, _options, done) => {
    checkOrigin(scope, portal.config.publicUrl, true)
    forbidCaching(scope)
    guardStaff(scope, portal, marks)
    registerAll(scope, features, done)
  }
}

function registerAll(scope: FastifyInstance, features: FastifyPluginCallback[], done: () => void): void {
  for (const feature of features) scope.register(feature)
  done()
}
