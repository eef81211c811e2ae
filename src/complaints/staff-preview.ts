import type { FastifyReply, FastifyRequest } from 'fastify'
import { mailText } from '#mail/message.ts'
import { sendPage } from '#web/answer.ts'
import type { Language } from '#web/languages.ts'
import { page } from '#web/views.ts'
import { buttonOf, type CaseChange, type Deed } from './action-form.ts'
import { type CaseHead, caseHead, complainantFor, type Row } from './case-facts.ts'
import { previewNotes } from './preview-notes.ts'
import { type Rehearsal, rehearse } from './rehearse.ts'
import { type FormState, type FormView, formView } from './staff-form-page.ts'
import { type Letter, letterFor } from './staff-letter.ts'

interface PreviewPageData {
  head: CaseHead
  title: string
  form: FormView
  /** Everything typed, carried along to be sent or to be edited again. */
  hidden: { name: string; value: string }[]
  button: string
  check: Row[]
  language: Language
  tracking: Rehearsal
  letter: Letter | null
  /** Said of the mail: where it goes, and that it waits where others decide first. */
  sendsTo: string
  /** What does not happen by itself, and what can be done afterwards. */
  warnings: string[]
  infos: string[]
}

const previewPage = page<PreviewPageData>('staff/preview', [
  'head',
  'title',
  'form',
  'hidden',
  'button',
  'check',
  'language',
  'tracking',
  'letter',
  'sendsTo',
  'warnings',
  'infos',
])

/** Set anew by the preview's own form. */
const OWN = new Set(['step', 'rev', 'seen', 'token', 'kept', 'drop'])

/** Exactly what the complainant will get, before it is sent. */
export function sendPreview(
  request: FastifyRequest,
  reply: FastifyReply,
  state: FormState,
  change: CaseChange,
): FastifyReply {
  const { deed, form, sent, drafts } = state
  const shown = form.shownAs?.(change) ?? change
  const { isMailed, warnings, infos } = previewNotes(deed, form.action, { ...shown, delay: change.delay })
  const letter = isMailed ? letterFor(deed, form.action, shown) : undefined
  const hidden = Object.entries(sent ?? {})
    .filter(([name]) => !OWN.has(name))
    .flatMap(([name, values]) => values.map((value) => ({ name, value })))
  const data: PreviewPageData = {
    ...{ head: caseHead(deed.portal, deed.row), title: form.title, form: formView(state), hidden },
    button: buttonOf(form, deed),
    check: form.check?.(deed, change) ?? [],
    language: deed.row.language,
    tracking: rehearse(deed, form.action, shown, drafts),
    letter: letter ? shownLetter(deed, letter) : null,
    sendsTo: change.delay?.isApproved === false ? 'เมื่ออนุมัติแล้ว จะส่งถึง' : 'จะส่งถึง',
    ...{ warnings, infos },
  }
  return sendPage(deed.portal, request, reply, previewPage, data)
}

/** With its foot. Whoever may not read the complainant's data learns no address from a preview either. */
function shownLetter({ portal, viewer, row, contact }: Deed, { recipient, subject, body }: Letter): Letter {
  const mayKnow = complainantFor(portal, viewer, row, contact).rows !== null
  return {
    recipient: mayKnow ? recipient : 'ผู้ร้อง (ไม่เปิดเผยที่อยู่อีเมล)',
    subject,
    body: mailText(portal, { kind: 'letter', language: row.language, body }),
  }
}
