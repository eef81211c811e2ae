import type { Portal } from '#settings/portal.ts'
import type { FieldErrors, Fields } from '#web/forms.ts'
import { keepUploads } from '#web/keep-uploads.ts'
import { type Language, t } from '#web/languages.ts'
import { FORM_LIMITS, removeReceivedFiles, tooManyFiles, type UploadProblem } from '#web/uploads.ts'
import { type DraftFile, deleteDrafts, draftsOf, insertDrafts, staleDrafts } from './draft-files-store.ts'
import type { ReceivedForm } from './receive-form.ts'

type Deps = Pick<Portal, 'db' | 'files' | 'keyed' | 'now'>

const DRAFT_HOURS = 24

/** What views/partials/files shows of a file that is already here. */
export interface KeptLine {
  token: string
  name: string
  size: string
}

export interface Attached {
  drafts: DraftFile[]
  problems: UploadProblem[]
  /** The form names files that are no longer here. */
  gone: boolean
}

export const draftHashOf = (portal: Deps, token: string): string => portal.keyed.hash('draft', token)

/**
 * The files of a form as the citizen sees them on the page: those kept from an earlier try and not struck
 * out, then the new ones, cleaned. All are held under the form's token until it is accepted.
 */
export async function attachFiles(portal: Deps, token: string, form: ReceivedForm): Promise<Attached> {
  const draftHash = draftHashOf(portal, token)
  const kept = await keepDrafts(portal, draftHash, form.fields)
  const room = Math.max(0, FORM_LIMITS.maxFiles - kept.drafts.length)
  const welcome = form.files.filter((file) => file.field === 'files')
  const fitting = welcome.slice(0, room)
  const over = welcome.slice(room)
  await removeReceivedFiles(form.files.filter((file) => !fitting.includes(file)))
  const uploads = await keepUploads(portal.files, fitting)
  const names = over.map((file) => file.name)
  const tooMany = over.length > 0 ? [tooManyFiles('files', names, FORM_LIMITS.maxFiles)] : []
  return {
    drafts: [...kept.drafts, ...insertDrafts(portal.db, draftHash, uploads.kept, portal.now())],
    problems: [...form.problems, ...tooMany, ...uploads.problems],
    gone: kept.gone,
  }
}

/** The kept files the form still wants; struck-out ones are removed for good. */
export async function keepDrafts(
  portal: Deps,
  draftHash: string,
  fields: Fields,
): Promise<Pick<Attached, 'drafts' | 'gone'>> {
  const struck = new Set(fields.drop)
  const named = [...new Set(fields.kept)].slice(0, FORM_LIMITS.maxFiles)
  const here = draftsOf(portal.db, draftHash, named)
  await removeDrafts(
    portal,
    here.filter((draft) => struck.has(draft.id)),
  )
  const wanted = named.filter((id) => !struck.has(id))
  const drafts = here.filter((draft) => !struck.has(draft.id))
  return { drafts, gone: drafts.length < wanted.length }
}

export async function removeDrafts(portal: Deps, drafts: readonly DraftFile[]): Promise<void> {
  const removed = deleteDrafts(portal.db, drafts)
  await Promise.all(removed.map((draft) => portal.files.removeFile(draft.storedName)))
}

export function keptLines(drafts: readonly DraftFile[]): KeptLine[] {
  return drafts.map((draft) => ({
    token: draft.id,
    name: draft.originalName,
    size: sizeText(draft.bytes),
  }))
}

/** '340 KB', '1.2 MB': the same in both languages. */
export function sizeText(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024))
  return kilobytes < 1000 ? `${kilobytes} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}

/** Sentences beside their fields; several about the files become one text. */
export function wordProblems(lang: Language, problems: readonly UploadProblem[]): FieldErrors {
  const errors: FieldErrors = {}
  for (const { field, key, params } of problems) {
    const sentence = t(lang, key, params)
    errors[field] = errors[field] === undefined ? sentence : `${errors[field]} ${sentence}`
  }
  return errors
}

/** What is wrong with the files as a whole, beside their input. */
export function filesFault(lang: Language, tooLarge: boolean, gone: boolean): FieldErrors {
  const mb = FORM_LIMITS.maxFileBytes / 1024 / 1024
  if (tooLarge) return { files: t(lang, 'form.err.tooLarge', { mb }) }
  return gone ? { files: t(lang, 'form.err.filesGone') } : {}
}

/** Removes the files of forms that were given up a day ago; tells how many. For the timetable. */
export async function sweepDrafts(portal: Deps): Promise<number> {
  const before = new Date(portal.now().getTime() - DRAFT_HOURS * 3_600_000)
  const stale = staleDrafts(portal.db, before, 500)
  await removeDrafts(portal, stale)
  return stale.length
}
