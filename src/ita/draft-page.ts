import type { FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import type { KeptLine } from '#complaints/draft-files.ts'
import { typedDate } from '#complaints/staff-words.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, type Fields, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { readFileForm } from './document-file.ts'
import {
  rowsOf,
  type SectionRow,
  sectionFaults,
  TEXT_FIELDS,
  TextsForm,
  type TextValues,
  typedRows,
  withEmptyRow,
} from './document-forms.ts'
import type { Version } from './document-store.ts'
import { DOCUMENTS, type VersionView, versionView } from './document-words.ts'
import { changeDraft, type DraftContent } from './publish.ts'

interface DraftPage {
  shown: VersionView
  rev: number
  values: TextValues
  /** Null where it is a file. */
  rows: SectionRow[] | null
  token: string
  kept: KeptLine[]
  warnings: string[]
  saved: boolean
  errors: FieldErrors
}

const draftPage = page<DraftPage>('ita/admin-draft', [
  'shown',
  'rev',
  'values',
  'rows',
  'token',
  'kept',
  'warnings',
  'saved',
  'errors',
])

type DraftRequest = FastifyRequest<{ Querystring: Record<string, unknown> }>

export function getDraft(
  portal: Portal,
  request: DraftRequest,
  reply: FastifyReply,
  draft: Version,
  warnings: string[],
): FastifyReply {
  const data = { ...draftData(draft), warnings, saved: 'saved' in request.query }
  return sendPage(portal, request, reply, draftPage, data)
}

/** Saves a draft; "add a section" only shows the form with one more. */
export async function postDraft(
  portal: Portal,
  request: DraftRequest,
  reply: FastifyReply,
  draft: Version,
): Promise<FastifyReply> {
  return draft.sections === null
    ? await postFile(portal, request, reply, draft)
    : await postPage(portal, request, reply, draft)
}

async function postPage(
  portal: Portal,
  request: DraftRequest,
  reply: FastifyReply,
  draft: Version,
): Promise<FastifyReply> {
  const fields = fieldsOf(request.body)
  const rows = typedRows(fields)
  const form = TextsForm.safeParse(single(fields))
  const shown = { ...draftData(draft), values: typed(fields, TEXT_FIELDS), rows: withEmptyRow(rows) }
  if (fields.step?.[0] === 'add') return sendPage(portal, request, reply, draftPage, shown)
  const errors = { ...(form.success ? {} : fieldErrors(form.error)), ...sectionFaults(rows) }
  if (!form.success || Object.keys(errors).length > 0)
    return sendPage(portal, request, reply, draftPage, { ...shown, errors }, 422)
  if (isStale(draft, fields))
    return sendPage(portal, request, reply, draftPage, { ...shown, errors: STALE }, 409)
  const sections = rows.map(({ heading, text }) => ({ heading, text }))
  return await save(portal, request, reply, draft, fields, form.data, { sections })
}

async function postFile(
  portal: Portal,
  request: DraftRequest,
  reply: FastifyReply,
  draft: Version,
): Promise<FastifyReply> {
  const { fields, token, file, kept, errors: fileErrors, status } = await readFileForm(portal, request)
  const form = TextsForm.safeParse(single(fields))
  const shown = { ...draftData(draft), values: typed(fields, TEXT_FIELDS), token, kept }
  const errors = { ...(form.success ? {} : fieldErrors(form.error)), ...fileErrors }
  if (!form.success || Object.keys(errors).length > 0)
    return sendPage(portal, request, reply, draftPage, { ...shown, errors }, status)
  if (isStale(draft, fields))
    return sendPage(portal, request, reply, draftPage, { ...shown, errors: STALE }, 409)
  return await save(portal, request, reply, draft, fields, form.data, file && { file })
}

async function save(
  portal: Portal,
  request: DraftRequest,
  reply: FastifyReply,
  draft: Version,
  fields: Fields,
  texts: { title: string; documentOn: string },
  content: DraftContent | null,
): Promise<FastifyReply> {
  await changeDraft(portal, viewerOf(request), draft, texts, content)
  const next = fields.step?.[0] === 'preview' ? '/preview' : '?saved'
  return reply.redirect(`${DOCUMENTS}/${draft.id}${next}`, 303)
}

/** What was typed is shown with the state as it is now: saving once more is the administrator's decision. */
const STALE: FieldErrors = {
  title: 'มีผู้อื่นบันทึกร่างนี้หลังจากที่ท่านเปิดหน้านี้ ข้อความด้านล่างเป็นของท่าน หากบันทึกอีกครั้งจะแทนที่ของเดิม',
}

const isStale = ({ rev }: Version, fields: Fields): boolean => fields.rev?.[0] !== String(rev)

function draftData(draft: Version): DraftPage {
  const { rev, title, documentOn, sections } = draft
  return {
    ...{ shown: versionView(draft), rev, values: { title, documentOn: typedDate(documentOn) } },
    rows: sections && withEmptyRow(rowsOf(sections)),
    ...{ token: newToken(), kept: [], warnings: [], saved: false, errors: {} },
  }
}
