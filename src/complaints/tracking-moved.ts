import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { caseNumber } from '#domain/reference.ts'
import { CORRUPTION_BODIES, type PublicNumber } from '#public/numbers.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { languageOf } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { removeReceivedFiles } from '#web/uploads.ts'
import { page } from '#web/views.ts'
import { findMove } from './moves-store.ts'
import { receiveForm } from './receive-form.ts'
import type { Case } from './store.ts'

interface MovedPage {
  number: string
  receivedOn: string
  movedOn: string
  /** The confidential register has not taken it yet. */
  isWaiting: boolean
  /** What was typed into a form that cannot be sent any more. */
  typed: string | null
  bodies: readonly PublicNumber[]
}

const movedPage = page<MovedPage>('track/moved', [
  'number',
  'receivedOn',
  'movedOn',
  'isWaiting',
  'typed',
  'bodies',
])

/** All that whoever holds number and code is told of a case in the confidential register. */
export function showMoved(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Case,
  typed = '',
): FastifyReply {
  const { lang } = languageOf(request.url)
  const move = findMove(portal.db, row.id)
  if (!move) throw new AppError('not_found', 'case')
  const data: MovedPage = {
    number: caseNumber(row.fiscalYear, row.seq),
    receivedOn: formatDate(row.receivedOn, lang),
    movedOn: formatDate(move.askedAt, lang),
    isWaiting: move.state === 'asked',
    typed: typed === '' ? null : typed,
    bodies: CORRUPTION_BODIES,
  }
  return sendPage(portal, request, reply, movedPage, data, request.method === 'GET' ? 200 : 409)
}

/** A form that was opened before: its words go back to whoever wrote them, its files are not kept. */
export async function receiveForMoved(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  row: Case,
): Promise<FastifyReply> {
  const { fields, files } = await receiveForm(portal, request)
  await removeReceivedFiles(files)
  return showMoved(portal, request, reply, row, fields.text?.[0] ?? '')
}
