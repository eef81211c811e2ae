import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { changeOwnPassword, choosePassword, readNewPassword } from './choose-password.ts'
import { viewerOf } from './guard.ts'
import { sendLinkGone } from './link-gone.ts'
import { accountOfLink } from './links.ts'
import { setSessionCookie } from './session-cookie.ts'
import { type Account, findAccount } from './store.ts'
import { landingFor, staffUiFor, viewerFor } from './viewer.ts'

interface OwnAccount {
  username: string
  displayName: string
  roleName: string
  saved: boolean
  errors: FieldErrors
}

const ownAccountPage = page<OwnAccount>('staff/account', [
  'username',
  'displayName',
  'roleName',
  'saved',
  'errors',
])

const choosePasswordPage = page<{
  username: string
  displayName: string
  action: string
  errors: FieldErrors
}>('staff/choose-password', ['username', 'displayName', 'action', 'errors'])

type LinkRequest = FastifyRequest<{ Params: { token: string } }>

/** A person's own password: changing it, and choosing it through a link. */
export function passwordRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const signedIn = { config: { permission: 'signed_in' } } as const
    const anyone = { config: { permission: 'anyone' } } as const
    app.get<{ Querystring: Record<string, unknown> }>('/staff/account', signedIn, (request, reply) => {
      const saved = 'saved' in request.query
      return showOwnAccount(portal, request, reply, { saved, errors: {} })
    })
    app.post('/staff/account', signedIn, (request, reply) => postOwnPassword(portal, request, reply))
    app.get('/staff/link/:token', anyone, (request: LinkRequest, reply) => {
      const account = accountOfLink(portal, request.params.token)
      if (!account) return sendLinkGone(portal, request, reply)
      return showChoice(portal, request, reply, account, {})
    })
    app.post('/staff/link/:token', anyone, (request: LinkRequest, reply) =>
      postChoice(portal, request, reply),
    )
    done()
  }
}

function showOwnAccount(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  { saved, errors }: Pick<OwnAccount, 'saved' | 'errors'>,
): FastifyReply {
  const account = ownAccount(portal, request)
  const { displayName, roleName } = staffUiFor(portal, account)
  const status = Object.keys(errors).length > 0 ? 422 : 200
  const data = { username: account.username, displayName, roleName, saved, errors }
  return sendPage(portal, request, reply, ownAccountPage, data, status)
}

async function postOwnPassword(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const account = ownAccount(portal, request)
  const fields = fieldsOf(request.body)
  const refuse = (errors: FieldErrors) => showOwnAccount(portal, request, reply, { saved: false, errors })
  const chosen = await readNewPassword(portal, fields, account)
  if ('errors' in chosen) return refuse(chosen.errors)
  const { oldPassword } = typed(fields, ['oldPassword'])
  const result = await changeOwnPassword(portal, account, oldPassword, chosen.password)
  if ('error' in result) return refuse({ oldPassword: result.error })
  setSessionCookie(portal, reply, result.token)
  return reply.redirect('/staff/account?saved', 303)
}

function showChoice(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Account,
  errors: FieldErrors,
): FastifyReply {
  const { username, displayName } = account
  const status = Object.keys(errors).length > 0 ? 422 : 200
  const data = { username, displayName, action: request.url, errors }
  return sendPage(portal, request, reply, choosePasswordPage, data, status)
}

async function postChoice(portal: Portal, request: LinkRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params
  const account = accountOfLink(portal, token)
  if (!account) return sendLinkGone(portal, request, reply)
  const chosen = await readNewPassword(portal, fieldsOf(request.body), account)
  if ('errors' in chosen) return showChoice(portal, request, reply, account, chosen.errors)
  const session = await choosePassword(portal, account, token, chosen.password)
  if (session === undefined) return sendLinkGone(portal, request, reply)
  setSessionCookie(portal, reply, session)
  return reply.redirect(landingFor(viewerFor(portal, account)), 303)
}

function ownAccount(portal: Portal, request: FastifyRequest): Account {
  const account = findAccount(portal.db, viewerOf(request).accountId)
  if (!account) throw new Error('the guard let in an account that is not there')
  return account
}
