import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { AppError } from '#domain/errors.ts'

/** More file parts than any honest form sends. */
const MAX_FILE_PARTS = 50

interface PartLimits {
  maxFileBytes: number
  maxFields: number
  maxFieldBytes: number
}

/**
 * Aborts as soon as the body is, or says it will be, over `limit` bytes. The parser's own limits do not see
 * that: it skips the rest of a part that is too long for as long as the sender keeps sending.
 */
export function watchSize(request: FastifyRequest, limit: number): AbortSignal {
  const controller = new AbortController()
  const refuse = () => controller.abort(new AppError('too_large', 'request'))
  if (Number(request.headers['content-length'] ?? 0) > limit) refuse()
  let received = 0
  request.raw.on('data', (chunk: Buffer) => {
    received += chunk.length
    if (received > limit) refuse()
    // The rest is read off so that the answer arrives, but not for ever.
    if (received > 2 * limit) request.raw.destroy()
  })
  return controller.signal
}

/** The parts of the form in their order; each file must be read to its end before the next part comes. */
export async function* readParts(
  request: FastifyRequest,
  limits: PartLimits,
  stop: AbortSignal,
): AsyncGenerator<Multipart> {
  stop.throwIfAborted()
  const stopped = new Promise<never>((_resolve, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason))
  })
  stopped.catch(() => {})
  const parts = request.parts({
    limits: {
      fileSize: limits.maxFileBytes,
      files: MAX_FILE_PARTS,
      fields: limits.maxFields,
      fieldSize: limits.maxFieldBytes,
      parts: limits.maxFields + MAX_FILE_PARTS,
      headerSize: 16 * 1024,
    },
  })
  for (;;) {
    const next = await Promise.race([parts.next(), stopped]).catch((error) => {
      throw asRefusal(error, stop)
    })
    if (next.done) return
    // A part may come without any name; the plugin's types deny it.
    next.value.fieldname ??= ''
    yield next.value
  }
}

/** Streams one file part into `target`, also past the point where it is cut for being too big. */
export async function pourFile(file: Readable, target: Writable, stop: AbortSignal): Promise<void> {
  try {
    await pipeline(file, target, { signal: stop })
  } catch (error) {
    throw asRefusal(error, stop)
  }
}

/** Whatever the parser complains about is the sender's doing; a full or broken disk is ours. */
function asRefusal(error: unknown, stop: AbortSignal): unknown {
  if (stop.aborted) return stop.reason
  if (!(error instanceof Error) || 'syscall' in error) return error
  const tooMany = 'statusCode' in error && error.statusCode === 413
  return tooMany ? new AppError('too_large', 'form_parts') : new AppError('bad_request', 'broken_form')
}
