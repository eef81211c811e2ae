import { Agent, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { trackingCodeFor } from '#complaints/tracking-code.ts'
import { caseNumber, caseSlug } from '#domain/reference.ts'
import type { Portal } from '#settings/portal.ts'
import { buildApp } from '../../src/app.ts'
import { type MemberName, PASSWORD } from '../support/cast.ts'
import { openOffice } from './office.ts'
import type { Random } from './random.ts'

/** An office with its web pages, on a port of this machine. */
export interface OpenOffice {
  portal: Portal
  size: number
  /** Milliseconds the server took, from the arrival of the request to its last byte. @throws when not 200 */
  read(url: string, cookie: string): Promise<number>
  /** Cookies of somebody who signed in by the real page. */
  signIn(name: MemberName): Promise<string>
  /** Cookies of somebody who typed number and code of a case by chance. */
  track(random: Random): Promise<string>
  /** Address of a case by chance. */
  anyCase(random: Random): string
  close(): Promise<void>
}

export async function openOfficePages(folder: string, size: number): Promise<OpenOffice> {
  const portal = openOffice(folder)
  const app = await buildApp(portal)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const read = timedReader(app)
  const numbered = portal.db.sqlite.prepare<[number], { fy: number; seq: number; key: string }>(
    'select fiscal_year as fy, seq, submission_key as key from cases where id = ?',
  )
  const byChance = (random: Random) => {
    const row = numbered.get(1 + random.below(size))
    if (!row) throw new Error('the office has fewer cases than it should')
    return row
  }
  return {
    portal,
    size,
    read,
    signIn: (name) => cookieFrom(app, '/staff/sign-in', { username: name, password: PASSWORD }),
    track: (random) => {
      const { fy, seq, key } = byChance(random)
      return cookieFrom(app, '/track', {
        number: caseNumber(fy, seq),
        code: trackingCodeFor(portal.keyed, key),
      })
    },
    anyCase: (random) => {
      const { fy, seq } = byChance(random)
      return `/staff/cases/${caseSlug(fy, seq)}`
    },
    close: async () => {
      await app.close()
      portal.db.close()
    },
  }
}

/** The server's own time: what the client in this process does before and after is not counted. */
function timedReader(app: FastifyInstance): OpenOffice['read'] {
  const { port } = app.server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let served = Number.NaN
  app.server.prependListener('request', (_request, response) => {
    const start = performance.now()
    response.once('finish', () => {
      served = performance.now() - start
    })
  })
  return (path, cookie) =>
    new Promise((resolve, reject) => {
      get({ port, path, agent, headers: { cookie } }, (answer) => {
        answer.resume()
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(served)
          else reject(new Error(`${path} answered ${answer.statusCode}`))
        })
      }).on('error', reject)
    })
}

async function cookieFrom(app: FastifyInstance, url: string, form: Record<string, string>): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams(form).toString(),
  })
  if (answer.statusCode !== 303) throw new Error(`${url} answered ${answer.statusCode}`)
  return answer.cookies.map(({ name, value }) => `${name}=${value}`)[0] ?? ''
}
