import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { type FieldErrors, single } from '#web/forms.ts'
import { languageOf, t } from '#web/languages.ts'
import { countFailure, type Limit, minutesToWait } from '#web/throttle.ts'
import { removeReceivedFiles } from '#web/uploads.ts'
import { writeToOfficer, writingAction } from './answer.ts'
import { wasJustDone } from './citizen-act.ts'
import { attachFiles, filesFault, keptLines, removeDrafts, wordProblems } from './draft-files.ts'
import { formToken } from './form-token.ts'
import { MESSAGE_CHARACTERS, MessageForm, wordTextError } from './message-form.ts'
import { type ReceivedForm, receiveForm, statusOfRefusal } from './receive-form.ts'
import type { Case } from './store.ts'
import { countFiles, minutesToWaitForFiles } from './submit.ts'
import { showCase, showChanged, toCase } from './tracking-case-page.ts'
import { showMoved } from './tracking-moved.ts'
import { visitedCase } from './tracking-session.ts'

const rateOf = (row: Case): Limit => ({
  scope: 'message:case',
  key: String(row.id),
  most: 20,
  windowMinutes: 60,
})

/** POST /track/message: a word to the officer, or the answer that was waited for. */
export async function receiveMessage(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Case,
): Promise<FastifyReply> {
  const { lang } = languageOf(request.url)
  const received = await receiveForm(portal, request)
  // Sending the files may have taken minutes.
  const row = visitedCase(portal, request) ?? opened
  const typed = received.fields.text?.[0] ?? ''
  if (row.status === 'moved') {
    await removeReceivedFiles(received.files)
    return showMoved(portal, request, reply, row, typed)
  }
  const token = formToken(received.fields)
  const minutes = minutesToWaitToWrite(portal, request, row, received)
  if (minutes > 0) {
    await removeReceivedFiles(received.files)
    const { phone } = portal.office()
    const errors = { text: t(lang, 'tr.err.rate', { minutes, phone }) }
    return showCase(portal, request, reply, row, { token, text: typed, errors, status: 429 })
  }
  countFiles(portal, request.ip, received.files.length)
  const { drafts, problems, gone } = await attachFiles(portal, token, received)
  const parsed = MessageForm.safeParse(single(received.fields))
  const errors: FieldErrors = {
    ...(parsed.error && {
      text: wordTextError(lang, parsed.error, typed, 'tr.message.text', MESSAGE_CHARACTERS),
    }),
    ...wordProblems(lang, problems),
    ...filesFault(lang, received.tooLarge, gone),
  }
  const kept = keptLines(drafts)
  if (!parsed.success || Object.keys(errors).length > 0) {
    const status = statusOfRefusal({ ...received, problems })
    return showCase(portal, request, reply, row, { token, text: typed, errors, kept, status })
  }
  const act = { row, ...parsed.data }
  const done = writingAction(row) === 'answer_info' ? 'answer' : 'message'
  try {
    writeToOfficer(portal, act, drafts)
    countFailure(portal, [rateOf(row)])
    return toCase(request, reply, done)
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'conflict') throw error
    const fresh = visitedCase(portal, request) ?? row
    if (fresh.status === 'moved') await removeDrafts(portal, drafts)
    if (wasJustDone(portal, ['message', 'answer_info'], act)) {
      await removeDrafts(portal, drafts)
      return toCase(request, reply, done)
    }
    return showChanged(portal, request, reply, fresh, { token, text: typed, kept })
  }
}

/** Files have their own limit, shared with the form for new cases: they take up the disk all the same. */
function minutesToWaitToWrite(
  portal: Portal,
  request: FastifyRequest,
  row: Case,
  { files }: ReceivedForm,
): number {
  const forFiles = files.length > 0 ? minutesToWaitForFiles(portal, request.ip) : 0
  return Math.max(minutesToWait(portal, [rateOf(row)]), forFiles)
}
