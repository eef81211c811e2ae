import { hash, verify } from '@node-rs/argon2'
import { composed } from '#domain/text.ts'

// OWASP's second recommended Argon2id setting; about 15 ms on a small server.
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(composed(password, 'NFKC'), ARGON2ID)

export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, composed(password, 'NFKC'))

let decoy: Promise<string> | undefined

/** Takes as long as verifying a real account, so that unknown user names cannot be told by time. */
export async function verifyNobody(password: string): Promise<false> {
  decoy ??= hashPassword('nobody has this password')
  await verifyPassword(await decoy, password)
  return false
}
