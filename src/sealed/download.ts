import type { FastifyReply } from 'fastify'
import { fileNameParameters } from '#web/send-file.ts'

/** Sends bytes to be saved and never opened by the browser itself, whatever they are. */
export function sendDownload(reply: FastifyReply, name: string, content: Buffer): FastifyReply {
  return reply
    .headers({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; ${fileNameParameters(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(content)
}
