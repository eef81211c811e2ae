import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import type { TestPortal } from '../support/portal.ts'

export const portOf = ({ app }: Pick<TestPortal, 'app'>): number => (app.server.address() as AddressInfo).port

export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** Sends bytes as they are, which no HTTP client would, and reads what comes until the other side hangs up. */
export async function sendRaw(port: number, bytes: string | Buffer): Promise<RawAnswer> {
  const text = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let received = ''
    socket.setEncoding('utf8').on('data', (piece: string) => {
      received += piece
    })
    socket.on('close', () => resolve(received)).on('error', reject)
    socket.write(bytes)
  })
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = lines
    .map((line) => line.split(/:\s*(.*)/s))
    .map(([name = '', value = '']) => [name.toLowerCase(), value])
  return {
    status: Number(first.split(' ')[1]),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  }
}

/** A request of which only the first line and further headers are the test's. */
export const rawRequest = (line: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n')
