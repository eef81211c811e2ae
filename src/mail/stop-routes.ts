import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { recordChange } from '#audit/record.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf, single } from '#web/forms.ts'
import { languageOf, localPath, t } from '#web/languages.ts'
import { countFailure, type Limit, minutesToWait, networkOf } from '#web/throttle.ts'
import { page } from '#web/views.ts'
import { mailboxOfToken } from './mailbox.ts'
import { deleteStopped, insertStopped, isMailboxStopped } from './mailbox-store.ts'

interface StopPage {
  state: 'wanted' | 'stopped' | 'resumed' | 'wrong'
  /** Where the form goes: the page's own address. */
  action: string
  error: string | null
}

const stopPage = page<StopPage>('mail/stop', ['state', 'action', 'error'])

type TokenRequest = FastifyRequest<{ Params: { token: string } }>

/**
 * "This was not me": the link in a receipt. Looking changes nothing, because mail programs open links by
 * themselves; the page names no address, because links are passed on.
 */
export function mailStopRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })
    app.get('/mail/stop/:token', (request: TokenRequest, reply) => {
      const mailbox = mailboxOfToken(portal.keyed, request.params.token)
      return mailbox ? sendStop(portal, request, reply, mailbox) : sendWrong(portal, request, reply)
    })
    app.post('/mail/stop/:token', (request: TokenRequest, reply) => receive(portal, request, reply))
    done()
  }
}

/** Generous, because a whole village may share one address of its telephone company. */
const limitFor = (request: FastifyRequest): Limit => ({
  ...{ scope: 'mail-stop:address', key: networkOf(request.ip), most: 30, windowMinutes: 60 },
})

function receive(portal: Portal, request: TokenRequest, reply: FastifyReply): FastifyReply {
  const limit = limitFor(request)
  const mailbox = mailboxOfToken(portal.keyed, request.params.token)
  const minutes = minutesToWait(portal, [limit])
  if (minutes > 0) {
    reply.header('retry-after', minutes * 60)
    const { lang } = languageOf(request.url)
    const error = t(lang, 'ms.tooMany', { minutes, phone: portal.office().phone })
    return mailbox
      ? sendStop(portal, request, reply, mailbox, { error }, 429)
      : sendWrong(portal, request, reply, error, 429)
  }
  countFailure(portal, [limit])
  if (!mailbox) return sendWrong(portal, request, reply)
  const isResuming = single(fieldsOf(request.body)).do === 'resume'
  setStopped(portal, mailbox, !isResuming)
  return sendStop(portal, request, reply, mailbox, isResuming ? { state: 'resumed' } : {})
}

function setStopped({ db, now }: Portal, mailbox: string, isStopped: boolean): void {
  const at = now()
  db.inTransaction(() => {
    const changed = isStopped ? insertStopped(db, mailbox, at) : deleteStopped(db, mailbox)
    if (!changed) return
    const action = isStopped ? 'mail.stop' : 'mail.resume'
    const actor = { kind: 'system', name: 'เจ้าของที่อยู่อีเมล' } as const
    recordChange(db, { at, actor, action, subject: `mailbox:${mailbox}` })
  })
}

function sendStop(
  portal: Portal,
  request: TokenRequest,
  reply: FastifyReply,
  mailbox: string,
  told: Partial<StopPage> = {},
  status = 200,
): FastifyReply {
  const state = isMailboxStopped(portal.db, mailbox) ? 'stopped' : 'wanted'
  const action = localPath(languageOf(request.url).lang, `/mail/stop/${request.params.token}`)
  const data: StopPage = { state, action, error: null, ...told }
  return sendPage(portal, request, reply, stopPage, data, status)
}

function sendWrong(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  error: string | null = null,
  status = 404,
): FastifyReply {
  const data: StopPage = { state: 'wrong', action: '', error }
  return sendPage(portal, request, reply, stopPage, data, status)
}
