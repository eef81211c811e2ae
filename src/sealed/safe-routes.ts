import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { CORRUPTION_BODIES, type PublicNumber } from '#public/numbers.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { LEAVE_FOR } from '#web/hardening.ts'
import { languageOf, localPath, t } from '#web/languages.ts'
import { checkOrigin } from '#web/origin-check.ts'
import { page } from '#web/views.ts'
import { readChannel } from './channel-store.ts'
import { listActiveOfficers } from './officer-store.ts'
import type { Sealed } from './open.ts'
import { isOpen } from './recipients.ts'
import { acceptReportBodies } from './report-body.ts'
import { openDesk, type SafeDesk } from './safe-desk.ts'
import { nameOf, orderOf } from './safe-form-page.ts'
import { mailboxRoutes } from './safe-mailbox-routes.ts'
import { receiveReport, showForm } from './safe-report.ts'
import { endVisit } from './safe-visit.ts'
import { enterSafeZone, isOnion } from './safe-zone.ts'

interface StartPage {
  orderNo: string
  orderOn: string
  /** The receiving officer first. */
  recipients: { name: string; role: string }[]
  keepDays: number
  bodies: readonly PublicNumber[]
  onion: string | null
}

const startPage = page<StartPage>('sealed/safe-start', [
  'orderNo',
  'orderOn',
  'recipients',
  'keepDays',
  'bodies',
  'onion',
])
const closedPage = page<{ bodies: readonly PublicNumber[] }>('sealed/safe-closed', ['bodies'])
const savedPage = page<{ address: string }>('sealed/safe-saved', ['address'])

/** The pages of who reports, below `/safe`. Registered once for each language, under its prefix. */
export function safeRoutes(sealed: Sealed): FastifyPluginCallback {
  const desk = openDesk(sealed)
  return (app, _options, done) => {
    enterSafeZone(app, sealed.portal)
    acceptReportBodies(app)
    app.register(formRoutes(desk))
    app.register(mailboxRoutes(desk))
    done()
  }
}

/** Before and at the form there is no cookie, and nothing that another site could misuse. */
function formRoutes(desk: SafeDesk): FastifyPluginCallback {
  const { sealed } = desk
  const whileOpen =
    (show: (request: FastifyRequest, reply: FastifyReply) => FastifyReply) =>
    (request: FastifyRequest, reply: FastifyReply) => {
      if (isOpen(sealed)) return show(request, reply)
      return sendPage(sealed.portal, request, reply, closedPage, { bodies: CORRUPTION_BODIES }, 503)
    }
  return (app: FastifyInstance, _options, done) => {
    checkOrigin(app, sealed.portal.config.publicUrl, false)
    app.get(
      '/',
      whileOpen((request, reply) => showStart(sealed, request, reply)),
    )
    app.get(
      '/report',
      whileOpen((request, reply) => showForm(desk, request, reply)),
    )
    app.get('/icon', (_request, reply) => sendIcon(sealed, reply))
    app.post('/report', (request, reply) => receiveReport(desk, request, reply))
    app.post('/saved', (request, reply) => {
      desk.filings.forget(filingIn(request))
      return sendPage(sealed.portal, request, reply, savedPage, { address: mailboxAddress(sealed, request) })
    })
    app.post('/leave', (request, reply) => {
      desk.filings.forget(filingIn(request))
      endVisit(sealed, request, reply)
      return reply.header('clear-site-data', '"cache", "cookies", "storage"').redirect(LEAVE_FOR, 303)
    })
    done()
  }
}

/** The portal's icon from here: wherever it comes from, browsers tell there which page it is for. */
function sendIcon({ portal }: Sealed, reply: FastifyReply): FastifyReply {
  const { urls, files } = portal.assets
  const icon = files.get(urls['icon.svg']?.slice('/assets/'.length) ?? '')
  if (!icon) throw new AppError('not_found', 'icon')
  return reply.type(icon.type).send(icon.body)
}

function showStart(sealed: Sealed, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { lang } = languageOf(request.url)
  const officers = listActiveOfficers(sealed.db)
  officers.sort((a, b) => Number(b.isReceiving) - Number(a.isReceiving))
  const data = {
    ...orderOf(sealed, lang),
    recipients: officers.map((officer) => ({
      name: nameOf(officer),
      role: t(lang, officer.isReceiving ? 'wb.who.receiving' : 'wb.who.alternate'),
    })),
    keepDays: readChannel(sealed.db).settings.keepDays,
    bodies: CORRUPTION_BODIES,
    onion: sealed.portal.config.onionAddress ?? null,
  }
  return sendPage(sealed.portal, request, reply, startPage, data)
}

/** The form whose receipt is on the page that the button was pressed on. */
const filingIn = (request: FastifyRequest): string => fieldsOf(request.body).filing?.[0] ?? ''

function mailboxAddress({ portal }: Sealed, request: FastifyRequest): string {
  const { onionAddress, publicUrl } = portal.config
  const site = isOnion(portal, request) ? `http://${onionAddress}` : publicUrl
  return site + localPath(languageOf(request.url).lang, '/safe/mailbox')
}
