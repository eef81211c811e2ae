import type { Portal } from '#settings/portal.ts'
import type { Failure } from './failure.ts'
import { type MailHooks, NO_HOOKS } from './hooks.ts'
import { nextDueMail, type OutboxMail, type Outcome, recordOutcome, setMailAside } from './outbox-store.ts'
import { type Ending, openSender, type Patience, type SenderDeps } from './send.ts'
import { type Taken, takeMail } from './take.ts'

export interface Delivery {
  sent: number
  /** Will be tried again. */
  postponed: number
  /** Refused for good, or tried for three days in vain. */
  failed: number
  /** Letters of which nobody knows whether they were sent. */
  unknown: number
  /** Not wanted any more. */
  suppressed: number
}

export interface DeliveryOptions {
  signal?: AbortSignal
  patience?: Patience
  hooks?: MailHooks
  /** A mail that broke our own code; the others go on. Thrown where nobody wants to hear of it. */
  report?: (mailId: number, error: unknown) => void
}

type Deps = SenderDeps & Pick<Portal, 'db'>

const PATIENCE: Patience = { connect: 15_000, greet: 15_000, answer: 60_000, mail: 180_000 }

const MINUTE = 60_000
const FIRST_WAITS = [1, 5, 15, 60]
const LATER_WAIT = 60
/** The first waits and then one attempt an hour make three days. */
const MAX_ATTEMPTS = 75
/** So many failures to reach the server one after the other mean that it is down. */
const UNREACHABLE = 2

/**
 * Sends every mail that is due, one after the other. Without a mail server all of it stays queued. A mail
 * counts as sent right after the server has taken it over. Where that answer was lost, a notice is sent again
 * with the same Message-ID, so that the recipient's side can recognise it, and a letter waits for a person.
 */
export async function deliverMail(portal: Deps, options: DeliveryOptions = {}): Promise<Delivery> {
  const { signal, patience = PATIENCE } = options
  const done: Delivery = { sent: 0, postponed: 0, failed: 0, unknown: 0, suppressed: 0 }
  const { smtpUrl } = portal.config
  if (!smtpUrl) return done
  const send = openSender(portal, smtpUrl, patience)
  let unreachable = 0
  while (unreachable < UNREACHABLE && !signal?.aborted) {
    const id = nextDueMail(portal.db, portal.now())
    if (id === undefined) break
    const taken = takeOrSetAside(portal, id, options)
    if (taken && 'ended' in taken) done[taken.ended] += 1
    if (!taken || 'ended' in taken) continue
    const ending = await send(taken.mail, signal)
    const result = record(portal, taken.mail, ending, options)
    if (result) done[result] += 1
    const isUnreachable = 'failure' in ending && ending.failure.scope === 'server'
    unreachable = isUnreachable ? unreachable + 1 : 0
  }
  return done
}

function rethrow(_mailId: number, error: unknown): never {
  throw error
}

/** A mail that cannot even be begun must not stand in the way of those behind it. */
function takeOrSetAside(
  { db, now }: Deps,
  id: number,
  { hooks = NO_HOOKS, report = rethrow }: DeliveryOptions,
): Taken | undefined {
  try {
    return takeMail(db, id, now(), hooks)
  } catch (error) {
    setMailAside(db, id, new Date(now().getTime() + LATER_WAIT * MINUTE), String(error).slice(0, 500))
    report(id, error)
    return undefined
  }
}

/** Writes down how an attempt ended together with what that means to the case. */
function record(
  { db, now }: Deps,
  mail: OutboxMail,
  ending: Ending,
  { hooks = NO_HOOKS, report = rethrow }: DeliveryOptions,
): keyof Delivery | undefined {
  const at = now()
  const outcome = outcomeOf(mail, ending, at)
  try {
    db.inTransaction(() => {
      if (!recordOutcome(db, mail, outcome)) return
      if (outcome.state === 'sent') hooks.sent(mail, at)
      if (outcome.state === 'failed') hooks.failed(mail, outcome.lastError ?? '', at)
      if (outcome.state === 'unknown') hooks.unknown(mail, at)
    })
    return outcome.state === 'queued' ? 'postponed' : outcome.state
  } catch (error) {
    // It keeps its lease: what is not known to be recorded is not sent again right away.
    report(mail.id, error)
    return undefined
  }
}

function outcomeOf(mail: OutboxMail, ending: Ending, at: Date): Ended {
  if ('failure' in ending) return outcomeOfFailure(mail, ending.failure, at)
  const { code, text } = ending.accepted
  return { state: 'sent', sentAt: at, lastCode: code, lastError: text }
}

type Ended = Outcome & { state: 'sent' | 'queued' | 'failed' | 'unknown' }

function outcomeOfFailure(
  { kind, attempts }: OutboxMail,
  { code, text, ambiguous, permanent }: Failure,
  at: Date,
): Ended {
  const answer = { lastCode: code, lastError: text }
  if (ambiguous && kind === 'letter') return { state: 'unknown', ...answer }
  if (permanent || attempts >= MAX_ATTEMPTS) return { state: 'failed', ...answer }
  const wait = (FIRST_WAITS[attempts - 1] ?? LATER_WAIT) * MINUTE
  return { state: 'queued', nextAttemptAt: new Date(at.getTime() + wait), ...answer }
}
