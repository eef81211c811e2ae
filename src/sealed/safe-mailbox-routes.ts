import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import { fieldsOf } from '#web/forms.ts'
import { languageOf, localPath, t } from '#web/languages.ts'
import { checkOrigin } from '#web/origin-check.ts'
import { page } from '#web/views.ts'
import { eraseContact, openMailbox } from './mailbox.ts'
import { isBusy } from './safe-body.ts'
import type { SafeDesk } from './safe-desk.ts'
import { showMailbox } from './safe-mailbox-page.ts'
import { receiveReply } from './safe-reply.ts'
import { giveCookie, visitOf } from './safe-visit.ts'
import { VISIT_IDLE_MINUTES, VISIT_MOST_MINUTES, type Visit } from './visits.ts'

interface DoorPage {
  error: string | null
  /** What was typed when the visit had ended; null when the door was simply opened. */
  lapsed: string | null
  idle: number
  most: number
}

const doorPage = page<DoorPage>('sealed/safe-door', ['error', 'lapsed', 'idle', 'most'])
const erasePage = page<object>('sealed/safe-erase', [])

type VisitHandler = (
  desk: SafeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
) => FastifyReply | undefined

/** The mailbox that a receipt opens, and what is done in it. */
export function mailboxRoutes(desk: SafeDesk): FastifyPluginCallback {
  const { sealed } = desk
  const needsVisit = (handle: VisitHandler) => (request: FastifyRequest, reply: FastifyReply) => {
    const visit = visitOf(sealed, request)
    const answer = visit && handle(desk, request, reply, visit)
    if (answer) return answer
    return request.method === 'GET' ? toMailbox(request, reply) : showLapsed(desk, request, reply, '')
  }
  return (app, _options, done) => {
    checkOrigin(app, sealed.portal.config.publicUrl, true)
    app.get('/mailbox', (request, reply) => {
      const visit = visitOf(sealed, request)
      return (visit && showMailbox(desk, request, reply, visit)) ?? showDoor(desk, request, reply, null, 200)
    })
    app.post('/mailbox', (request, reply) => enter(desk, request, reply))
    app.get(
      '/mailbox/sent',
      needsVisit((...given) => showMailbox(...given, { done: 'sent' })),
    )
    app.get(
      '/mailbox/erased',
      needsVisit((...given) => showMailbox(...given, { done: 'erased' })),
    )
    app.get(
      '/mailbox/erase',
      needsVisit((_desk, request, reply) => sendPage(sealed.portal, request, reply, erasePage, {})),
    )
    app.post(
      '/mailbox/erase',
      needsVisit((_desk, request, reply, { reportId }) => {
        return eraseContact(sealed, reportId) ? toMailbox(request, reply, '/erased') : undefined
      }),
    )
    app.post('/mailbox/reply', async (request, reply) => {
      const outcome = await receiveReply(desk, request, reply)
      if (outcome === 'sent') return toMailbox(request, reply, '/sent')
      return 'lapsed' in outcome ? showLapsed(desk, request, reply, outcome.lapsed) : outcome
    })
    done()
  }
}

function toMailbox(request: FastifyRequest, reply: FastifyReply, page = ''): FastifyReply {
  return reply.redirect(localPath(languageOf(request.url).lang, `/safe/mailbox${page}`), 303)
}

/** Unknown, mistyped and destroyed are one answer to the letter: nothing that was typed is in it. */
async function enter(desk: SafeDesk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { lang } = languageOf(request.url)
  const typed = fieldsOf(request.body).receipt?.[0] ?? ''
  try {
    const token = await openMailbox(desk.sealed, typed)
    if (!token) return showDoor(desk, request, reply, t(lang, 'wb.mailbox.err'), 422)
    giveCookie(desk.sealed, request, reply, token)
    return toMailbox(request, reply)
  } catch (error) {
    if (!isBusy(error)) throw error
    return showDoor(desk, request, reply, t(lang, 'wb.mailbox.busy'), 503)
  }
}

function showDoor(
  desk: SafeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  error: string | null,
  status: number,
  lapsed: string | null = null,
): FastifyReply {
  const data = { error, lapsed, idle: VISIT_IDLE_MINUTES, most: VISIT_MOST_MINUTES }
  return sendPage(desk.sealed.portal, request, reply, doorPage, data, status)
}

function showLapsed(
  desk: SafeDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): FastifyReply {
  return showDoor(desk, request, reply, null, 403, text)
}
