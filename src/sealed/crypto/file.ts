import sodium from 'libsodium-wrappers'
import { type Key, orBroken, SealBroken } from './sodium.ts'

await sodium.ready

/** Sizes on disk come in whole blocks, so that they fit many files. */
const BLOCK = 64 * 1024

const { crypto_secretstream_xchacha20poly1305_ABYTES: TAG_BYTES } = sodium
const { crypto_secretstream_xchacha20poly1305_HEADERBYTES: HEADER_BYTES } = sodium

/**
 * A file as libsodium's secretstream in blocks of 64 KiB, the last one padded and marked as final: what is cut
 * short, put in another order or belongs elsewhere does not open.
 */
export function encryptFile(key: Key, content: Buffer, place: string): Buffer {
  const { state, header } = sodium.crypto_secretstream_xchacha20poly1305_init_push(key)
  const padded = Buffer.alloc((Math.floor(content.length / BLOCK) + 1) * BLOCK)
  content.copy(padded)
  // ISO/IEC 7816-4: one bit, then zeros.
  padded[content.length] = 0x80
  const parts: Uint8Array[] = [header]
  for (let at = 0; at < padded.length; at += BLOCK) {
    const isLast = at + BLOCK === padded.length
    const tag = isLast
      ? sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
      : sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
    const block = padded.subarray(at, at + BLOCK)
    parts.push(sodium.crypto_secretstream_xchacha20poly1305_push(state, block, place, tag))
  }
  padded.fill(0)
  return Buffer.concat(parts)
}

/** @throws SealBroken */
export function decryptFile(key: Key, sealed: Buffer, place: string): Buffer {
  if (sealed.length < HEADER_BYTES) throw new SealBroken()
  const state = sodium.crypto_secretstream_xchacha20poly1305_init_pull(sealed.subarray(0, HEADER_BYTES), key)
  const blocks: Uint8Array[] = []
  let isFinal = false
  for (let at = HEADER_BYTES; at < sealed.length; at += BLOCK + TAG_BYTES) {
    const part = sealed.subarray(at, at + BLOCK + TAG_BYTES)
    const pulled: false | { message: Uint8Array; tag: number } = isFinal
      ? false
      : orBroken(() => sodium.crypto_secretstream_xchacha20poly1305_pull(state, part, place))
    if (!pulled) throw new SealBroken()
    isFinal = pulled.tag === sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    blocks.push(pulled.message)
  }
  if (!isFinal) throw new SealBroken()
  const padded = Buffer.concat(blocks)
  const end = padded.lastIndexOf(0x80)
  if (end < 0) throw new SealBroken()
  return padded.subarray(0, end)
}
