import type { PictureKind } from '#platform/file-kinds.ts'
import { MAX_PIXELS, type Sharp, sharp } from '#platform/guarded-sharp.ts'

/** Enough to read a photographed document by. */
const MAX_SIDE = 3000
const MAX_SECONDS = 20

const ENCODE: Record<PictureKind, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.jpeg({ quality: 88 }),
  png: (picture) => picture.png(),
  webp: (picture) => picture.webp({ quality: 88 }),
}

/**
 * Draws a picture anew from its bare pixels, upright and in the colours of a screen: the encoder never sees
 * anything else that came with it, not even its resolution.
 */
export async function redrawPicture(
  content: Buffer,
  kind: PictureKind,
): Promise<{ content: Buffer } | { refused: 'damaged' | 'too_many_pixels' }> {
  try {
    const header = await sharp(content, { limitInputPixels: false, failOn: 'error' }).metadata()
    if (header.format !== kind) return { refused: 'damaged' }
    if (header.width * header.height > MAX_PIXELS) return { refused: 'too_many_pixels' }
    const { data, info } = await sharp(content, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const { width, height, channels } = info
    if (channels === 4) emptyTransparentPixels(data)
    const drawn = sharp(data, { raw: { width, height, channels } }).timeout({ seconds: MAX_SECONDS })
    return { content: await ENCODE[kind](drawn).toBuffer() }
  } catch {
    // Every error of the decoder has the same meaning to a person: this picture cannot be opened.
    return { refused: 'damaged' }
  }
}

/** What was erased to transparency in a drawing program still has its colours, which nobody sees. */
function emptyTransparentPixels(rgba: Buffer): void {
  for (let at = 0; at < rgba.length; at += 4) {
    // One by one: a call for each of nine million pixels would keep everybody waiting.
    if (rgba[at + 3] === 0) rgba[at] = rgba[at + 1] = rgba[at + 2] = 0
  }
}
