import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { preferredCoding } from './content-coding.ts'

export type Format = 'html' | 'csv' | 'json'

/** An answer that is made once for everybody, with the validator of its content. */
export interface KeptAnswer {
  type: string
  /** File name for an answer that is to be saved. */
  fileName: string | undefined
  tag: string
  plain: Buffer
  gzip: Buffer
  brotli: Buffer
}

const TYPES = {
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
} satisfies Record<Format | 'atom', string>

export function keepAnswer(format: keyof typeof TYPES, text: string, fileName?: string): KeptAnswer {
  const plain = Buffer.from(text)
  return {
    type: TYPES[format],
    fileName,
    plain,
    tag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
    gzip: gzipSync(plain),
    brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  }
}

/** Answers with it, or says that the visitor's copy is still good. */
export function sendKept(request: FastifyRequest, reply: FastifyReply, answer: KeptAnswer): FastifyReply {
  const coding = preferredCoding(request.headers['accept-encoding'])
  const tag = coding ? `"${answer.tag}-${coding}"` : `"${answer.tag}"`
  reply.header('etag', tag).header('cache-control', 'public, max-age=30').header('vary', 'accept-encoding')
  if (isFresh(request.headers['if-none-match'], tag)) return reply.code(304).send()
  reply.type(answer.type)
  if (answer.fileName) reply.header('content-disposition', `attachment; filename="${answer.fileName}"`)
  if (!coding) return reply.send(answer.plain)
  return reply.header('content-encoding', coding).send(coding === 'br' ? answer.brotli : answer.gzip)
}

/** If-None-Match compares weakly: a proxy that repacks the answer marks the tag with W/. */
export function isFresh(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false
  return ifNoneMatch.split(',').some((given) => ['*', tag].includes(given.trim().replace(/^W\//, '')))
}
