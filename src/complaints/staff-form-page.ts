import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '#web/answer.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'
import { FORM_LIMITS } from '#web/uploads.ts'
import { page } from '#web/views.ts'
import { type ActionForm, buttonOf, type Deed, type FormField, leadOf } from './action-form.ts'
import { type CaseHead, caseHead } from './case-facts.ts'
import { type KeptLine, keptLines } from './draft-files.ts'
import type { DraftFile } from './draft-files-store.ts'
import { lastEventId } from './staff-case-store.ts'
import { caseAddress } from './staff-words.ts'

/** An action's form on its way between the officer and us. */
export interface FormState {
  deed: Deed
  form: ActionForm
  /** As it was sent; null for a fresh one. */
  sent: Fields | null
  /** Ties files to this form until it is accepted. */
  token: string
  drafts: readonly DraftFile[]
  errors: FieldErrors
}

/** What views/staff/_action-form.eta draws. */
export interface FormView {
  action: string
  /** Fields that stand together, by who will read what is typed. */
  sections: { seenBy: FormField['seenBy']; fields: (FormField & { typed: string })[] }[]
  hasFiles: boolean
  filesHint: string
  kept: KeptLine[]
  token: string
  /** The state of the case that the form was written for. */
  rev: number
  seen: number
  errors: FieldErrors
  button: string
}

const formPage = page<{ head: CaseHead; title: string; lead: string; form: FormView; errors: FieldErrors }>(
  'staff/action',
  ['head', 'title', 'lead', 'form', 'errors'],
)

export function sendActionForm(
  request: FastifyRequest,
  reply: FastifyReply,
  state: FormState,
  status: 200 | 413 | 422 = 200,
): FastifyReply {
  const { deed, form, errors } = state
  const head = caseHead(deed.portal, deed.row)
  const data = { head, title: form.title, lead: leadOf(form, deed), form: formView(state), errors }
  return sendPage(deed.portal, request, reply, formPage, data, status)
}

/** The form with everything typed, written for the case as it stands now. */
export function formView({ deed, form, sent, token, drafts, errors }: FormState): FormView {
  const fields = form.fields(deed).map((field) => ({
    ...field,
    typed: (sent ? sent[field.name]?.[0] : field.value) ?? '',
  }))
  const sections: FormView['sections'] = []
  for (const field of fields) {
    const last = sections.at(-1)
    if (last?.seenBy === field.seenBy) last.fields.push(field)
    else sections.push({ seenBy: field.seenBy, fields: [field] })
  }
  return {
    ...{ sections, token, errors },
    action: `${caseAddress(deed.row)}/${form.path}`,
    hasFiles: takesFiles(form, deed),
    filesHint: `JPG, PNG, WebP หรือ PDF ไม่เกิน ${FORM_LIMITS.maxFiles} ไฟล์ ไฟล์ละไม่เกิน ${FORM_LIMITS.maxFileBytes / 1024 / 1024} MB`,
    kept: keptLines(drafts),
    rev: deed.row.rev,
    seen: lastEventId(deed.portal.db, deed.row.id),
    button: wantsPreview(form, deed) ? 'ดูตัวอย่างก่อนยืนยัน' : buttonOf(form, deed),
  }
}

export function takesFiles(form: ActionForm, deed: Deed): boolean {
  return form.fields(deed).some(({ type }) => type === 'files')
}

/** Whatever words the complainant will read are looked at once more, as the complainant will see them. */
export function wantsPreview(form: ActionForm, deed: Deed): boolean {
  const toCitizen = form.fields(deed).some(({ type, seenBy }) => type === 'text' && seenBy === 'citizen')
  return toCitizen || form.check !== undefined
}
