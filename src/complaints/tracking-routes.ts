import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { caseNumber, parseCaseReference } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { fieldsOf, typed } from '#web/forms.ts'
import { languageOf, localPath, t } from '#web/languages.ts'
import { sendStoredFile } from '#web/send-file.ts'
import { removeReceivedFiles } from '#web/uploads.ts'
import { page } from '#web/views.ts'
import { findFileOfCase } from './case-files-store.ts'
import { receiveForm } from './receive-form.ts'
import type { Case } from './store.ts'
import { showCase, toCase } from './tracking-case-page.ts'
import { showLetter, showLetterPdf } from './tracking-letters.ts'
import { receiveMessage } from './tracking-message.ts'
import { receiveForMoved } from './tracking-moved.ts'
import { endVisit, IDLE_MINUTES, openVisit, visitedCase } from './tracking-session.ts'
import { proveTracking } from './tracking-sign-in.ts'
import { receiveReopening, receiveWithdrawal, showReopen, showWithdraw } from './tracking-steps.ts'

interface SignInData {
  number: string
  code: string
  error: string | null
  /** The visit lapsed; how long a visit lasts without use. */
  lapsedMinutes: number | null
  /** What was typed when the visit lapsed. */
  text: string
}

const signInPage = page<SignInData>('track/sign-in', ['number', 'code', 'error', 'lapsedMinutes', 'text'])

type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>

type VisitHandler = (
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Case,
) => FastifyReply | Promise<FastifyReply>

/** Following a case with the number and code of its slip. */
export function trackingRoutes(portal: Portal): FastifyPluginCallback {
  const needsVisit =
    (handle: VisitHandler, whenMoved = handle): Handler =>
    (request, reply) => {
      const row = visitedCase(portal, request)
      if (row) return (row.status === 'moved' ? whenMoved : handle)(portal, request, reply, row)
      if (request.method === 'POST') return askAgain(portal, request, reply)
      return reply.redirect(localPath(languageOf(request.url).lang, '/track'), 303)
    }
  return (app, _options, done) => {
    app.get<{ Querystring: { number?: string } }>('/track', (request, reply) =>
      sendPage(portal, request, reply, signInPage, blank(String(request.query.number ?? ''))),
    )
    app.post('/track', (request, reply) => signIn(portal, request, reply))
    app.get('/track/case', needsVisit(showCase))
    app.post('/track/message', needsVisit(receiveMessage, receiveForMoved))
    app.get('/track/withdraw', needsVisit(showWithdraw))
    app.post('/track/withdraw', needsVisit(receiveWithdrawal, receiveForMoved))
    app.get('/track/reopen', needsVisit(showReopen))
    app.post('/track/reopen', needsVisit(receiveReopening, receiveForMoved))
    app.get('/track/files/:id', needsVisit(sendCaseFile, refuseMoved))
    app.get('/track/letters/:id', needsVisit(showLetter, refuseMoved))
    app.get('/track/letters/:id/pdf', needsVisit(showLetterPdf, refuseMoved))
    app.post('/track/leave', (request, reply) => {
      endVisit(portal, request, reply)
      return reply.redirect(localPath(languageOf(request.url).lang, '/track'), 303)
    })
    done()
  }
}

const blank = (number: string): SignInData => {
  const reference = parseCaseReference(number)
  const shown = reference ? caseNumber(reference.fy, reference.seq) : ''
  return { number: shown, code: '', error: null, lapsedMinutes: null, text: '' }
}

function signIn(portal: Portal, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const values = typed(fieldsOf(request.body), ['number', 'code', 'text'])
  const { lang } = languageOf(request.url)
  const proof = proveTracking(portal, values.number, values.code, request.ip)
  if (proof.case) {
    openVisit(portal, reply, proof.case.id)
    if (values.text === '') return toCase(request, reply)
    return showCase(portal, request, reply, proof.case, { text: values.text })
  }
  const { phone } = portal.office()
  const { minutes } = proof
  if (minutes > 0) reply.header('retry-after', minutes * 60)
  const error = minutes > 0 ? t(lang, 'tr.tooMany', { minutes, phone }) : t(lang, 'tr.err', { phone })
  const data = { ...values, error, lapsedMinutes: null }
  return sendPage(portal, request, reply, signInPage, data, minutes > 0 ? 429 : 422)
}

/** A visit that lapsed while something was being written: the words wait behind the sign-in. */
async function askAgain(portal: Portal, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { fields, files } = await receiveForm(portal, request)
  await removeReceivedFiles(files)
  const data = { ...blank(''), lapsedMinutes: IDLE_MINUTES, text: fields.text?.[0] ?? '' }
  return sendPage(portal, request, reply, signInPage, data, 403)
}

/** Its files and letters are gone, or on their way. */
const refuseMoved: VisitHandler = () => {
  throw new AppError('not_found', 'moved')
}

/** Only what belongs to this case and is meant for its complainant; anything else does not exist. */
function sendCaseFile(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: { id: number },
): Promise<FastifyReply> {
  const { id } = request.params as { id: string }
  const file = findFileOfCase(portal.db, row.id, id)
  if (file?.audience !== 'public') throw new AppError('not_found', 'file')
  return sendStoredFile(reply, portal.files, file, { inline: true })
}
