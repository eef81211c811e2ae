import type { FastifyRequest } from 'fastify'
import type { Portal } from '#settings/portal.ts'
import { type Fields, fieldsOf } from '#web/forms.ts'
import { readTextsOnly, saysTooLarge } from '#web/texts-only.ts'
import { type ReceivedFile, readMultipartForm, type UploadProblem } from '#web/uploads.ts'

export interface ReceivedForm {
  fields: Fields
  files: ReceivedFile[]
  problems: UploadProblem[]
  /** The files were too large to be taken at all; the texts are here. */
  tooLarge: boolean
}

/** Reads a citizen's form however it was sent: with files, or urlencoded by a client that sends none. */
export async function receiveForm(
  portal: Pick<Portal, 'files'>,
  request: FastifyRequest,
): Promise<ReceivedForm> {
  if (saysTooLarge(request)) {
    return { fields: await readTextsOnly(request), files: [], problems: [], tooLarge: true }
  }
  if (!request.isMultipart()) {
    return { fields: fieldsOf(request.body), files: [], problems: [], tooLarge: false }
  }
  return { ...(await readMultipartForm(request, portal.files.incomingFolder)), tooLarge: false }
}

/** 413 where a file was the fault, so that a client can tell; the page is the same form either way. */
export function statusOfRefusal(form: ReceivedForm): 413 | 422 {
  const tooBig = form.tooLarge || form.problems.some((problem) => problem.key === 'uploads.file_too_big')
  return tooBig ? 413 : 422
}
