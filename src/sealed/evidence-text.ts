import { isUtf8 } from 'node:buffer'

export const MAX_TEXT_BYTES = 200 * 1024

const CONTROL = /[^\P{Cc}\t\n\r]/u
/** So far into a file a viewer looks for the beginning of a PDF. */
const PDF_BEGINS_WITHIN = 1024
/** They are not seen, and can count the copies of a text and so tell who passed it on. */
const UNSEEN = /[\p{Cf}\p{Variation_Selector}]/gu

/** A text without what cannot be seen in it; undefined where it is no text at all. */
export function plainText(content: Buffer): Buffer | undefined {
  if (!isUtf8(content)) return undefined
  const text = content.toString('utf8').replace(/^\uFEFF/, '')
  if (CONTROL.test(text) || text.slice(0, PDF_BEGINS_WITHIN).includes('%PDF-')) return undefined
  return Buffer.from(text.replace(UNSEEN, '').replace(/\r\n?/g, '\n'))
}
