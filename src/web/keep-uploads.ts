import { type CleanMime, cleanFile, type FileRefusal } from '#platform/file-cleaning.ts'
import type { FileStore } from '#platform/files.ts'
import { MAX_PIXELS } from '#platform/guarded-sharp.ts'
import { type ReceivedFile, removeReceivedFiles, type UploadProblem } from './uploads.ts'

/** A harmless file in the store; the caller must record it or remove it from the store again. */
export interface KeptFile {
  storedName: string
  originalName: string
  mime: CleanMime
  bytes: number
  width: number | null
  height: number | null
}

/**
 * Cleans each received file and takes it into the store, one after the other. What is refused becomes a
 * problem; nothing stays in the incoming folder, and if the disk fails nothing new stays in the store.
 */
export async function keepUploads(
  store: FileStore,
  files: readonly ReceivedFile[],
): Promise<{ kept: KeptFile[]; problems: UploadProblem[] }> {
  const kept: KeptFile[] = []
  const problems: UploadProblem[] = []
  try {
    for (const file of files) {
      const cleaned = await cleanFile(file.path, file.name)
      if (!cleaned.ok) {
        problems.push(explain(file, cleaned.reason))
        continue
      }
      const { name: originalName, mime, bytes, width = null, height = null } = cleaned
      kept.push({ ...(await store.storeFile(cleaned.source)), originalName, mime, bytes, width, height })
    }
  } catch (error) {
    await Promise.all(kept.map((file) => store.removeFile(file.storedName)))
    throw error
  } finally {
    await removeReceivedFiles(files)
  }
  return { kept, problems }
}

function explain(file: ReceivedFile, reason: FileRefusal): UploadProblem {
  return { field: file.field, key: `uploads.${reason}`, params: { name: file.name, mp: MAX_PIXELS / 1e6 } }
}
