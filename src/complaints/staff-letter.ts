import { REOPEN_DAYS } from '#domain/case-status.ts'
import type { StaffAction } from '#domain/permissions.ts'
import { caseNumber } from '#domain/reference.ts'
import type { RejectReason } from '#domain/vocabulary.ts'
import { type Language, localPath, t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import { officeParams } from '#web/views.ts'
import type { CaseChange, Deed } from './action-form.ts'
import { statusAfter } from './case-state.ts'
import { expectedUnit } from './receipt-data.ts'

export interface Letter {
  recipient: string
  subject: string
  body: string
}

type Wording = 'info' | 'result' | 'forward' | 'notAccepted' | 'delay' | 'update'

const WORDINGS: Partial<Record<StaffAction, Wording>> = {
  ask_info: 'info',
  explain: 'delay',
  conclude: 'result',
  forward: 'forward',
  reject: 'notAccepted',
}

/** What the complainant is sent, in the case's language; undefined where there is no text or no address. */
export function letterFor(deed: Deed, action: StaffAction, change: CaseChange): Letter | undefined {
  const { row, contact, portal } = deed
  if (change.audience !== 'public' || change.text === null || !contact.email) return undefined
  const lang = row.language
  const words = officeParams(portal.office(), lang)
  const { rejectReason, otherBody } = { ...row, ...change.columns }
  const params = {
    ...words,
    caseNo: caseNumber(row.fiscalYear, row.seq),
    text: change.text,
    status: t(lang, `st.${statusAfter(action, row) ?? row.status}`),
    receivedOn: formatDate(row.receivedOn, lang),
    answerBy: change.facts?.answerBy ? formatDate(change.facts.answerBy, lang) : '',
    days: REOPEN_DAYS,
    agency: otherBody ?? '',
    reason: rejectReason ? reasonText(deed, rejectReason, lang) : '',
    elsewhere: otherBody ? t(lang, 'mail.notAccepted.elsewhere', { otherBody }) : '',
    dept: expectedUnit(portal, lang, row),
    trackUrl: `${portal.config.publicUrl}${localPath(lang, '/track')}`,
  }
  const wording = WORDINGS[action] ?? 'update'
  const body = t(lang, `mail.${wording}.body`, params)
  return { recipient: contact.email, subject: t(lang, `mail.${wording}.subject`, params), body }
}

export function reasonText({ portal }: Pick<Deed, 'portal'>, reason: RejectReason, lang: Language): string {
  return t(lang, `na.${reason}`, officeParams(portal.office(), lang))
}
