import type { Database } from '#platform/database.ts'
import type { MailHooks } from './hooks.ts'
import { isStopped } from './mailbox-store.ts'
import { oneLine, STOPPED } from './outbox.ts'
import { endMail, findDueMail, leaseMail, type OutboxMail } from './outbox-store.ts'

/** What the row of a due mail came to: an attempt to be made, or an end without one. */
export type Taken = { mail: OutboxMail } | { ended: 'unknown' | 'suppressed' }

/** Longer than any attempt can last, so that nobody else takes a mail that is being sent. */
const LEASE = 10 * 60_000

/** In English like the server's answers it stands beside. */
const NO_ANSWER = 'no answer was recorded'

/** Takes a due mail for one attempt. Undefined where somebody else has it by now. */
export function takeMail(db: Database, id: number, now: Date, hooks: MailHooks): Taken | undefined {
  return db.inTransaction(() => {
    const mail = findDueMail(db, id, now)
    if (!mail) return undefined
    // Begun and never ended: a notice may come twice, but not a letter, of which a person decides.
    if (mail.state === 'sending' && mail.kind === 'letter') return endAsUnknown(db, mail, now, hooks)
    if (mail.kind === 'letter' && isStopped(db, mail.recipient)) {
      endMail(db, id, 'suppressed', STOPPED)
      hooks.suppressed(mail, STOPPED, now)
      return { ended: 'suppressed' }
    }
    const words = isComposed(mail) ? hooks.compose(mail, now) : mail
    if ('suppress' in words) {
      endMail(db, id, 'suppressed', words.suppress)
      return { ended: 'suppressed' }
    }
    const { subject, body } = words
    const leaseUntil = new Date(now.getTime() + LEASE)
    return { mail: leaseMail(db, mail, leaseUntil, { subject: oneLine(subject), body }) }
  })
}

/** A digest gets its words at its first attempt; a notice and a letter may have to be held back at any. */
const isComposed = ({ kind, body, letterId }: OutboxMail): boolean =>
  kind === 'notice' || letterId !== null || (kind === 'digest' && body === '')

function endAsUnknown(db: Database, mail: OutboxMail, now: Date, hooks: MailHooks): Taken {
  endMail(db, mail.id, 'unknown', NO_ANSWER)
  hooks.unknown(mail, now)
  return { ended: 'unknown' }
}
