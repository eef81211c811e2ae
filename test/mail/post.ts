import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach } from 'vitest'
import { type OutgoingMail, queueMail } from '#mail/outbox.ts'
import type { Portal } from '#settings/portal.ts'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { type MailServer, type MailServerOptions, startMailServer } from '../support/mail-server.ts'

export const SUBJECT = 'อบต.เมืองใหม่ ได้รับเรื่องของท่านแล้ว เลขที่ รท 0001/2570'
export const BODY = 'เรียน ท่านผู้แจ้ง\n\nได้รับเรื่องของท่านเมื่อวันที่ 16 พฤศจิกายน 2569 เวลา 10.00 น.\n\nขอแสดงความนับถือ'
/** For servers that keep silent; long enough for those that do not, on a busy machine. */
export const IMPATIENT = { connect: 5000, greet: 1500, answer: 2000, mail: 10_000 }

const cleanUp: (() => unknown)[] = []

afterEach(async () => {
  for (const close of cleanUp.splice(0).reverse()) await close()
})

/** An office whose mail server listens on the port. */
export function openOffice(port: number, env: Record<string, string> = {}): TestFolder {
  const settings = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'no-reply@mueangmai.example' }
  const office = openTestFolder(undefined, { ...settings, ...env })
  cleanUp.push(office.close)
  return office
}

export async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await startMailServer(options)
  cleanUp.push(server.close)
  return server
}

/** The port of a server that treats every connection in this way. */
export async function rudeServer(treat: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    treat(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUp.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** The port of a server that was there a moment ago. */
export async function closedPort(): Promise<number> {
  const server = await startMailServer()
  await server.close()
  return server.port
}

let queued = 0

export function queue(portal: Portal, mail: Partial<OutgoingMail> = {}): number {
  queued += 1
  return queueMail(portal.db, {
    ...{ dedupeKey: `test:${queued}`, kind: 'letter', caseId: null, recipient: 'wilai@example.com' },
    ...{ subject: SUBJECT, body: BODY, at: portal.now(), host: 'mueangmai.example' },
    ...mail,
  })
}

export interface Row {
  id: number
  kind: string
  recipient: string
  subject: string
  body: string
  state: string
  attempts: number
  next_attempt_at: number | null
  last_code: number | null
  last_error: string | null
  message_id: string
  sent_at: number | null
}

export const rows = (portal: Portal): Row[] =>
  portal.db.sqlite.prepare<[], Row>('select * from outbox order by id').all()
