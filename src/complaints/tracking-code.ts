import type { KeyedHash } from '#platform/keyed-hash.ts'

/**
 * The 12-digit code of a submission. It is worked out from the submission's unguessable key, so that a form
 * sent twice shows the same slip twice, while the database holds only a keyed hash of the code.
 */
export function trackingCodeFor(keyed: KeyedHash, submissionKey: string): string {
  const number = keyed.bytes('tracking-code', submissionKey).readBigUInt64BE(0)
  return String(number % 1_000_000_000_000n).padStart(12, '0')
}

export function trackingHashOf(keyed: KeyedHash, fiscalYear: number, seq: number, code: string): string {
  return keyed.hash('tracking', `${fiscalYear}/${seq}/${code}`)
}
