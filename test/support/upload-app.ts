import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { AppError } from '#domain/errors.ts'
import { openFileStore } from '#platform/files.ts'
import { keepUploads } from '#web/keep-uploads.ts'
import { type StoredFile, sendStoredFile } from '#web/send-file.ts'
import { acceptMultipartForms, FORM_LIMITS, type MultipartForm, readMultipartForm } from '#web/uploads.ts'

export interface Part {
  name?: string
  filename?: string
  type?: string
  body?: Buffer | string
}

export const MEGABYTE = 1024 * 1024

export const file = (filename: string, body: Buffer | string = 'content'): Part => ({
  name: 'files',
  filename,
  type: 'application/octet-stream',
  body,
})

const BOUNDARY = '----formboundary7MA4YWxk'
const STATUS: Record<string, number> = { too_large: 413, bad_request: 400, not_found: 404 }

export const FORM_TYPE = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` }

/** A form exactly as given, names and all: a browser would escape what an attacker would not. */
export function encodeForm(parts: readonly Part[], end = `--${BOUNDARY}--\r\n`): Buffer {
  const pieces = parts.map(({ name, filename, type, body = '' }) => {
    const names = [`name="${name}"`, `filename="${filename}"`].filter(
      (_, at) => [name, filename][at] !== undefined,
    )
    const header = `--${BOUNDARY}\r\ncontent-disposition: ${['form-data', ...names].join('; ')}\r\n`
    const kind = type ? `content-type: ${type}\r\n` : ''
    return Buffer.concat([Buffer.from(`${header}${kind}\r\n`), Buffer.from(body), Buffer.from('\r\n')])
  })
  return Buffer.concat([...pieces, Buffer.from(end)])
}

/** A real server on loopback with the upload pipeline and nothing else. */
export async function startUploadApp() {
  const dataDir = mkdtempSync(join(tmpdir(), 'siang-uploads-'))
  const store = openFileStore(dataDir)
  const limits = { ...FORM_LIMITS }
  const forms: MultipartForm[] = []
  const errors: unknown[] = []
  const app = Fastify({ forceCloseConnections: true })
  acceptMultipartForms(app)
  app.setErrorHandler((error, _request, reply) => {
    errors.push(error)
    const status = error instanceof AppError ? STATUS[error.kind] : undefined
    return reply.code(status ?? 500).send({ error: String(error) })
  })
  app.post('/read', async (request) => {
    const form = await readMultipartForm(request, store.incomingFolder, limits)
    forms.push(form)
    return form
  })
  app.post('/keep', async (request) => {
    const form = await readMultipartForm(request, store.incomingFolder, limits)
    const { kept, problems } = await keepUploads(store, form.files)
    return { kept, problems: [...form.problems, ...problems] }
  })
  app.post<{ Body: { file: StoredFile; inline: boolean } }>('/send', (request, reply) =>
    sendStoredFile(reply, store, request.body.file, { inline: request.body.inline }),
  )
  const address = await app.listen({ host: '127.0.0.1', port: 0 })

  return {
    store,
    dataDir,
    limits,
    forms,
    errors,
    address,
    incoming: () => readdirSync(store.incomingFolder),
    post: (path: string, body: RequestInit['body'], headers: Record<string, string> = {}) =>
      fetch(`${address}${path}`, { method: 'POST', body, headers }),
    /** Posts the parts to `/read` and returns what was read. */
    async read(parts: readonly Part[]): Promise<MultipartForm> {
      const answer = await fetch(`${address}/read`, {
        method: 'POST',
        body: encodeForm(parts),
        headers: FORM_TYPE,
      })
      if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as MultipartForm
    },
    async close() {
      await app.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type UploadApp = Awaited<ReturnType<typeof startUploadApp>>
