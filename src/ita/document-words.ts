import { sizeText } from '#complaints/draft-files.ts'
import { t } from '#web/languages.ts'
import { formatDate } from '#web/thai-format.ts'
import type { VersionLine } from './document-store.ts'
import { stateOf, type VersionState } from './publish.ts'
import { DOCUMENT_KINDS, type DocumentKind } from './tables.ts'

export const DOCUMENTS = '/staff/admin/documents'

export const kindName = (kind: DocumentKind): string => t('th', `doc.kind.${kind}`)

export const KIND_OPTIONS = DOCUMENT_KINDS.map((kind) => ({ value: kind, text: kindName(kind) }))

const STATES: Record<VersionState, { text: string; tag: string }> = {
  draft: { text: 'ร่าง', tag: 'sg-tag--ask' },
  published: { text: 'เผยแพร่อยู่', tag: 'sg-tag--done' },
  withdrawn: { text: 'ถอนแล้ว', tag: '' },
}

/** A version in the words of the administrator's lists. */
export interface VersionView {
  href: string
  version: number
  title: string
  kind: string
  /** Below the site: where the public reads it. */
  path: string
  documentOn: string
  state: VersionState
  stateText: string
  stateTag: string
  /** Null for a page. */
  file: string | null
  made: string
  publishedOn: string | null
}

export function versionView(row: VersionLine): VersionView {
  const state = stateOf(row)
  return {
    ...{ href: `${DOCUMENTS}/${row.id}`, version: row.version, title: row.title, state },
    kind: kindName(row.kind),
    path: `/documents/${row.slug}`,
    documentOn: formatDate(row.documentOn, 'th'),
    stateText: STATES[state].text,
    stateTag: STATES[state].tag,
    file: row.storedName === null ? null : `${row.originalName} (${sizeText(row.bytes ?? 0)})`,
    made: `${row.createdBy} ${formatDate(row.createdAt, 'th')}`,
    publishedOn: row.publishedAt && formatDate(row.publishedAt, 'th'),
  }
}
