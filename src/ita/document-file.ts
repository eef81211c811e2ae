import type { FastifyRequest } from 'fastify'
import { attachFiles, filesFault, type KeptLine, keptLines, wordProblems } from '#complaints/draft-files.ts'
import type { DraftFile } from '#complaints/draft-files-store.ts'
import { formToken } from '#complaints/form-token.ts'
import { receiveForm, statusOfRefusal } from '#complaints/receive-form.ts'
import type { Portal } from '#settings/portal.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'

/** A form of one file, as it came; the file waits under the form's token until the form is accepted. */
export interface FileForm {
  fields: Fields
  token: string
  file: DraftFile | null
  kept: KeptLine[]
  errors: FieldErrors
  /** For the answer, where the form is refused. */
  status: 413 | 422
}

export async function readFileForm(portal: Portal, request: FastifyRequest): Promise<FileForm> {
  const received = await receiveForm(portal, request)
  const token = formToken(received.fields)
  const { drafts, problems, gone } = await attachFiles(portal, token, received)
  const tooMany = drafts.length > 1 && { files: 'แนบได้เพียงไฟล์เดียว กรุณานำไฟล์ที่ไม่ใช้ออก' }
  return {
    ...{ fields: received.fields, token, file: drafts[0] ?? null, kept: keptLines(drafts) },
    errors: { ...wordProblems('th', problems), ...filesFault('th', received.tooLarge, gone), ...tooMany },
    status: statusOfRefusal(received),
  }
}
