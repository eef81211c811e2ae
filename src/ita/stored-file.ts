import { AppError } from '#domain/errors.ts'
import type { CleanMime } from '#platform/file-cleaning.ts'
import type { StoredFile } from '#web/send-file.ts'
import type { VersionLine } from './document-store.ts'

/** The file of a version. @throws AppError not_found where it is a page */
export function storedFileOf({ storedName, originalName, mime }: VersionLine): StoredFile {
  if (storedName === null) throw new AppError('not_found', 'file')
  return { storedName, originalName: originalName ?? '', mime: mime as CleanMime }
}
