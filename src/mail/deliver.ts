import { createTransport } from 'nodemailer'
import type { Portal } from '#settings/portal.ts'
import { giveUpMail, markSent, type OutboxMail, postponeMail, takeDueMail } from './outbox-store.ts'

type Deps = Pick<Portal, 'db' | 'config' | 'now' | 'office'>

export interface Delivery {
  sent: number
  /** Will be tried again. */
  postponed: number
  /** Refused for good, or tried for three days in vain. */
  failed: number
}

/** How long a mail server may keep silent at each step, in milliseconds. */
export interface Patience {
  connect: number
  greet: number
  answer: number
  /** For one mail as a whole, however the server drags it out. Shorter than the lease. */
  mail: number
}

const PATIENCE: Patience = { connect: 15_000, greet: 15_000, answer: 60_000, mail: 180_000 }

/** For the mail that is on its way when the portal stops. */
const LAST_MOMENT = 3000

const MINUTE = 60_000
/** Longer than any attempt can last, so that nobody else takes a mail that is being sent. */
const LEASE = 10 * MINUTE
const FIRST_WAITS = [1, 5, 15, 60]
const LATER_WAIT = 60
/** The first waits and then one attempt an hour make three days. */
const MAX_ATTEMPTS = 75
/** So many failures to reach the server one after the other mean that it is down. */
const UNREACHABLE = 2

/**
 * Sends every mail that is due, one after the other. Without a mail server all of it stays queued. A mail
 * counts as sent right after the server has taken it over; one whose answer was lost is sent again with the
 * same Message-ID, so that the recipient's side can recognise it.
 */
export async function deliverMail(
  portal: Deps,
  { signal, patience = PATIENCE }: { signal?: AbortSignal; patience?: Patience } = {},
): Promise<Delivery> {
  const done: Delivery = { sent: 0, postponed: 0, failed: 0 }
  const { smtpUrl } = portal.config
  if (!smtpUrl) return done
  const send = connectTo(smtpUrl, portal, patience, signal)
  let unreachable = 0
  while (unreachable < UNREACHABLE && !signal?.aborted) {
    const now = portal.now()
    const mail = takeDueMail(portal.db, now, new Date(now.getTime() + LEASE))
    if (!mail) break
    try {
      await send(mail)
      markSent(portal.db, mail.id, portal.now())
      done.sent += 1
      unreachable = 0
    } catch (error) {
      const failure = understand(error)
      unreachable = failure.scope === 'server' ? unreachable + 1 : 0
      done[putBack(portal, mail, failure)] += 1
    }
  }
  return done
}

type Send = (mail: OutboxMail) => Promise<void>

function connectTo(smtpUrl: string, portal: Deps, patience: Patience, signal?: AbortSignal): Send {
  const transport = createTransport({
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
  return async (mail) => {
    const { mailFrom } = portal.config
    if (!ONE_ADDRESS.test(mail.recipient)) throw new BadAddress('not one e-mail address')
    await within(
      patience.mail,
      transport.sendMail({
        envelope: { from: mailFrom, to: [mail.recipient] },
        from: { name: portal.office().orgName, address: mailFrom },
        to: { name: '', address: mail.recipient },
        subject: mail.subject,
        text: mail.body,
        messageId: mail.messageId,
        headers: {
          'Auto-Submitted': 'auto-generated',
          Precedence: 'bulk',
          'X-Auto-Response-Suppress': 'All',
        },
      }),
      signal,
    )
  }
}

// More than one address, or a second header line, is never put into an envelope.
const ONE_ADDRESS = /^[^\s@<>(),:;"\\]+@[^\s@<>(),:;"\\]+$/

class BadAddress extends Error {}

/** Waits for the mail, but not for ever, and only a moment more once the portal is told to stop. */
async function within(milliseconds: number, work: Promise<unknown>, signal?: AbortSignal): Promise<void> {
  let giveUp: NodeJS.Timeout | undefined
  const tooLong = new Promise((_, reject) => {
    const wait = (time: number, why: string) => {
      clearTimeout(giveUp)
      giveUp = setTimeout(() => reject(new Error(why)), time)
    }
    wait(milliseconds, 'the mail server took too long')
    signal?.addEventListener('abort', () => wait(LAST_MOMENT, 'the portal was stopped'), { once: true })
  })
  try {
    await Promise.race([work, tooLong])
  } finally {
    clearTimeout(giveUp)
  }
}

/** What nodemailer tells about a failure: the server's answer, and the step at which it came. */
interface SmtpError {
  responseCode?: number
  command?: string
  code?: string
}

interface Failure {
  text: string
  permanent: boolean
  /** Whether this mail is to blame, or the server would not take any. */
  scope: 'mail' | 'server'
}

/**
 * A refusal of the recipient or of the text (5xx) is final. A refusal of our sign-in or sender is a fault of
 * the settings: the mails wait until somebody has put it right.
 */
function understand(error: unknown): Failure {
  if (error instanceof BadAddress) return { text: error.message, permanent: true, scope: 'mail' }
  const { responseCode = 0, command, code } = error as SmtpError
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  // Found out before anything was sent: an address that this server cannot be given.
  if (command === 'API' && code === 'EENVELOPE') return { text, permanent: true, scope: 'mail' }
  const scope = command === 'RCPT TO' || command === 'DATA' ? 'mail' : 'server'
  return { text, permanent: scope === 'mail' && responseCode >= 500, scope }
}

function putBack(portal: Deps, mail: OutboxMail, failure: Failure): 'postponed' | 'failed' {
  if (failure.permanent || mail.attempts >= MAX_ATTEMPTS) {
    giveUpMail(portal.db, mail.id, failure.text)
    return 'failed'
  }
  const wait = (FIRST_WAITS[mail.attempts - 1] ?? LATER_WAIT) * MINUTE
  postponeMail(portal.db, mail.id, new Date(portal.now().getTime() + wait), failure.text)
  return 'postponed'
}
