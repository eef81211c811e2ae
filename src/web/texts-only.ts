import type { FastifyRequest } from 'fastify'
import type { Fields } from './forms.ts'
import { FORM_LIMITS, type FormLimits, withoutCutLetter } from './uploads.ts'

/** A phone's video is still read off, so that the browser gets to see the answer; a flood is not. */
const MOST_READ_OFF = 1024 ** 3

/** Whether the request says that it will be too large to be taken with its files. */
export function saysTooLarge(request: FastifyRequest, limits: FormLimits = FORM_LIMITS): boolean {
  return request.isMultipart() && Number(request.headers['content-length'] ?? 0) > limits.maxRequestBytes
}

/**
 * The texts of a form whose files are too large to be taken: what a citizen typed must not be lost with a
 * video. Everything is read to its end, the files into nothing.
 */
export async function readTextsOnly(
  request: FastifyRequest,
  limits: FormLimits = FORM_LIMITS,
): Promise<Fields> {
  const fields: Fields = {}
  let received = 0
  let textBytes = 0
  request.raw.on('data', (chunk: Buffer) => {
    received += chunk.length
    if (received > MOST_READ_OFF) request.raw.destroy()
  })
  const parts = request.parts({
    limits: { fieldSize: limits.maxFieldBytes, fields: limits.maxFields, fileSize: 1 },
  })
  for await (const part of parts) {
    if (part.type === 'file') {
      part.file.resume()
    } else if (typeof part.value === 'string') {
      textBytes += Buffer.byteLength(part.value)
      if (textBytes > limits.maxTextBytes) continue
      fields[part.fieldname] ??= []
      fields[part.fieldname]?.push(withoutCutLetter(part.value))
    }
  }
  return fields
}
