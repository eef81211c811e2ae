import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { hardeningHeaders } from './hardening.ts'
import { t } from './languages.ts'

const STATUS: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }

/**
 * Answers what came before any route was found: what is no HTTP, takes too long or has endless headers. In
 * plain words, under the same headers as every answer, and without a word of what was sent.
 */
export function answerBrokenRequests(secure: boolean) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    if (socket.writable) socket.write(answer(STATUS[error.code ?? ''] ?? 400, secure))
    socket.destroy(error)
  }
}

function answer(status: number, secure: boolean): string {
  const body = `${t('th', 'error.400.what')}\n${t('en', 'error.400.what')}\n`
  const headers = {
    ...hardeningHeaders(secure),
    'cache-control': 'no-store',
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n')
}
