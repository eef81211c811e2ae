import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify'
import { sizeText } from '#complaints/draft-files.ts'
import { AppError } from '#domain/errors.ts'
import type { Portal } from '#settings/portal.ts'
import { sendPage, uiFor } from '#web/answer.ts'
import { sendStoredFile } from '#web/send-file.ts'
import { formatDate } from '#web/thai-format.ts'
import { page, type Ui } from '#web/views.ts'
import {
  listPublished,
  publishedVersions,
  type Version,
  type VersionLine,
  versionById,
} from './document-store.ts'
import { type SectionView, sectionViews } from './document-view.ts'
import { storedFileOf } from './stored-file.ts'

type DocumentRequest = FastifyRequest<{ Params: { document: string } }>
type VersionRequest = FastifyRequest<{ Params: { document: string; version: string } }>

interface Line {
  href: string
  title: string
  version: number
  /** Kind, date and version in one line. */
  about: string
  publishedOn: string
}

interface DocumentPage {
  title: string
  about: string
  publishedOn: string
  /** Null where it is a file. */
  sections: SectionView[] | null
  file: { href: string; name: string; size: string } | null
  newest: Line
  isReplaced: boolean
  versions: Line[]
  address: string
  seenOn: string
}

const listPage = page<{ documents: Line[] }>('ita/documents', ['documents'])
const documentPage = page<DocumentPage>('ita/document', [
  ...(['title', 'about', 'publishedOn', 'sections', 'file', 'newest', 'isReplaced'] as const),
  ...(['versions', 'address', 'seenOn'] as const),
])

/** /documents, and each document in its newest version and in those before it: addresses that do not change. */
export function documentPages(portal: Portal): FastifyPluginCallback {
  const layOut = openLayouts()
  return (app, _options, done) => {
    app.get('/documents', (request, reply) => {
      const ui = uiFor(portal, request)
      const documents = listPublished(portal.db).map((row) => lineOf(ui, row))
      return sendPage(portal, request, cached(reply), listPage, { documents })
    })
    app.get('/documents/:document', (request: DocumentRequest, reply) => {
      const versions = versionsIn(portal, request.params.document)
      return sendDocument(portal, layOut, request, reply, versions, versions[0], '')
    })
    app.get('/documents/:document/:version', (request: VersionRequest, reply) => {
      const { document, version } = request.params
      const versions = versionsIn(portal, document)
      return sendDocument(
        portal,
        layOut,
        request,
        reply,
        versions,
        numbered(versions, version),
        `/${version}`,
      )
    })
    app.get('/documents/:document/:version/file', (request: VersionRequest, reply) => {
      const { document, version } = request.params
      const row = numbered(versionsIn(portal, document), version)
      return sendStoredFile(reply, portal.files, storedFileOf(row), { inline: false })
    })
    done()
  }
}

/** A cache may keep them for a moment; what is withdrawn is gone soon. */
const cached = (reply: FastifyReply): FastifyReply => reply.header('cache-control', 'public, max-age=60')

type LayOut = (version: Version) => SectionView[] | null

/** Enough for the manuals and what people read just now. */
const MOST_KEPT = 50

/** Charts take their time, and what is published never changes: it is laid out once. */
function openLayouts(): LayOut {
  const kept = new Map<number, SectionView[]>()
  return ({ id, sections }) => {
    const known = kept.get(id)
    if (known || sections === null) return known ?? null
    if (kept.size >= MOST_KEPT) kept.clear()
    const laidOut = sectionViews(sections)
    kept.set(id, laidOut)
    return laidOut
  }
}

function sendDocument(
  portal: Portal,
  layOut: LayOut,
  request: FastifyRequest,
  reply: FastifyReply,
  versions: readonly VersionLine[],
  row: VersionLine | undefined,
  suffix: string,
): FastifyReply {
  const version = row && versionById(portal.db, row.id)
  const [newest] = versions
  if (!version || !newest) throw new AppError('not_found', 'document')
  const ui = uiFor(portal, request)
  const { about, publishedOn } = lineOf(ui, version)
  const path = ui.path(`/documents/${version.slug}`)
  return sendPage(portal, request, cached(reply), documentPage, {
    ...{ title: version.title, about, publishedOn },
    sections: layOut(version),
    file:
      version.storedName === null
        ? null
        : {
            href: `${path}/${version.version}/file`,
            name: version.originalName ?? '',
            size: sizeText(version.bytes ?? 0),
          },
    ...{ newest: lineOf(ui, newest), isReplaced: newest.id !== version.id },
    versions: versions.map((line) => ({
      ...lineOf(ui, line),
      href: `${path}${line === newest ? '' : `/${line.version}`}`,
    })),
    address: `${portal.config.publicUrl}${path}${suffix}`,
    seenOn: formatDate(portal.now(), ui.lang),
  })
}

/** The published versions under an address, newest first. @throws AppError not_found where there are none */
function versionsIn(portal: Portal, document: string): VersionLine[] {
  const versions = publishedVersions(portal.db, document)
  if (versions.length === 0) throw new AppError('not_found', 'document')
  return versions
}

/** @throws AppError not_found */
function numbered(versions: readonly VersionLine[], version: string): VersionLine {
  const row = versions.find((line) => String(line.version) === version)
  if (!row) throw new AppError('not_found', 'version')
  return row
}

function lineOf(ui: Ui, row: VersionLine): Line {
  const dated = ui.t('doc.dated', { date: formatDate(row.documentOn, ui.lang) })
  return {
    ...{ href: ui.path(`/documents/${row.slug}`), title: row.title, version: row.version },
    about: `${ui.t(`doc.kind.${row.kind}`)} · ${dated} · ${ui.t('doc.version', { n: row.version })}`,
    publishedOn: ui.t('doc.publishedOn', { date: formatDate(row.publishedAt ?? row.createdAt, ui.lang) }),
  }
}
