import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort } from '../support/command.ts'
import { findNginx, type RunningNginx, startNginx } from '../support/nginx.ts'
import { startTestPortal, type TestPortal } from '../support/portal.ts'
import { findMarkers } from './markers.ts'
import { ASSET_PATHS, CHANNEL_PATHS, SAMPLE } from './nginx-file.ts'

vi.setConfig({ testTimeout: 60_000 })

if (!findNginx())
  console.warn('nginx is missing: its sample is read in operations-files.test.ts, but not run')

const REPORTER = '127.0.0.77'
const CITIZEN = '127.0.0.88'
const MARKERS = [
  REPORTER,
  'Kanari-Browser/9',
  'kanari-language',
  'kanari-referer',
  '203.0.113.77',
  'kanari-path',
]

describe.skipIf(!findNginx())('nginx with that file before the portal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'siang-nginx-'))
  let office: TestPortal
  let nginx: RunningNginx
  let ports: Ports
  const received: { url: string | undefined; headers: IncomingHttpHeaders; from: string | undefined }[] = []

  beforeAll(async () => {
    office = await startTestPortal({ env: { TRUST_PROXY: '127.0.0.1' } })
    office.app.server.on('request', ({ url, headers, socket }) => {
      received.push({ url, headers, from: socket.remoteAddress })
    })
    ports = { plain: await freePort(), secure: await freePort(), onion: await freePort() }
    const { port } = office.app.server.address() as AddressInfo
    nginx = await startNginx(onLoopback(SAMPLE, folder, ports, port), folder, ports.secure)
  })
  afterAll(async () => {
    await nginx.stop()
    await office.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const visit = (path: string, options: Visit = {}) => visitAs(REPORTER, ports.secure, path, options)

  it('passes a visit on without a word of who it was', async () => {
    for (const path of ['/safe', '/en/safe', '/safe/mailbox', '/safe/kanari-path', '/Safe?kanari-path']) {
      received.length = 0
      await visit(path)
      expect(received).toHaveLength(1)
      const [{ headers = {}, from = '' } = {}] = received
      // Old browsers prove by it that a form is ours; it goes no further.
      const { referer, ...others } = headers
      expect(referer).toContain('kanari-referer')
      const told = JSON.stringify([others, from])
      for (const marker of MARKERS)
        expect([path, marker, told.includes(marker)]).toEqual([path, marker, false])
      for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'user-agent', 'accept-language']) {
        expect(headers).not.toHaveProperty(name)
      }
    }
  })

  it('and the portal is told the address of other visitors, as its limits need it', async () => {
    received.length = 0
    await visitAs(CITIZEN, ports.secure, '/')
    expect(received[0]?.headers['x-forwarded-for']).toBe(CITIZEN)
  })

  it('logs visits elsewhere, and no visit of the channel, broken ones included', async () => {
    await visitAs(CITIZEN, ports.secure, '/')
    for (const path of CHANNEL_PATHS) await visit(path)
    for (const path of ASSET_PATHS) await visit(path)
    await visitAs(REPORTER, ports.plain, '/safe/kanari-path')
    const tooLong = `/safe/kanari-path/${'x'.repeat(20_000)}`
    expect(await visit(tooLong)).toBe(414)
    expect(await visit('/safe', { headers: { 'X-Long': 'x'.repeat(40_000) } })).toBe(400)
    expect(await visit('/safe', { method: 'POST', headers: { 'Content-Length': '50000000' } })).toBe(413)
    expect(await visit('/safe/kanari-path', { method: 'BREW' })).toBeGreaterThanOrEqual(400)
    await visitRaw(ports.secure, `GET /safe/kanari-path HTTP/1.1\r\nHost: a b\r\nbroken\r\n\r\n`)
    await visitRaw(ports.secure, `GET /safe/kanari-path\u0001 HTTP/9.9\r\n\r\n`)
    await pause(200)
    const log = readFileSync(join(folder, 'siang.log'), 'utf8')
    expect(log).toMatch(new RegExp(`^\\S+ ${CITIZEN} GET 200$`, 'm'))
    const own = ['site.conf', 'nginx.conf']
    const found = findMarkers([folder], MARKERS).filter(
      ({ file }) => !own.some((name) => file.endsWith(name)),
    )
    expect(found).toEqual([])
  })

  it('lets nobody alone hold all places of the channel by sending slowly', async () => {
    const slow = Array.from({ length: 30 }, () => {
      const socket = connect({ port: ports.secure, host: '127.0.0.1', localAddress: REPORTER })
      socket.on('error', () => {})
      socket.write('POST /safe/report HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nwhat=')
      return socket
    })
    await pause(300)
    expect(await visit('/safe/mailbox')).toBe(503)
    expect(await visitAs(CITIZEN, ports.secure, '/safe/mailbox')).toBe(200)
    for (const socket of slow) socket.destroy()
    await pause(300)
    expect(await visit('/safe/mailbox')).toBe(200)
  })

  it('shows the channel alone at the onion address, to nobody in particular', async () => {
    received.length = 0
    const host = { headers: { Host: `${'a'.repeat(56)}.onion` } }
    expect(await visitAs(REPORTER, ports.onion, '/track', host)).toBe(303)
    expect(received).toHaveLength(0)
    await visitAs(REPORTER, ports.onion, '/safe/kanari-path', host)
    expect(received[0]?.headers.host).toBe(`${'a'.repeat(56)}.onion`)
    expect(received[0]?.headers).not.toHaveProperty('x-forwarded-for')
  })

  it('says nothing either while the portal is down, not even where somebody came from', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'siang-nginx-'))
    const port = await freePort()
    const alone = { plain: await freePort(), secure: port, onion: await freePort() }
    const down = await startNginx(onLoopback(SAMPLE, elsewhere, alone, await freePort()), elsewhere, port)
    expect(await visitAs(REPORTER, port, '/safe/kanari-path')).toBe(502)
    expect(await visitAs(CITIZEN, port, '/')).toBe(502)
    await down.stop()
    expect(readFileSync(join(elsewhere, 'siang.log'), 'utf8')).toMatch(
      new RegExp(` ${CITIZEN} GET 502$`, 'm'),
    )
    const found = findMarkers([elsewhere], MARKERS).filter(({ file }) => !file.endsWith('.conf'))
    expect(found).toEqual([])
    rmSync(elsewhere, { recursive: true, force: true })
  })
})

describe.skipIf(!findNginx())(
  'nginx with that file, in the middle of a large form and a large answer',
  () => {
    const MEGABYTE = 1024 * 1024
    let portal: Server
    let bodyBytes = 0
    beforeAll(async () => {
      // A portal that reads slowly, and answers with what nobody fetches at once.
      portal = createServer((request, response) => {
        bodyBytes = 0
        request.on('data', (chunk: Buffer) => {
          bodyBytes += chunk.length
        })
        request.on('end', () => response.end(Buffer.alloc(request.method === 'GET' ? 20 * MEGABYTE : 2, 'a')))
      }).listen(0, '127.0.0.1')
      await once(portal, 'listening')
    })
    afterAll(() => {
      portal.close()
    })

    /** Files that nginx held open of bodies and answers, while half a form was there and an answer waited. */
    async function spooled(site: string, path: string): Promise<{ body: string[]; answer: string[] }> {
      const folder = mkdtempSync(join(tmpdir(), 'siang-nginx-'))
      const ports = { plain: await freePort(), secure: await freePort(), onion: await freePort() }
      const { port } = portal.address() as AddressInfo
      const nginx = await startNginx(onLoopback(site, folder, ports, port), folder, ports.secure)
      const files = () => nginx.openFiles().filter((file) => !/\.(log|pid)$/.test(file))
      try {
        const sending = connect(ports.secure, '127.0.0.1')
        sending.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${4 * MEGABYTE}\r\n\r\n`)
        sending.write(Buffer.alloc(2 * MEGABYTE, 'b'))
        await pause(400)
        const body = files()
        const arrived = bodyBytes
        sending.destroy()
        await pause(100)
        const waiting = connect(ports.secure, '127.0.0.1')
        waiting.pause()
        waiting.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
        await pause(400)
        const answer = files()
        waiting.destroy()
        // The one who sends is heard at once, not when everything is there.
        if (body.length === 0) expect(arrived).toBeGreaterThan(MEGABYTE)
        return { body, answer }
      } finally {
        await nginx.stop()
        rmSync(folder, { recursive: true, force: true })
      }
    }

    it.each(['/safe', '/en/safe/mailbox', '/staff/sealed/reports/1'])(
      'holds nothing of %s in a file',
      async (path) => {
        expect(await spooled(SAMPLE, path)).toEqual({ body: [], answer: [] })
      },
    )

    it('would hold both in files without those lines, so that this test can see it', async () => {
      const careless = SAMPLE.replace(/^\s*proxy_(request_buffering|buffering|max_temp_file_size) .*;$/gm, '')
      const { body, answer } = await spooled(careless, '/safe')
      expect(body.length).toBeGreaterThan(0)
      expect(answer.length).toBeGreaterThan(0)
    })
  },
)

interface Ports {
  plain: number
  secure: number
  onion: number
}

/** The sample as it stands, on ports, folders and a portal of the test, and without TLS. */
function onLoopback(sample: string, folder: string, ports: Ports, portal: number): string {
  mkdirSync(folder, { recursive: true })
  return sample
    .replace(/^\s*listen \[::\].*$/gm, '')
    .replace('listen 80;', `listen 127.0.0.1:${ports.plain};`)
    .replace('listen 443 ssl;', `listen 127.0.0.1:${ports.secure};`)
    .replace('127.0.0.1:8080', `127.0.0.1:${ports.onion}`)
    .replace(/^\s*ssl_.*$/gm, '')
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${portal}`)
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replaceAll('/run/', `${folder}/`)
}

interface Visit {
  method?: string
  headers?: Record<string, string>
}

/** The status of the answer to somebody at that address, whose browser tells everything. */
async function visitAs(
  localAddress: string,
  port: number,
  path: string,
  { method = 'GET', headers = {} }: Visit = {},
): Promise<number> {
  const told = {
    'User-Agent': 'Kanari-Browser/9',
    'Accept-Language': 'kanari-language',
    Referer: 'https://siang.example/kanari-referer',
    'X-Forwarded-For': '203.0.113.77',
    'X-Real-IP': '203.0.113.77',
    Forwarded: 'for=203.0.113.77',
    Connection: 'close',
  }
  const asked = httpRequest({
    host: '127.0.0.1',
    port,
    path,
    method,
    localAddress,
    headers: { ...told, ...headers },
  })
  // Whoever announces a large body does not send it here.
  if (headers['Content-Length']) asked.flushHeaders()
  else asked.end()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.resume()
  await once(answer, 'end')
  asked.destroy()
  return answer.statusCode ?? 0
}

async function visitRaw(port: number, text: string): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: REPORTER })
  socket.end(text)
  socket.resume()
  await once(socket, 'close')
}
