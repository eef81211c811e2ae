/** What nodemailer tells about a failure: the server's answer, and the step at which it came. */
interface SmtpError {
  responseCode?: number
  command?: string
  code?: string
  syscall?: string
}

/** What to look at first, for whoever set up the mail server. */
export type Cause =
  | 'auth'
  | 'tls'
  | 'dns'
  | 'refused'
  | 'silent'
  | 'sender'
  | 'recipient'
  | 'text'
  | 'closed'
  | 'other'

export interface Failure {
  /** The server's code, where it answered. */
  code: number | null
  /** Its own words, or what happened instead of an answer. */
  text: string
  permanent: boolean
  /** The whole mail was handed over and no answer came: the server may or may not have it. */
  ambiguous: boolean
  /** Whether this mail is to blame, or the server would not take any. */
  scope: 'mail' | 'server'
  cause: Cause
}

/** An address that cannot be put into an envelope. */
export class BadAddress extends Error {}

const MOST_WORDS = 500

/**
 * A refusal of the recipient or of the text (5xx) is final. A refusal of our sign-in or sender is a fault of
 * the settings: the mails wait until somebody has put it right. `wasHandedOver` has to be told: for a
 * connection lost before and after the text nodemailer throws the very same error.
 */
export function understand(error: unknown, wasHandedOver: boolean): Failure {
  const { responseCode, command, code } = error as SmtpError
  const answered = responseCode !== undefined && responseCode >= 400 && responseCode < 600
  const isOurs = error instanceof BadAddress || (command === 'API' && code === 'EENVELOPE')
  const scope =
    isOurs || command === 'RCPT TO' || command === 'DATA' || code === undefined ? 'mail' : 'server'
  return {
    code: answered ? responseCode : null,
    text: wordsOf(error),
    permanent: isOurs || (scope === 'mail' && answered && isFinal(responseCode)),
    ambiguous: wasHandedOver && !answered,
    scope,
    cause: causeOf(error as SmtpError & Error, isOurs),
  }
}

/** 503 says that the session went wrong, not that the mail was refused. */
const isFinal = (responseCode: number): boolean => responseCode >= 500 && responseCode !== 503

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, MOST_WORDS)
  // We gave up ourselves: the reason stands behind nodemailer's own word for it.
  const told = error.name === 'AbortError' && error.cause instanceof Error ? error.cause : error
  return told.message.trim().slice(0, MOST_WORDS)
}

const BY_COMMAND: Record<string, Cause> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'text' }
const BY_CODE: Record<string, Cause> = {
  EAUTH: 'auth',
  ETLS: 'tls',
  EDNS: 'dns',
  ETIMEDOUT: 'silent',
  EABORT: 'silent',
  ECONNECTION: 'closed',
}

function causeOf(
  { responseCode, command, code, syscall, message }: SmtpError & Error,
  isOurs: boolean,
): Cause {
  if (isOurs) return 'recipient'
  // "Authentication required", whatever it was asked for.
  if (responseCode === 530 || responseCode === 535) return 'auth'
  const byCommand = BY_COMMAND[command ?? '']
  if (byCommand) return byCommand
  if (code === 'ESOCKET' && syscall === 'connect') return 'refused'
  if (code === 'ESOCKET' && /certificate|ssl|tls/i.test(message)) return 'tls'
  return BY_CODE[code ?? ''] ?? 'other'
}
