import type { AddressInfo, Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  from: string
  to: string[]
  /** Whether the connection was encrypted. */
  secure: boolean
  mail: ParsedMail
}

export interface MailServer {
  port: number
  inbox: ReceivedMail[]
  /** How many mails it was given side by side, at most. */
  mostAtOnce(): number
  close(): Promise<void>
}

export interface MailServerOptions {
  /** Answers a recipient with that SMTP code. */
  refuse?: Record<string, number>
  /** How many milliseconds it thinks about a mail. */
  slow?: number
  /** What it does once it has a mail; without it, it says so. */
  thenIt?: 'hangs' | 'dies'
  port?: number
  server?: SMTPServerOptions
}

/** A real mail server on a free port of the loopback. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const inbox: ReceivedMail[] = []
  let atOnce = 0
  let mostAtOnce = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = options.refuse?.[address]
      done(responseCode ? Object.assign(new Error('refused by the test'), { responseCode }) : null)
    },
    onData: async (stream, session, done) => {
      atOnce += 1
      mostAtOnce = Math.max(mostAtOnce, atOnce)
      const mail = await simpleParser(stream)
      await setTimeout(options.slow ?? 0)
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom ? mailFrom.address : ''
      inbox.push({ from, to: rcptTo.map(({ address }) => address), secure: session.secure, mail })
      atOnce -= 1
      if (options.thenIt === 'dies') hangUp(server)
      if (!options.thenIt) done()
    },
    ...options.server,
  })
  // A client that gives up mid-way is part of the tests, not a fault of the server.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    inbox,
    mostAtOnce: () => mostAtOnce,
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** Without a word, as when the machine is switched off. */
function hangUp(server: SMTPServer): void {
  for (const connection of server.connections as Set<{ _socket: Socket }>) connection._socket.destroy()
}
