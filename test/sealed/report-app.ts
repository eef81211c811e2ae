import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import Fastify from 'fastify'
import { AppError } from '#domain/errors.ts'
import { acceptReportBodies, type ReceivedBody, readReportBody } from '#sealed/report-body.ts'
import { acceptForms } from '#web/form-bodies.ts'
import { encodeForm, FORM_TYPE, type Part } from '../support/upload-app.ts'

const STATUS: Record<string, number> = { too_large: 413, bad_request: 400, unavailable: 503 }

/** A real server on loopback that reads reports and does nothing else with them. */
export async function startReportApp() {
  const bodies: ReceivedBody[] = []
  const errors: unknown[] = []
  const held: (() => void)[] = []
  let isHolding = false
  const app = Fastify({ forceCloseConnections: true })
  acceptForms(app)
  acceptReportBodies(app)
  app.setErrorHandler((error, _request, reply) => {
    errors.push(error)
    return reply.code((error instanceof AppError && STATUS[error.kind]) || 500).send('refused')
  })
  app.post('/', async (request) => {
    bodies.push(await readReportBody(request))
    if (isHolding) await new Promise<void>((resolve) => held.push(resolve))
    return 'thanks'
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  const post = (body: RequestInit['body'], headers: Record<string, string> = FORM_TYPE) =>
    fetch(address, { method: 'POST', body, headers })

  return {
    bodies,
    errors,
    post,
    /** What was read of these parts. */
    async read(parts: readonly Part[]): Promise<ReceivedBody> {
      const answer = await post(encodeForm(parts))
      const body = bodies.pop()
      if (answer.status !== 200 || !body) throw new Error(`answered ${answer.status}: ${errors.at(-1)}`)
      return body
    },
    /** Whoever is read from now on is answered at the `release` only. */
    hold() {
      isHolding = true
    },
    release() {
      isHolding = false
      for (const goOn of held.splice(0)) goOn()
    },
    /** The beginning of a form on a bare connection, of which more may come or not. */
    begin(parts: readonly Part[], length = 'content-length: 20000000'): Socket {
      const socket = connect(Number(new URL(address).port), '127.0.0.1')
      socket.on('error', () => {}) // a connection that the server cut is what some tests wait for
      socket.write(
        `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: ${FORM_TYPE['content-type']}\r\n${length}\r\n\r\n`,
      )
      socket.write(encodeForm(parts, ''))
      return socket
    },
    /** The status with which a bare connection is answered. */
    async statusOf(socket: Socket): Promise<number> {
      const [answer] = await once(socket, 'data')
      return Number(String(answer).split(' ')[1])
    },
    close: () => app.close(),
  }
}

export type ReportApp = Awaited<ReturnType<typeof startReportApp>>
