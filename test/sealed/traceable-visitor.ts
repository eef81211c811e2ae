import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { encodeForm, FORM_TYPE, type Part } from '../support/upload-app.ts'

/** Everything by which a browser can be known again. */
export const TRACES = {
  address: '127.0.0.77',
  forwarded: '203.0.113.177',
  browser: 'Kanari-Browser/47.11',
  language: 'kanari-language-th',
  referer: 'kanari-referer',
  cookie: 'kanari-cookie-4711',
  path: 'kanari-path-4711',
}
export const TRACE_MARKERS = Object.values(TRACES)

const HEADERS = {
  'User-Agent': TRACES.browser,
  'Accept-Language': TRACES.language,
  'X-Forwarded-For': TRACES.forwarded,
  'X-Real-IP': TRACES.forwarded,
  Forwarded: `for=${TRACES.forwarded}`,
  'Sec-Fetch-Site': 'same-origin',
}

export interface Answer {
  status: number
  text: string
  cookies: string[]
  location: string
}

export type Form = readonly Part[]

export const field = (name: string, body: string): Part => ({ name, body })

/** A person at an address of its own, whose browser tells all it can. */
export function traceableVisitor(port: number) {
  let cookie = `portal=${TRACES.cookie}`
  const begin = (
    method: string,
    path: string,
    headers: Record<string, string | number> = {},
  ): ClientRequest =>
    request({
      ...{ host: '127.0.0.1', port, method, path, localAddress: TRACES.address },
      headers: {
        ...HEADERS,
        Referer: `http://127.0.0.1:${port}/${TRACES.referer}`,
        Cookie: cookie,
        ...headers,
      },
    })
  const finish = async (asked: ClientRequest): Promise<Answer> => {
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const pieces: Buffer[] = []
    for await (const piece of answer) pieces.push(piece)
    const cookies = answer.headers['set-cookie'] ?? []
    const location = answer.headers.location ?? ''
    return { status: answer.statusCode ?? 0, text: Buffer.concat(pieces).toString(), cookies, location }
  }
  const post = async (path: string, type: string, body: Buffer): Promise<Answer> => {
    const asked = begin('POST', path, { 'Content-Type': type, 'Content-Length': body.length })
    asked.end(body)
    return await finish(asked)
  }
  return {
    get: async (path: string, headers = {}): Promise<Answer> => {
      const asked = begin('GET', path, headers)
      asked.end()
      return await finish(asked)
    },
    /** Any method, as it is, with the body or without. */
    send: async (method: string, path: string, headers: Record<string, string>, body?: string) => {
      const asked = begin(method, path, headers)
      asked.end(body)
      return await finish(asked)
    },
    form: (path: string, fields: Record<string, string>) =>
      post(path, 'application/x-www-form-urlencoded', Buffer.from(new URLSearchParams(fields).toString())),
    upload: (path: string, form: Form) => post(path, FORM_TYPE['content-type'], encodeForm(form)),
    /** Sends the beginning of a form and leaves the rest for later, or for ever. */
    begin: async (path: string, form: Form, share: number): Promise<ClientRequest> => {
      const body = encodeForm(form)
      const asked = begin('POST', path, { ...FORM_TYPE, 'Content-Length': body.length })
      asked.on('error', () => undefined)
      asked.write(body.subarray(0, Math.floor(body.length * share)))
      await pause(400)
      return asked
    },
    keepCookies: ({ cookies }: Answer) => {
      cookie = [cookie, ...cookies.map((one) => one.split(';')[0])].join('; ')
    },
  }
}

export type TraceableVisitor = ReturnType<typeof traceableVisitor>
