import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { recordChange } from '#audit/record.ts'
import { verifyNobody } from '#platform/passwords.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { viewerActor } from './actor.ts'
import { localNext } from './next-page.ts'
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie.ts'
import { endSession } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { landingFor, viewerFor } from './viewer.ts'

const signInPage = page<{ username: string; next: string; error: string | null }>('staff/sign-in', [
  'username',
  'next',
  'error',
])

const anyone = { config: { permission: 'anyone' } } as const

/** Signing in and out. */
export function signInRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    // The first unknown name after a start would otherwise take longer than the others.
    app.addHook('onReady', async () => void (await verifyNobody('')))
    app.get<{ Querystring: Record<string, unknown> }>('/staff/sign-in', anyone, (request, reply) => {
      const { next } = typed(fieldsOf(request.query), ['next'])
      if (request.viewer) return reply.redirect(localNext(next) ?? landingFor(request.viewer), 303)
      const data = { username: '', next: localNext(next) ?? '', error: null }
      return sendPage(portal, request, reply, signInPage, data)
    })
    app.post('/staff/sign-in', anyone, (request, reply) => postSignIn(portal, request, reply))
    app.post('/staff/sign-out', anyone, (request, reply) => {
      leave(portal, request)
      clearSessionCookie(reply)
      return reply.redirect('/staff/sign-in', 303)
    })
    done()
  }
}

async function postSignIn(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { username, password, next } = typed(fieldsOf(request.body), ['username', 'password', 'next'])
  const result = await signIn(portal, { username, password, address: request.ip })
  if ('account' in result) {
    // A token that somebody else may have planted in this browser dies here.
    const before = sessionTokenOf(request)
    if (before) endSession(portal, before)
    setSessionCookie(portal, reply, result.token)
    return reply.redirect(localNext(next) ?? landingFor(viewerFor(portal, result.account)), 303)
  }
  const data = { username, next: localNext(next) ?? '' }
  if ('wrong' in result) {
    const error = 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง'
    return sendPage(portal, request, reply, signInPage, { ...data, error }, 422)
  }
  reply.header('retry-after', result.minutes * 60)
  const error = `เข้าสู่ระบบผิดหลายครั้ง บัญชีถูกระงับชั่วคราว ${result.minutes} นาที`
  return sendPage(portal, request, reply, signInPage, { ...data, error }, 429)
}

function leave(portal: Portal, request: FastifyRequest): void {
  const token = sessionTokenOf(request)
  if (!token) return
  const { viewer } = request
  portal.db.inTransaction(() => {
    endSession(portal, token)
    if (!viewer) return
    const subject = `account:${viewer.accountId}`
    recordChange(portal.db, {
      at: portal.now(),
      actor: viewerActor(viewer),
      action: 'account.sign_out',
      subject,
    })
  })
}
