import { parse } from 'node:querystring'
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { AppError } from '#domain/errors.ts'
import { acceptMultipartForms } from './uploads.ts'

/** More than any honest form sends; a hundred thousand would keep everybody waiting. */
const MOST_FIELDS = 1_000

/** Lets forms in, urlencoded or with files, and nothing else: JSON and plain text are answered 415. */
export function acceptForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.register(formbody, { bodyLimit: 1_000_000, parser: parseFields })
  acceptMultipartForms(app)
}

/** @throws AppError too_large */
function parseFields(text: string): Record<string, unknown> {
  let fields = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    fields += 1
    if (fields > MOST_FIELDS) throw new AppError('too_large', 'form_fields')
  }
  return parse(text)
}
