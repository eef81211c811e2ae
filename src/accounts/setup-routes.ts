import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { takenName } from './account-page.ts'
import { readNewPassword } from './choose-password.ts'
import { createFirstAdministrator, mayCreateFirst } from './first-administrator.ts'
import { FirstAdministratorForm } from './forms.ts'
import { sendLinkGone } from './link-gone.ts'
import { setSessionCookie } from './session-cookie.ts'

interface Setup {
  action: string
  values: Record<'username' | 'displayName', string>
  errors: FieldErrors
}

const setupPage = page<Setup>('staff/setup', ['action', 'values', 'errors'])

type LinkRequest = FastifyRequest<{ Params: { token: string } }>

/** The page behind the link that the process prints while nobody can sign in as an administrator. */
export function setupRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const anyone = { config: { permission: 'anyone' } } as const
    app.get('/staff/setup/:token', anyone, (request: LinkRequest, reply) => {
      if (!mayCreateFirst(portal, request.params.token)) return sendLinkGone(portal, request, reply)
      const data = { action: request.url, values: { username: '', displayName: '' }, errors: {} }
      return sendPage(portal, request, reply, setupPage, data)
    })
    app.post('/staff/setup/:token', anyone, (request: LinkRequest, reply) =>
      postSetup(portal, request, reply),
    )
    done()
  }
}

async function postSetup(portal: Portal, request: LinkRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token } = request.params
  if (!mayCreateFirst(portal, token)) return sendLinkGone(portal, request, reply)
  const fields = fieldsOf(request.body)
  const form = FirstAdministratorForm.safeParse(single(fields))
  const values = typed(fields, ['username', 'displayName'])
  const person = form.success ? form.data : values
  const chosen = await readNewPassword(portal, fields, { ...person, unitId: null })
  const errors: FieldErrors = {
    ...(form.success ? takenName(portal, form.data.username) : fieldErrors(form.error)),
    ...('errors' in chosen ? chosen.errors : {}),
  }
  if (!form.success || 'errors' in chosen || Object.keys(errors).length > 0) {
    return sendPage(portal, request, reply, setupPage, { action: request.url, values, errors }, 422)
  }
  const session = await createFirstAdministrator(portal, token, { ...form.data, password: chosen.password })
  if (session === undefined) return sendLinkGone(portal, request, reply)
  setSessionCookie(portal, reply, session)
  return reply.redirect('/staff/admin/setup', 303)
}
