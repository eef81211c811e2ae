import sodium from 'libsodium-wrappers'

await sodium.ready

/** 32 random bytes: a key of XChaCha20-Poly1305. */
export type Key = Uint8Array

export interface KeyPair {
  publicKey: Uint8Array
  secretKey: Uint8Array
}

/** What was stored is not what was sealed here: damaged, moved or forged. Carries no detail on purpose. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'

  constructor() {
    super('a sealed part cannot be opened')
  }
}

/** Lengths of messages tell less when they come in steps of a kibibyte. */
const PAD = 1024

export const newKey = (): Key => sodium.randombytes_buf(32)

/** A fresh X25519 key pair. */
export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  return { publicKey, secretKey: privateKey }
}

export const publicKeyOf = (secretKey: Uint8Array): Uint8Array => sodium.crypto_scalarmult_base(secretKey)

/** Seals a key to the holder of a public key (crypto_box_seal: X25519, XSalsa20-Poly1305). */
export function sealTo(publicKey: Uint8Array, content: Uint8Array): Buffer {
  return Buffer.from(sodium.crypto_box_seal(content, publicKey))
}

/** @throws SealBroken */
export function openSealed(pair: KeyPair, sealed: Uint8Array): Uint8Array {
  return orBroken(() => sodium.crypto_box_seal_open(sealed, pair.publicKey, pair.secretKey))
}

/** XChaCha20-Poly1305: nonce, then ciphertext. `place` says where it belongs, so that it opens nowhere else. */
export function encrypt(key: Key, content: Uint8Array, place: string): Buffer {
  const nonce = sodium.randombytes_buf(sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  const cipher = sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(content, place, null, nonce, key)
  return Buffer.concat([nonce, cipher])
}

/** @throws SealBroken */
export function decrypt(key: Key, sealed: Uint8Array, place: string): Uint8Array {
  const nonce = sealed.subarray(0, sodium.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
  const cipher = sealed.subarray(nonce.length)
  return orBroken(() => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, cipher, place, nonce, key))
}

/** A value as JSON, padded to whole kibibytes and encrypted for its place. */
export function encryptJson(key: Key, value: unknown, place: string): Buffer {
  const plain = Buffer.from(JSON.stringify(value), 'utf8')
  const padded = sodium.pad(plain, PAD)
  const sealed = encrypt(key, padded, place)
  wipe(plain, padded)
  return sealed
}

/** @throws SealBroken */
export function decryptJson<T>(key: Key, sealed: Uint8Array, place: string): T {
  const padded = decrypt(key, sealed, place)
  return JSON.parse(Buffer.from(sodium.unpad(padded, PAD)).toString('utf8')) as T
}

/** Overwrites secrets that have served; what the runtime copied elsewhere is beyond reach. */
export function wipe(...secrets: Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0)
}

/** What is sealed inside; undefined where it is damaged, which must not stand in the way of everything else. */
export function orDamaged<T>(open: () => T): T | undefined {
  try {
    return open()
  } catch (error) {
    if (error instanceof SealBroken) return undefined
    throw error
  }
}

/** What libsodium refuses, for whatever reason, is broken. @throws SealBroken */
export function orBroken<T>(open: () => T): T {
  try {
    return open()
  } catch {
    throw new SealBroken()
  }
}
