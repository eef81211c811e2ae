import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keyed hashes of secrets that people hold (tracking codes, sessions, links): a stolen database opens nothing. */
export interface KeyedHash {
  /** Hex HMAC-SHA256 of `value`, separate for each `purpose`. */
  hash(purpose: string, value: string): string
  bytes(purpose: string, value: string): Buffer
}

/** Reads the office's secret key from `keys/portal.key` (mode 600) or makes it at the first start. */
export function openKeyedHash(dataDir: string): KeyedHash {
  const folder = join(dataDir, 'keys')
  const file = join(folder, 'portal.key')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== 32) throw new Error('keys/portal.key is damaged: restore it from the backup')
  const bytes = (purpose: string, value: string) =>
    createHmac('sha256', key).update(`${purpose}\0${value}`).digest()
  return { bytes, hash: (purpose, value) => bytes(purpose, value).toString('hex') }
}

/** A fresh unguessable token of 128 bits for links, forms and sessions. */
export const newToken = (): string => randomBytes(16).toString('base64url')
