import type { OutboxMail } from './outbox-store.ts'

/**
 * What the outbox asks and tells of the mails it carries; it knows nothing of what they are about. Each is
 * called inside the transaction that records the same, so that both stand or neither. None may wait for anything.
 */
export interface MailHooks {
  /**
   * The text of a digest at its first attempt, that of a notice and a letter at every one; or why it is not to
   * be sent any more, in words for staff.
   */
  compose(mail: OutboxMail, now: Date): { subject: string; body: string } | { suppress: string }
  /** The mail server has taken it over. */
  sent(mail: OutboxMail, at: Date): void
  /** Refused for good, or tried in vain for three days; `error` in the server's own words. */
  failed(mail: OutboxMail, error: string, at: Date): void
  /** A letter of which nobody knows whether the server took it over. */
  unknown(mail: OutboxMail, at: Date): void
  /** A letter whose address asked for no more mail while it was waiting. */
  suppressed(mail: OutboxMail, reason: string, at: Date): void
}

/** For mails that concern nobody but the outbox. */
export const NO_HOOKS: MailHooks = {
  compose: ({ subject, body }) => ({ subject, body }),
  sent: () => undefined,
  failed: () => undefined,
  unknown: () => undefined,
  suppressed: () => undefined,
}
