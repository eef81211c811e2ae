import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import type { KeptLine } from '#complaints/draft-files.ts'
import { typedDate } from '#complaints/staff-words.ts'
import { civilDateOf } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'
import { newToken } from '#platform/keyed-hash.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldErrors, fieldsOf, single, typed } from '#web/forms.ts'
import { page } from '#web/views.ts'
import { readFileForm } from './document-file.ts'
import { NEW_FIELDS, NewForm, type NewValues } from './document-forms.ts'
import { draftOf, listVersions, type VersionLine, versionsOf } from './document-store.ts'
import { DOCUMENTS, KIND_OPTIONS, kindName, type VersionView, versionView } from './document-words.ts'
import { manualDraft } from './manual-draft.ts'
import type { SealedFacts } from './manual-facts.ts'
import { beginVersion, MANUAL_SLUGS, type ManualKind, stateOf } from './publish.ts'

interface DocumentLine {
  /** The version that the public reads, or else the newest. */
  shown: VersionView
  draftHref: string | null
  versions: number
}

interface ListPage {
  documents: DocumentLine[]
  /** Manuals whose first draft can be written, or written anew. */
  manuals: { kind: ManualKind; name: string; isNew: boolean }[]
  told: string | null
}

interface NewPage {
  kinds: typeof KIND_OPTIONS
  values: NewValues
  token: string
  kept: KeptLine[]
  errors: FieldErrors
}

const listPage = page<ListPage>('ita/admin-documents', ['documents', 'manuals', 'told'])
const newPage = page<NewPage>('ita/admin-new', ['kinds', 'values', 'token', 'kept', 'errors'])

/** The documents that the office publishes, one more of them, and the first drafts of the manuals. */
export function documentListRoutes(portal: Portal, sealed: () => SealedFacts): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    app.get(DOCUMENTS, admin, (request: FastifyRequest<{ Querystring: { told?: string } }>, reply) =>
      sendList(portal, request, reply, TOLD[request.query.told ?? ''] ?? null),
    )
    app.get(`${DOCUMENTS}/new`, admin, (request, reply) => {
      const documentOn = typedDate(civilDateOf(portal.now()))
      const values = { kind: '', slug: '', content: 'page', title: '', documentOn }
      return sendPage(portal, request, reply, newPage, newData(values))
    })
    app.post(`${DOCUMENTS}/new`, admin, (request, reply) => postNew(portal, request, reply))
    app.post(`${DOCUMENTS}/draft`, admin, (request, reply) => postDraft(portal, sealed, request, reply))
    done()
  }
}

const TOLD: Record<string, string> = { discarded: 'ลบร่างแล้ว' }

function sendList(
  portal: Portal,
  request: FastifyRequest,
  reply: FastifyReply,
  told: string | null,
): FastifyReply {
  const versions = listVersions(portal.db)
  const slugs = new Set(versions.map(({ slug }) => slug))
  const documents = [...slugs].map((slug) => documentLine(versions.filter((row) => row.slug === slug)))
  const manuals = (Object.keys(MANUAL_SLUGS) as ManualKind[])
    .filter((kind) => !draftOf(portal.db, MANUAL_SLUGS[kind]))
    .map((kind) => ({ kind, name: kindName(kind), isNew: !slugs.has(MANUAL_SLUGS[kind]) }))
  return sendPage(portal, request, reply, listPage, { documents, manuals, told })
}

/** @param versions of one document, newest first */
function documentLine(versions: VersionLine[]): DocumentLine {
  const draft = versions.find((row) => stateOf(row) === 'draft')
  const shown = versions.find((row) => stateOf(row) === 'published') ?? versions[0]
  if (!shown) throw new Error('a document without versions')
  return {
    shown: versionView(shown),
    draftHref: draft && draft !== shown ? `${DOCUMENTS}/${draft.id}` : null,
    versions: versions.length,
  }
}

const newData = (values: NewValues): NewPage => ({
  ...{ kinds: KIND_OPTIONS, values, token: newToken(), kept: [], errors: {} },
})

async function postNew(portal: Portal, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { fields, token, file, kept, errors: fileErrors, status } = await readFileForm(portal, request)
  const form = NewForm.safeParse(single(fields))
  const errors: FieldErrors = form.success ? {} : fieldErrors(form.error)
  if (fields.content?.[0] === 'file') {
    Object.assign(errors, fileErrors)
    if (!file && !fileErrors.files) errors.files = 'กรุณาเลือกไฟล์'
  }
  if (form.success && versionsOf(portal.db, form.data.slug).length > 0)
    errors.slug = `มีเอกสารที่ /documents/${form.data.slug} แล้ว ให้เปิดเอกสารนั้นแล้วสร้างฉบับใหม่`
  if (!form.success || Object.keys(errors).length > 0) {
    const data = { ...newData(typed(fields, NEW_FIELDS)), token, kept, errors }
    return sendPage(portal, request, reply, newPage, data, status)
  }
  const content = form.data.content === 'file' && file ? { file } : { sections: [] }
  const { id } = beginVersion(portal, viewerOf(request), form.data, content)
  return reply.redirect(`${DOCUMENTS}/${id}`, 303)
}

/** Writes a manual from the settings as they are now; what was published before is not touched. */
function postDraft(
  portal: Portal,
  sealed: () => SealedFacts,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const kind = fieldsOf(request.body).kind?.[0] ?? ''
  if (!isManual(kind)) throw new AppError('bad_request', 'manual_kind')
  const slug = MANUAL_SLUGS[kind]
  const waiting = draftOf(portal.db, slug)
  if (waiting) return reply.redirect(`${DOCUMENTS}/${waiting.id}`, 303)
  const { title, sections } = manualDraft(portal, kind, sealed())
  const document = { slug, kind, title, documentOn: civilDateOf(portal.now()) }
  const { id } = beginVersion(portal, viewerOf(request), document, { sections })
  return reply.redirect(`${DOCUMENTS}/${id}`, 303)
}

const isManual = (kind: string): kind is ManualKind => Object.hasOwn(MANUAL_SLUGS, kind)
