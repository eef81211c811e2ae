import { viewerActor } from '#accounts/actor.ts'
import { recordChange } from '#audit/record.ts'
import { type DraftFile, deleteDrafts } from '#complaints/draft-files-store.ts'
import { AppError } from '#domain/errors.ts'
import type { Viewer } from '#domain/permissions.ts'
import type { Portal } from '#settings/portal.ts'
import {
  deleteDraft,
  draftOf,
  insertVersion,
  isFileUsed,
  kindUnder,
  updateVersion,
  type Version,
} from './document-store.ts'
import type { DocumentKind, DocumentSection } from './tables.ts'

type Deps = Pick<Portal, 'db' | 'files' | 'now'>

export type VersionState = 'draft' | 'published' | 'withdrawn'

export function stateOf({ publishedAt, withdrawnAt }: Pick<Version, 'publishedAt' | 'withdrawnAt'>) {
  if (publishedAt === null) return 'draft' satisfies VersionState
  return (withdrawnAt === null ? 'published' : 'withdrawn') satisfies VersionState
}

/** The manuals have one address each: other pages lead there. */
export const MANUAL_SLUGS = {
  manual_general: 'complaint-manual',
  manual_corruption: 'corruption-manual',
} as const satisfies Partial<Record<DocumentKind, string>>
export type ManualKind = keyof typeof MANUAL_SLUGS

export interface DraftTexts {
  title: string
  documentOn: string
}

/** What a version consists of: a page of sections, or a file that was uploaded under a form's token. */
export type DraftContent = { sections: DocumentSection[] } | { file: DraftFile }

/**
 * Begins the next version under an address. A document keeps the kind that it began with.
 * @throws AppError conflict while another draft of it waits, or when the file was taken meanwhile
 */
export function beginVersion(
  portal: Deps,
  viewer: Viewer,
  document: DraftTexts & { slug: string; kind: DocumentKind },
  content: DraftContent,
): Version {
  const { db } = portal
  return db.inTransaction(() => {
    if (draftOf(db, document.slug)) throw new AppError('conflict', 'draft_waits')
    const { slug, title, documentOn } = document
    const kind = kindUnder(db, slug) ?? document.kind
    const version = insertVersion(db, {
      ...{ slug, title, documentOn, kind },
      ...columnsOf(portal, content),
      createdAt: portal.now(),
      createdBy: viewer.displayName,
    })
    record(portal, viewer, 'document.begin', version, null, summaryOf(version))
    return version
  })
}

/** A draft of the next version that says what this one says. */
export function beginFrom(portal: Deps, viewer: Viewer, version: Version): Version {
  const { db } = portal
  return db.inTransaction(() => {
    if (draftOf(db, version.slug)) throw new AppError('conflict', 'draft_waits')
    const { slug, kind, title, documentOn, sections, storedName, originalName, mime, bytes } = version
    const next = insertVersion(db, {
      ...{ slug, kind, title, documentOn, sections, storedName, originalName, mime, bytes },
      createdAt: portal.now(),
      createdBy: viewer.displayName,
    })
    record(portal, viewer, 'document.begin', next, null, summaryOf(next))
    return next
  })
}

/**
 * Writes a draft anew; a file that no version needs any more is removed.
 * @throws AppError conflict when it is no draft any more, or somebody else has changed it
 */
export async function changeDraft(
  portal: Deps,
  viewer: Viewer,
  draft: Version,
  texts: DraftTexts,
  content: DraftContent | null,
): Promise<void> {
  const { db } = portal
  if (stateOf(draft) !== 'draft') throw new AppError('conflict', 'not_a_draft')
  db.inTransaction(() => {
    const change = { ...texts, ...(content && columnsOf(portal, content)) }
    if (!updateVersion(db, draft, change)) throw new AppError('conflict', 'changed')
    record(portal, viewer, 'document.change', draft, summaryOf(draft), summaryOf({ ...draft, ...change }))
  })
  if (content) await dropFile(portal, draft)
}

/** Makes a version public, for the first time or again. @throws AppError conflict */
export function publishVersion(portal: Deps, viewer: Viewer, version: Version): void {
  const state = stateOf(version)
  if (state === 'published') throw new AppError('conflict', 'published')
  const change = state === 'draft' ? { publishedAt: portal.now() } : { withdrawnAt: null }
  setState(portal, viewer, 'document.publish', version, change)
}

/** Takes a version from the public; it is kept. @throws AppError conflict */
export function withdrawVersion(portal: Deps, viewer: Viewer, version: Version): void {
  if (stateOf(version) !== 'published') throw new AppError('conflict', 'not_published')
  setState(portal, viewer, 'document.withdraw', version, { withdrawnAt: portal.now() })
}

/** Removes a draft that was never published, with its file. @throws AppError conflict */
export async function discardDraft(portal: Deps, viewer: Viewer, draft: Version): Promise<void> {
  portal.db.inTransaction(() => {
    if (!deleteDraft(portal.db, draft)) throw new AppError('conflict', 'not_a_draft')
    record(portal, viewer, 'document.discard', draft, summaryOf(draft), null)
  })
  await dropFile(portal, draft)
}

function setState(
  portal: Deps,
  viewer: Viewer,
  action: string,
  version: Version,
  change: Partial<Pick<Version, 'publishedAt' | 'withdrawnAt'>>,
): void {
  portal.db.inTransaction(() => {
    if (!updateVersion(portal.db, version, change)) throw new AppError('conflict', 'changed')
    const after = stateOf({ ...version, ...change })
    record(
      portal,
      viewer,
      action,
      version,
      { state: stateOf(version) },
      { ...summaryOf(version), state: after },
    )
  })
}

/** Inside the transaction: a file leaves the form it was uploaded with. */
function columnsOf({ db }: Deps, content: DraftContent) {
  if ('sections' in content) return { sections: content.sections }
  const [taken] = deleteDrafts(db, [content.file])
  if (!taken) throw new AppError('conflict', 'files_gone')
  const { storedName, originalName, mime, bytes } = taken
  return { sections: null, storedName, originalName, mime, bytes }
}

async function dropFile({ db, files }: Deps, { storedName }: Version): Promise<void> {
  if (storedName !== null && !isFileUsed(db, storedName)) await files.removeFile(storedName)
}

/** What the audit trail keeps of a version: the text itself stays in its row. */
function summaryOf({ slug, version, title, documentOn, sections, originalName }: Version): object {
  return {
    ...{ slug, version, title, documentOn },
    ...(sections && { sections: sections.map(({ heading, text }) => [heading, text.length]) }),
    ...(originalName !== null && { file: originalName }),
  }
}

function record(
  portal: Deps,
  viewer: Viewer,
  action: string,
  { id }: Version,
  before: object | null,
  after: object | null,
): void {
  const subject = `document:${id}`
  recordChange(portal.db, { at: portal.now(), actor: viewerActor(viewer), action, subject, before, after })
}
