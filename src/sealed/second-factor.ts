import { Secret, TOTP } from 'otpauth'
import { toArabicDigits } from '#domain/text.ts'

/** Seconds of one step of the second factor (RFC 6238). */
const STEP_SECONDS = 30

/** A secret for the officer's authenticator app, not yet in use. */
export const newSecondFactor = (): string => new Secret({ size: 20 }).base32

/** The address behind the QR code that the app reads. */
export function secondFactorUri(secret: string, issuer: string, label: string): string {
  return totpOf(secret, issuer, label).toString()
}

/**
 * The time step that a code belongs to, one step early or late at most; undefined when it is not of this secret.
 * Spaces and Thai digits are how people type.
 */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime()
  const token = toArabicDigits(code).replace(/\s/g, '')
  const delta = totpOf(secret).validate({ token, timestamp, window: 1 })
  return delta === null ? undefined : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta
}

function totpOf(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: STEP_SECONDS, digits: 6 })
}
