import type { CivilDate } from '#domain/civil-date.ts'
import { queueMail } from '#mail/outbox.ts'
import type { Portal } from '#settings/portal.ts'
import { localPath, t } from '#web/languages.ts'
import { formatDate, formatTime } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'

interface Receipt {
  id: number
  number: string
  dueOn: CivilDate | null
  language: 'th' | 'en'
  email: string
  receivedAt: Date
}

type Deps = Pick<Portal, 'db' | 'now' | 'config' | 'office'>

/**
 * The receipt by mail: a fixed text without a word of the form, because the address may be a stranger's;
 * never the tracking code, because mail is read by others.
 */
export function queueReceipt(portal: Deps, receipt: Receipt): void {
  const { language } = receipt
  const params = {
    ...officeParams(portal.office(), language),
    caseNo: receipt.number,
    date: formatDate(receipt.receivedAt, language),
    time: formatTime(receipt.receivedAt, language),
    dueDate: receipt.dueOn ? formatDate(receipt.dueOn, language) : '',
    trackUrl: `${portal.config.publicUrl}${localPath(language, '/track')}`,
  }
  queueMail(portal.db, {
    dedupeKey: `receipt:${receipt.id}`,
    caseId: receipt.id,
    recipient: receipt.email,
    subject: t(language, 'mail.receipt.subject', params),
    body: t(language, receipt.dueOn ? 'mail.receipt.body' : 'mail.receipt.bodyNoDue', params),
    at: portal.now(),
    host: new URL(portal.config.publicUrl).hostname,
  })
}
