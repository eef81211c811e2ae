import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type Fields, fieldsOf, isSecretField } from '#web/forms.ts'
import { FORM_LIMITS, readMultipartForm } from '#web/uploads.ts'
import { page } from '#web/views.ts'

interface SessionEnded {
  action: string
  multipart: boolean
  filesLost: boolean
  fields: { name: string; value: string }[]
}

const sessionEndedPage = page<SessionEnded>('staff/session-ended', [
  'action',
  'multipart',
  'filesLost',
  'fields',
])

/** Answers a form that came after the session had ended: nothing typed is lost, it can be sent again. */
export async function sendSessionEnded(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const multipart = request.isMultipart()
  const { fields, filesLost } = multipart
    ? await readTexts(portal, request)
    : { fields: fieldsOf(request.body), filesLost: false }
  const action = request.url
  return sendPage(
    portal,
    request,
    reply,
    sessionEndedPage,
    { action, multipart, filesLost, fields: repeatable(fields) },
    401,
  )
}

/** Files of somebody who is not signed in are read past, never written. */
async function readTexts(
  portal: Portal,
  request: FastifyRequest,
): Promise<{ fields: Fields; filesLost: boolean }> {
  const limits = { ...FORM_LIMITS, maxFiles: 0 }
  const form = await readMultipartForm(request, portal.files.incomingFolder, limits)
  return { fields: form.fields, filesLost: form.problems.some(({ key }) => key === 'uploads.too_many_files') }
}

/** Every field in its order, but no password: that does not belong into a page. */
function repeatable(fields: Fields): SessionEnded['fields'] {
  return Object.entries(fields)
    .filter(([name]) => !isSecretField(name))
    .flatMap(([name, values]) => values.map((value) => ({ name, value })))
}
