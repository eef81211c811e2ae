import { hkdfSync } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { hashRaw } from '@node-rs/argon2'
import { AppError } from '#domain/errors.ts'
import { composed } from '#domain/text.ts'
import type { Key } from './sodium.ts'

const MEBIBYTE = 1024

/** Argon2id of a receipt: 128 MiB for each guess (RFC 9106 in spirit, halved for a small machine). */
const RECEIPT_COST = { algorithm: 2, timeCost: 3, memoryCost: 128 * MEBIBYTE, parallelism: 1, outputLen: 32 }
/** Argon2id of a vault passphrase, which a person chose: twice the memory. */
const VAULT_COST = { ...RECEIPT_COST, memoryCost: 256 * MEBIBYTE }

/** What a receipt opens: where its report is found, and the key of the reporter's own key. */
export interface ReceiptKeys {
  lookup: Buffer
  key: Key
}

/**
 * Each purpose has a turn of its own: whoever guesses receipts keeps neither reports nor officers waiting, and
 * three derivations at once are all the memory that ever goes to them.
 */
const takeTurn = { guess: queue(20), report: queue(20), vault: queue(10) }

/**
 * @param holdBack milliseconds that the turn is kept before it begins, asked when its time has come: waiting
 *   there, guesses sent side by side are no quicker than one after the other
 * @throws AppError unavailable `busy` when too many wait
 */
export function deriveReceipt(
  code: string,
  salt: Buffer,
  pepper: Buffer,
  purpose: 'guess' | 'report',
  holdBack: () => number = () => 0,
): Promise<ReceiptKeys> {
  return takeTurn[purpose](async () => {
    const wait = holdBack()
    if (wait > 0) await setTimeout(wait)
    const hashed = await hashRaw(code, { ...RECEIPT_COST, salt })
    const secret = Buffer.concat([hashed, pepper])
    const keys = { lookup: expand(secret, 'receipt-lookup/v1'), key: expand(secret, 'receipt-kek/v1') }
    hashed.fill(0)
    secret.fill(0)
    return keys
  })
}

/** @throws AppError unavailable `busy` when too many wait */
export function deriveVaultKey(passphrase: string, salt: Buffer): Promise<Key> {
  return takeTurn.vault(async () => {
    const hashed = await hashRaw(plainPassphrase(passphrase), { ...VAULT_COST, salt })
    const key = expand(hashed, 'ppk/officer-kek/v1')
    hashed.fill(0)
    return key
  })
}

/** The one form a passphrase is used in: keyboards and copying add invisible characters and double spaces. */
export function plainPassphrase(typed: string): string {
  return (
    composed(typed.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, ''), 'NFKC')
      // The parts of sara am and a tone mark, in whichever order they were typed.
      .replace(/\u0E4D([\u0E48-\u0E4B]+)/g, '$1\u0E4D')
      .replace(/\s+/g, ' ')
      .trim()
  )
}

/** HKDF-SHA256 (RFC 5869) without salt: the input is uniformly random already. */
function expand(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), purpose, 32))
}

/** One at a time, `most` more may wait. */
function queue(most: number) {
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting > most) return Promise.reject(new AppError('unavailable', 'busy'))
    waiting += 1
    const turn = last.then(work).finally(() => {
      waiting -= 1
    })
    last = turn.catch(() => undefined)
    return turn
  }
}
