import type { FastifyReply } from 'fastify'
import type { CleanMime } from '#platform/file-cleaning.ts'
import { cleanFileName } from '#platform/file-names.ts'
import type { FileStore } from '#platform/files.ts'

/** Pictures were drawn anew by us and can carry nothing; a PDF is as a stranger made it. */
const SHOWN = new Set<string>(['image/jpeg', 'image/png', 'image/webp'] satisfies CleanMime[])
const SENT = new Set<string>([...SHOWN, 'application/pdf' satisfies CleanMime])

export interface StoredFile {
  storedName: string
  originalName: string
  mime: CleanMime
}

/**
 * Sends a stored file so that a browser shows at most a picture and runs nothing. `inline` is a wish: what
 * is not a redrawn picture is always a download.
 * @throws AppError not_found
 */
export async function sendStoredFile(
  reply: FastifyReply,
  store: FileStore,
  file: StoredFile,
  { inline }: { inline: boolean },
): Promise<FastifyReply> {
  const { stream, bytes } = await store.openFile(file.storedName)
  const disposition = inline && SHOWN.has(file.mime) ? 'inline' : 'attachment'
  return reply
    .headers({
      'content-type': SENT.has(file.mime) ? file.mime : 'application/octet-stream',
      'content-length': bytes,
      'content-disposition': `${disposition}; ${fileNameParameters(file.originalName)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    })
    .send(stream)
}

/** RFC 6266: a plain name for the oldest browsers, and the Thai name as RFC 5987 writes it. */
export function fileNameParameters(name: string): string {
  const clean = cleanFileName(name)
  const plain = clean.replace(/[^\x20-\x7E]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${encoded}`
}
