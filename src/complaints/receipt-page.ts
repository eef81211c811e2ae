import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { languageOf, t } from '#web/languages.ts'
import { page } from '#web/views.ts'
import { citizenFilesOf } from './case-files-store.ts'
import { type ReceiptData, receiptData } from './receipt-data.ts'
import { contactOf, findCaseBySubmission } from './store.ts'
import { trackingCodeFor } from './tracking-code.ts'

const receiptPage = page<{ receipt: ReceiptData; email: string | null; next: string[] }>(
  'complaints/receipt',
  ['receipt', 'email', 'next'],
)

/** The receipt of a submission, in answer to the form itself: the code never gets into an address. */
export function sendReceipt(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  submissionKey: string,
  status: 200 | 201,
): FastifyReply {
  const row = findCaseBySubmission(portal.db, submissionKey)
  const contact = row && contactOf(portal.db, row.id)
  if (!row || !contact || row.status === 'moved') throw new AppError('not_found', 'case')
  const { lang } = languageOf(request.url)
  const { replyBy, email } = contact
  const receipt = receiptData(portal, lang, row, trackingCodeFor(portal.keyed, submissionKey), {
    ...{ replyBy, officer: null },
    files: citizenFilesOf(portal.db, row.id).length,
  })
  const { orgShort, orgShortEn } = portal.office()
  const office = { orgShort: lang === 'en' ? orgShortEn : orgShort }
  const days = { days: portal.settings.deadlines().ackDays }
  const data = {
    receipt,
    // Promised only where there is a mail server to keep the promise.
    email: email && portal.config.smtpUrl ? maskEmail(email) : null,
    next: [t(lang, 'rc.next.1', days), t(lang, 'rc.next.2'), t(lang, `rc.next.3.${replyBy}`, office)],
  }
  return sendPage(portal, request, reply, receiptPage, data, status)
}

/** Enough to recognise one's own address, too little for whoever looks over the shoulder. */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 2)}***${email.slice(at)}`
}
