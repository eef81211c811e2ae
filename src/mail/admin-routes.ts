import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { viewerActor } from '#accounts/actor.ts'
import { viewerOf } from '#accounts/guard.ts'
import { recordChange } from '#audit/record.ts'
import { AppError } from '#domain/errors.ts'
import type { OneRequest } from '#settings/one-row.ts'
import type { Portal } from '#settings/portal.ts'
import { emailLine } from '#web/form-fields.ts'
import { fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { type CaseNumbers, MAIL_PAGE, sendMailPage, viewOf } from './admin-page.ts'
import { findListedMail } from './outbox-list-store.ts'
import { requeueMail } from './outbox-store.ts'
import { sendTestMail } from './test-mail.ts'

const TestForm = z.object({
  to: emailLine.refine((text) => text !== '', 'กรอกอีเมลที่จะส่งถึง'),
})

const NO_SERVER = 'ส่งไม่ได้ เพราะยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล'

/** The outbox, for administrators, who look after the post and read none of it. */
export function mailAdminRoutes(portal: Portal, numbers: CaseNumbers): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(MAIL_PAGE, admin, (request, reply) => sendMailPage(portal, numbers, request, reply))
    app.post(`${MAIL_PAGE}/test`, admin, (request, reply) => postTest(portal, numbers, request, reply))
    app.post(`${MAIL_PAGE}/:id/again`, admin, (request: OneRequest, reply) =>
      postAgain(portal, request, reply),
    )
    done()
  }
}

/** @throws AppError conflict when it is on its way again, or arrived, by now */
function postAgain({ db, now }: Portal, request: OneRequest, reply: FastifyReply): FastifyReply {
  const mail = findListedMail(db, Number(request.params.id))
  if (!mail) throw new AppError('not_found', 'mail')
  const { id, state, attempts } = mail
  db.inTransaction(() => {
    if (!requeueMail(db, id, now())) throw new AppError('conflict', 'mail_changed')
    recordChange(db, {
      ...{ at: now(), actor: viewerActor(viewerOf(request)) },
      ...{ action: 'mail.again', subject: `mail:${id}` },
      ...{ before: { state, attempts }, after: { state: 'queued', attempts: 0 } },
    })
  })
  return reply.redirect(`${MAIL_PAGE}?state=${viewOf(state)}&again`, 303)
}

async function postTest(
  portal: Portal,
  numbers: CaseNumbers,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { smtpUrl } = portal.config
  const fields = fieldsOf(request.body)
  const { to } = typed(fields, ['to'])
  const form = TestForm.safeParse(single(fields))
  if (!form.success || !smtpUrl) {
    const errors = form.success ? { to: NO_SERVER } : fieldErrors(form.error)
    return sendMailPage(portal, numbers, request, reply, { to, errors })
  }
  const result = await sendTestMail(portal, viewerOf(request), smtpUrl, form.data.to)
  return sendMailPage(portal, numbers, request, reply, { to, result })
}
