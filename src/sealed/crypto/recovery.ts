import { createHash } from 'node:crypto'
import { combine, split } from 'shamir-secret-sharing'
import { type KeyPair, newKeyPair, publicKeyOf, SealBroken, wipe } from './sodium.ts'

export const SHEETS = 3
export const SHEETS_NEEDED = 2

/** Letters and digits that nobody mistakes for each other on paper (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new recovery key whose secret exists on three sheets of paper only, any two of which restore it. */
export async function newRecoveryKey(): Promise<{ publicKey: Uint8Array; sheets: string[] }> {
  const { publicKey, secretKey } = newKeyPair()
  const shares = await split(secretKey, SHEETS, SHEETS_NEEDED)
  wipe(secretKey)
  return { publicKey, sheets: shares.map(toSheet) }
}

/**
 * The recovery key from two typed sheets.
 * @throws SealBroken when they do not belong together or are mistyped
 */
export async function recover(sheets: readonly string[], publicKey: Uint8Array): Promise<KeyPair> {
  const shares = sheets.map(fromSheet).filter((share) => share !== undefined)
  if (shares.length < SHEETS_NEEDED) throw new SealBroken()
  const secretKey = await combine(shares).catch(() => {
    throw new SealBroken()
  })
  if (Buffer.compare(publicKeyOf(secretKey), publicKey) !== 0) throw new SealBroken()
  return { publicKey, secretKey }
}

/** 33 bytes of a share and two of its check, five bits to a sign. */
const SHEET_SIGNS = 56

/** Two bytes that tell a mistyped sheet from a wrong one. */
const checkOf = (share: Uint8Array): Buffer => createHash('sha256').update(share).digest().subarray(0, 2)

/** A share and its check in groups of five signs. */
function toSheet(share: Uint8Array): string {
  const bits = [...share, ...checkOf(share)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const signs = (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)])
  return (signs.join('').match(/.{1,5}/g) ?? []).join('-')
}

/** Whether what was typed can be a sheet at all: the page tells which of the two to look at again. */
export function isSheet(typed: string): boolean {
  return fromSheet(typed) !== undefined
}

function fromSheet(typed: string): Uint8Array | undefined {
  const signs = typed
    .toUpperCase()
    .replace(/[\s\-\u2010-\u2015\u2212\u200B-\u200D\uFEFF]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const values = [...signs].map((sign) => ALPHABET.indexOf(sign))
  if (values.length !== SHEET_SIGNS || values.includes(-1)) return undefined
  const bits = values.map((value) => value.toString(2).padStart(5, '0')).join('')
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
  const [share, check] = [bytes.subarray(0, -2), bytes.subarray(-2)]
  return checkOf(share).equals(check) ? share : undefined
}
