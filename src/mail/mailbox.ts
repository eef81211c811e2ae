import { timingSafeEqual } from 'node:crypto'
import type { KeyedHash } from '#platform/keyed-hash.ts'
import { type Language, localPath } from '#web/languages.ts'
import type { WebPortal } from '#web/portal.ts'

/** One provider under two names, who takes no notice of dots: v.ictim is victim. */
const DOTTED = ['@gmail.com', '@googlemail.com']

/** Whether dots in the name make no other mailbox of it. */
export const isDotted = (mailbox: string): boolean => mailbox.endsWith(DOTTED[0] ?? '')

/**
 * The mailbox behind an address: neither capitals nor what follows a plus make another one, nor dots where the
 * provider takes no notice of them.
 */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@')
  const name = address.slice(0, at)
  const box = (name.split('+', 1)[0] || name).toLowerCase()
  const host = address.slice(at).toLowerCase()
  return DOTTED.includes(host) ? `${box.replaceAll('.', '')}${DOTTED[0]}` : `${box}${host}`
}

/** 128 bits each: neither is to be guessed. */
const HALF = 32

export function mailboxHash(keyed: KeyedHash, address: string): string {
  return keyed.hash('mailbox', mailboxOf(address)).slice(0, HALF)
}

const proofOf = (keyed: KeyedHash, hash: string): string => keyed.hash('mail-stop', hash).slice(0, HALF)

/** Where whoever gets a mail that was meant for somebody else says so. The link names no address. */
export function stopUrl(
  { keyed, config }: Pick<WebPortal, 'keyed' | 'config'>,
  language: Language,
  address: string,
): string {
  const hash = mailboxHash(keyed, address)
  return `${config.publicUrl}${localPath(language, `/mail/stop/${hash}${proofOf(keyed, hash)}`)}`
}

/** The hash of the mailbox that the link was made for; undefined where we did not make it. */
export function mailboxOfToken(keyed: KeyedHash, token: string): string | undefined {
  if (!/^[0-9a-f]{64}$/.test(token)) return undefined
  const hash = token.slice(0, HALF)
  const isOurs = timingSafeEqual(Buffer.from(token.slice(HALF)), Buffer.from(proofOf(keyed, hash)))
  return isOurs ? hash : undefined
}
