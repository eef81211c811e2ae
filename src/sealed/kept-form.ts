import type { FastifyRequest } from 'fastify'
import { type Fields, isSecretField } from '#web/forms.ts'
import { officersPage } from './officers-page.ts'
import { readReportBody } from './report-body.ts'

/** A form that came while the vault was locked: it waits in the page until it can be sent again. */
export interface KeptForm {
  action: string
  multipart: boolean
  /** Files were attached; they are not kept. */
  filesLost: boolean
  fields: { name: string; value: string }[]
}

/** Names of the hidden fields that carry a form through unlocking. */
const MARK = 'kept.'

/** All that was typed in the form that the request brings, but no passphrase, code or recovery sheet. */
export async function keepForm(request: FastifyRequest): Promise<KeptForm> {
  const { fields, files } = await readReportBody(request)
  return {
    action: request.url,
    multipart: request.isMultipart(),
    filesLost: files.length > 0,
    fields: repeatable(fields),
  }
}

/** The kept form as hidden fields of the page that unlocks. */
export function carried({ action, multipart, filesLost, fields }: KeptForm): KeptForm['fields'] {
  return [
    { name: 'keptAction', value: action },
    { name: 'keptMultipart', value: multipart ? 'yes' : '' },
    { name: 'keptFilesLost', value: filesLost ? 'yes' : '' },
    ...fields.map(({ name, value }) => ({ name: `${MARK}${name}`, value })),
  ]
}

/** The form that was carried, where one was, and where it is one of the officers' pages. */
export function readCarried(fields: Fields): KeptForm | null {
  const action = officersPage(fields.keptAction?.[0])
  if (action === undefined) return null
  const own = Object.entries(fields).filter(([name]) => name.startsWith(MARK))
  return {
    action,
    multipart: fields.keptMultipart?.[0] === 'yes',
    filesLost: fields.keptFilesLost?.[0] === 'yes',
    fields: repeatable(Object.fromEntries(own.map(([name, values]) => [name.slice(MARK.length), values]))),
  }
}

function repeatable(fields: Fields): KeptForm['fields'] {
  return Object.entries(fields)
    .filter(([name]) => !isSecretField(name))
    .flatMap(([name, values]) => values.map((value) => ({ name, value })))
}
