import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { viewerOf } from '#accounts/guard.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage } from '#web/answer.ts'
import { type FieldErrors, fieldsOf } from '#web/forms.ts'
import { sendStoredFile } from '#web/send-file.ts'
import { page } from '#web/views.ts'
import { draftOf, type Version, versionById, versionsOf } from './document-store.ts'
import { type SectionView, sectionViews } from './document-view.ts'
import { DOCUMENTS, type VersionView, versionView } from './document-words.ts'
import { getDraft, postDraft } from './draft-page.ts'
import { blanksIn, missingHeadings } from './headings.ts'
import { beginFrom, discardDraft, publishVersion, stateOf, withdrawVersion } from './publish.ts'
import { storedFileOf } from './stored-file.ts'

type VersionRequest = FastifyRequest<{ Params: { id: string }; Querystring: Record<string, unknown> }>

interface VersionPage {
  shown: VersionView
  rev: number
  versions: VersionView[]
  draftHref: string | null
  /** What the public reads when this version is withdrawn. */
  behind: number | null
  told: string | null
}

interface PreviewPage {
  shown: VersionView
  rev: number
  sections: SectionView[]
  warnings: string[]
  errors: FieldErrors
}

const versionPage = page<VersionPage>('ita/admin-version', [
  'shown',
  'rev',
  'versions',
  'draftHref',
  'behind',
  'told',
])
const previewPage = page<PreviewPage>('ita/admin-preview', ['shown', 'rev', 'sections', 'warnings', 'errors'])

/** One version of a document: a draft to work on, or what the public reads or has read. */
export function documentRoutes(portal: Portal): FastifyPluginCallback {
  return (app, _options, done) => {
    const admin = { config: { permission: 'administer' } } as const
    const one = `${DOCUMENTS}/:id`
    app.get(one, admin, (request: VersionRequest, reply) => {
      const version = versionOf(portal, request)
      const isDraft = stateOf(version) === 'draft'
      return isDraft
        ? getDraft(portal, request, reply, version, warningsOf(version))
        : sendVersion(portal, request, reply, version)
    })
    app.post(one, admin, (request: VersionRequest, reply) =>
      postDraft(portal, request, reply, draftIn(portal, request)),
    )
    app.get(`${one}/preview`, admin, (request: VersionRequest, reply) =>
      sendPreview(portal, request, reply, versionOf(portal, request)),
    )
    app.get(`${one}/file`, admin, (request: VersionRequest, reply) =>
      sendStoredFile(reply, portal.files, storedFileOf(versionOf(portal, request)), { inline: false }),
    )
    app.post(`${one}/publish`, admin, (request: VersionRequest, reply) => publish(portal, request, reply))
    app.post(`${one}/withdraw`, admin, (request: VersionRequest, reply) => {
      withdrawVersion(portal, viewerOf(request), asSeen(versionOf(portal, request), request))
      return reply.redirect(`${DOCUMENTS}/${request.params.id}?told=withdrawn`, 303)
    })
    app.post(`${one}/version`, admin, (request: VersionRequest, reply) => {
      const { id } = beginFrom(portal, viewerOf(request), versionOf(portal, request))
      return reply.redirect(`${DOCUMENTS}/${id}`, 303)
    })
    app.post(`${one}/discard`, admin, async (request: VersionRequest, reply) => {
      await discardDraft(portal, viewerOf(request), asSeen(versionOf(portal, request), request))
      return reply.redirect(`${DOCUMENTS}?told=discarded`, 303)
    })
    done()
  }
}

const TOLD: Record<string, string> = { published: 'เผยแพร่แล้ว', withdrawn: 'ถอนจากการเผยแพร่แล้ว' }

function sendVersion(
  portal: Portal,
  request: VersionRequest,
  reply: FastifyReply,
  version: Version,
): FastifyReply {
  const versions = versionsOf(portal.db, version.slug)
  const draft = draftOf(portal.db, version.slug)
  const behind = versions.find((row) => row.id !== version.id && stateOf(row) === 'published')
  return sendPage(portal, request, reply, versionPage, {
    ...{ shown: versionView(version), rev: version.rev, versions: versions.map(versionView) },
    draftHref: draft ? `${DOCUMENTS}/${draft.id}` : null,
    behind: behind?.version ?? null,
    told: TOLD[String(request.query.told)] ?? null,
  })
}

function sendPreview(
  portal: Portal,
  request: VersionRequest,
  reply: FastifyReply,
  version: Version,
  errors: FieldErrors = {},
): FastifyReply {
  const data = {
    ...{ shown: versionView(version), rev: version.rev, errors },
    ...{ sections: sectionViews(version.sections ?? []), warnings: warningsOf(version) },
  }
  return sendPage(portal, request, reply, previewPage, data, Object.keys(errors).length > 0 ? 422 : 200)
}

function publish(portal: Portal, request: VersionRequest, reply: FastifyReply): FastifyReply {
  const version = asSeen(versionOf(portal, request), request)
  const fault = faultOf(version)
  if (fault) return sendPreview(portal, request, reply, version, { publish: fault })
  publishVersion(portal, viewerOf(request), version)
  return reply.redirect(`${DOCUMENTS}/${version.id}?told=published`, 303)
}

/** Why a version cannot be published as it is. */
function faultOf({ sections }: Version): string | undefined {
  if (sections === null) return undefined
  if (sections.length === 0) return 'ยังไม่มีเนื้อหา กรุณาเพิ่มหัวข้อก่อนเผยแพร่'
  const blanks = blanksIn(sections)
  return blanks.length > 0 ? `ยังมีที่ว่างให้กรอก ${blanks.length} แห่ง: ${blanks.join(' ')}` : undefined
}

/** What the administrator should know, though it may be published. */
function warningsOf({ kind, sections }: Pick<Version, 'kind' | 'sections'>): string[] {
  if (sections === null) return []
  const blanks = blanksIn(sections)
  const missing = kind === 'manual_corruption' ? missingHeadings(sections) : []
  return [
    ...missing.map((heading) => `ยังขาดหัวข้อ “${heading}” ที่การประเมิน ITA กำหนด`),
    ...(blanks.length > 0 ? [`มีที่ว่างให้หน่วยงานกรอก ${blanks.length} แห่ง: ${blanks.join(' ')}`] : []),
  ]
}

/** The version that the address names. @throws AppError not_found */
function versionOf(portal: Portal, request: VersionRequest): Version {
  const version = /^\d{1,9}$/.test(request.params.id) && versionById(portal.db, Number(request.params.id))
  if (!version) throw new AppError('not_found', 'document')
  return version
}

/** @throws AppError conflict where it is no draft any more */
function draftIn(portal: Portal, request: VersionRequest): Version {
  const version = versionOf(portal, request)
  if (stateOf(version) !== 'draft') throw new AppError('conflict', 'not_a_draft')
  return version
}

/** Whoever presses a button has looked at this very state. @throws AppError conflict */
function asSeen(version: Version, request: VersionRequest): Version {
  if (fieldsOf(request.body).rev?.[0] !== String(version.rev)) throw new AppError('conflict', 'changed')
  return version
}
