import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { findAccount } from '#accounts/store.ts'
import { AppError } from '#domain/errors.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { typed } from '#web/forms.ts'
import { removeReceivedFiles } from '#web/uploads.ts'
import { page } from '#web/views.ts'
import { filesOf } from './case-files-store.ts'
import { attachFiles, filesFault, keptLines, wordProblems } from './draft-files.ts'
import { formToken } from './form-token.ts'
import { takeDown } from './intake.ts'
import { INTAKE_FIELDS, inFormOrder, readIntake } from './intake-form.ts'
import { freshValues, intakePage, intakePageData } from './intake-page.ts'
import { type ReceiptData, receiptData } from './receipt-data.ts'
import { receiveForm, statusOfRefusal } from './receive-form.ts'
import { caseAddress } from './staff-words.ts'
import { contactOf, findCaseBySubmission } from './store.ts'
import { submissionKeyOf } from './submit.ts'
import { trackingCodeFor } from './tracking-code.ts'

const slipPage = page<{ receipt: ReceiptData; address: string }>('staff/intake-receipt', [
  'receipt',
  'address',
])

/** Taking down what came by phone, at the counter, in a letter: with the slip for whoever brought it. */
export function intakeRoutes(portal: Portal): FastifyPluginCallback {
  const options = { config: { permission: 'intake' as const } }
  return (app, _options, done) => {
    app.get('/staff/intake', options, (request, reply) => {
      const state = { token: newToken(), values: freshValues(portal), errors: {}, kept: [] }
      return sendPage(portal, request, reply, intakePage, intakePageData(portal, state))
    })
    app.post('/staff/intake', options, (request, reply) => receiveIntake(portal, request, reply))
    done()
  }
}

async function receiveIntake(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const received = await receiveForm(portal, request)
  const token = formToken(received.fields)
  const key = await submissionKeyOf(portal.keyed, token, received.fields, received.files)
  if (findCaseBySubmission(portal.db, key)) {
    await removeReceivedFiles(received.files)
    return sendSlip(portal, request, reply, key, 200)
  }
  const attached = await attachFiles(portal, token, received)
  const read = readIntake(portal, received.fields)
  const errors = inFormOrder({
    ...('errors' in read ? read.errors : {}),
    ...wordProblems('th', attached.problems),
    ...filesFault('th', received.tooLarge, attached.gone),
  })
  if ('errors' in read || Object.keys(errors).length > 0) {
    const values = typed(received.fields, INTAKE_FIELDS)
    const data = intakePageData(portal, { token, values, errors, kept: keptLines(attached.drafts) })
    const status = statusOfRefusal({ ...received, problems: attached.problems })
    return sendPage(portal, request, reply, intakePage, data, status)
  }
  const { isNew } = await takeDown(portal, viewerOf(request), {
    ...{ ...read.input, key },
    drafts: attached.drafts,
  })
  return sendSlip(portal, request, reply, key, isNew ? 201 : 200)
}

/** The slip, in answer to the form itself: the code is shown once and never gets into an address. */
function sendSlip(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  submissionKey: string,
  status: 200 | 201,
): FastifyReply {
  const { db, keyed } = portal
  const row = findCaseBySubmission(db, submissionKey)
  const contact = row && contactOf(db, row.id)
  if (!row || !contact || row.status === 'moved') throw new AppError('not_found', 'case')
  const recorder = row.recordedById === null ? undefined : findAccount(db, row.recordedById)
  const receipt = receiptData(portal, 'th', row, trackingCodeFor(keyed, submissionKey), {
    files: filesOf(db, row.id).length,
    replyBy: contact.replyBy,
    officer: recorder?.displayName ?? null,
  })
  return sendPage(portal, request, reply, slipPage, { receipt, address: caseAddress(row) }, status)
}
