import { Readable } from 'node:stream'
import { createTransport, type SentMessageInfo, type Transporter } from 'nodemailer'
import type { Portal } from '#settings/portal.ts'
import { BadAddress, type Failure, understand } from './failure.ts'
import { mailHtml, mailText } from './message.ts'
import type { OutboxMail } from './outbox-store.ts'

/** How long a mail server may keep silent at each step, in milliseconds. */
export interface Patience {
  connect: number
  greet: number
  answer: number
  /** For one mail as a whole, however the server drags it out. Shorter than the lease. */
  mail: number
}

/** The server has taken it over, with its own words. */
export interface Accepted {
  code: number | null
  text: string
}

export type Ending = { accepted: Accepted } | { failure: Failure }
export type Send = (mail: OutboxMail, signal?: AbortSignal) => Promise<Ending>
export type SenderDeps = Pick<Portal, 'config' | 'keyed' | 'office' | 'assets' | 'now'>

/** For the mail that is on its way when the portal stops. */
const LAST_MOMENT = 3000

/** Hands mails to the mail server, one connection each. Whatever goes wrong is a value: nothing is thrown. */
export function openSender(portal: SenderDeps, smtpUrl: string, patience: Patience): Send {
  return async (mail, signal) => {
    let wasHandedOver = false
    const time = limitTime(patience.mail, signal)
    try {
      if (!ONE_ADDRESS.test(mail.recipient)) throw new BadAddress('not one e-mail address')
      const transport = openTransport(smtpUrl, patience)
      watchText(transport, () => {
        wasHandedOver = true
      })
      const { response } = await transport.sendMail({ ...messageOf(portal, mail), signal: time.signal })
      const code = Number.parseInt(response, 10)
      return { accepted: { code: Number.isNaN(code) ? null : code, text: response.slice(0, 500) } }
    } catch (error) {
      return { failure: understand(error, wasHandedOver) }
    } finally {
      time.forget()
    }
  }
}

// More than one address, or a second header line, is never put into an envelope.
const ONE_ADDRESS = /^[^\s@<>(),:;"\\]+@[^\s@<>(),:;"\\]+$/

function openTransport(smtpUrl: string, patience: Patience) {
  return createTransport({
    url: smtpUrl,
    connectionTimeout: patience.connect,
    dnsTimeout: patience.connect,
    greetingTimeout: patience.greet,
    socketTimeout: patience.answer,
    // A password never goes over the wire in clear because somebody in between struck out STARTTLS.
    requireTLS: new URL(smtpUrl).username !== '',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/**
 * Tells when the whole mail has been read for sending. The server asks for the text first, so that before this
 * it cannot have taken the mail over, and after it only its answer tells.
 */
function watchText(transport: Transporter<SentMessageInfo>, onHandedOver: () => void): void {
  transport.use('stream', ({ message }, done) => {
    const create = message.createReadStream.bind(message)
    message.createReadStream = (options) => Readable.from(piecesOf(create(options), onHandedOver))
    done()
  })
}

async function* piecesOf(text: Readable, onEnd: () => void): AsyncGenerator<Buffer> {
  for await (const piece of text) yield piece
  onEnd()
}

function messageOf(portal: SenderDeps, mail: OutboxMail) {
  const { mailFrom } = portal.config
  return {
    envelope: { from: mailFrom, to: [mail.recipient] },
    from: { name: portal.office().orgName, address: mailFrom },
    to: { name: '', address: mail.recipient },
    subject: mail.subject,
    text: mailText(portal, mail),
    html: mailHtml(portal, mail),
    messageId: mail.messageId,
    ...threadOf(portal, mail),
    headers: {
      'Auto-Submitted': 'auto-generated',
      Precedence: 'bulk',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
    },
  }
}

/** What holds the mails of a case together in a mail program; made up, and telling nothing about the case. */
function threadOf({ keyed }: SenderDeps, { caseId, kind, messageId }: OutboxMail) {
  if (caseId === null) return {}
  const host = messageId.slice(messageId.lastIndexOf('@') + 1)
  const thread = `<${keyed.hash('mail-thread', `${kind}:${caseId}`).slice(0, 32)}@${host}`
  return { inReplyTo: thread, references: [thread] }
}

/** Gives up after that time, or a moment after the portal is told to stop. */
function limitTime(milliseconds: number, stop?: AbortSignal): { signal: AbortSignal; forget(): void } {
  const limit = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const wait = (time: number, why: string) => {
    clearTimeout(timer)
    timer = setTimeout(() => limit.abort(new Error(why)), time)
  }
  const hurry = () => wait(LAST_MOMENT, 'the portal was stopped')
  wait(milliseconds, 'the mail server took too long')
  stop?.addEventListener('abort', hurry, { once: true })
  return {
    signal: limit.signal,
    forget: () => {
      clearTimeout(timer)
      stop?.removeEventListener('abort', hurry)
    },
  }
}
