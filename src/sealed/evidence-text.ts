import { isUtf8 } from 'node:buffer'

export const MAX_TEXT_BYTES = 200 * 1024

const CONTROL = /[^\P{Cc}\t\n\r]/u
/** They are not seen, and can count the copies of a text and so tell who passed it on. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}]/gu

/** A text without what cannot be seen in it; undefined where it is no text at all. */
export function plainText(content: Buffer): Buffer | undefined {
  if (!isUtf8(content)) return undefined
  const text = content.toString('utf8').replace(/^\uFEFF/, '')
  if (CONTROL.test(text)) return undefined
  return Buffer.from(text.replace(UNSEEN, '').replace(/\r\n?/g, '\n'))
}
