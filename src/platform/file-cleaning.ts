import { readFile } from 'node:fs/promises'
import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Sharp } from 'sharp'
import { cleanFileName } from './file-names.ts'

export type CleanMime = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

export type FileRefusal =
  | 'empty'
  | 'heic'
  | 'office'
  | 'video'
  | 'svg'
  | 'unknown'
  | 'damaged'
  | 'too_many_pixels'

/** A file that may be kept: a picture drawn anew without its metadata, or a PDF as it came. */
export interface CleanFile {
  ok: true
  /** The given name with the extension of what the file really is. */
  name: string
  mime: CleanMime
  extension: 'jpg' | 'png' | 'webp' | 'pdf'
  /** For `storeFile`: the picture as redrawn, or the path of the PDF itself. */
  source: Buffer | string
  bytes: number
  width?: number
  height?: number
}

export type CleaningResult = CleanFile | { ok: false; reason: FileRefusal }

export const MAX_PIXELS = 50e6
const MAX_SIDE = 2000
const MAX_SECONDS = 30
const MAX_AT_ONCE = 2

// Only these three decoders may ever see a stranger's bytes; whatever else libvips can read stays shut.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
})
// Two pictures on one thread each leave a small machine free to answer pages; nothing is worth caching.
sharp.concurrency(1)
sharp.cache(false)

interface PictureFormat {
  mime: CleanMime
  extension: 'jpg' | 'png' | 'webp'
  encode(picture: Sharp): Sharp
}

const FORMATS: Record<'jpeg' | 'png' | 'webp', PictureFormat> = {
  jpeg: { mime: 'image/jpeg', extension: 'jpg', encode: (picture) => picture.jpeg({ quality: 82 }) },
  png: { mime: 'image/png', extension: 'png', encode: (picture) => picture.png() },
  webp: { mime: 'image/webp', extension: 'webp', encode: (picture) => picture.webp({ quality: 82 }) },
}

const PICTURES = new Map<string, keyof typeof FORMATS>([
  ['image/jpeg', 'jpeg'],
  ['image/png', 'png'],
  ['image/apng', 'png'],
  ['image/webp', 'webp'],
])

/** Kinds that people do try to attach: each has its own advice. */
const REFUSED: readonly (readonly [RegExp, FileRefusal])[] = [
  [/^image\/hei[cf]/, 'heic'],
  [/^video\//, 'video'],
  [/officedocument|opendocument|ms-(word|excel|powerpoint)|^application\/(zip|x-cfb|rtf)$/, 'office'],
]

const takeTurn = turns(MAX_AT_ONCE)

/**
 * Decides by the content alone what a file is and makes it harmless. A picture loses everything but its
 * pixels: a photo from a phone carries the place and time where the citizen stood. A PDF is not changed
 * and must only ever be sent as a download. The file at `path` stays where it is.
 */
export function cleanFile(path: string, declaredName: string): Promise<CleaningResult> {
  return takeTurn(async () => {
    const content = await readFile(path)
    if (content.length === 0) return refuse('empty')
    const mime = await detectMime(content)
    const picture = mime && PICTURES.get(mime)
    if (picture) return redraw(content, picture, declaredName)
    if (mime === 'application/pdf') return keepPdf(content, path, declaredName)
    return refuse(explainRefusal(mime, content))
  })
}

/** A detector that trips over crafted bytes has not recognised them. */
async function detectMime(content: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(content))?.mime
  } catch {
    return undefined
  }
}

async function redraw(
  content: Buffer,
  kind: keyof typeof FORMATS,
  declaredName: string,
): Promise<CleaningResult> {
  const { mime, extension, encode } = FORMATS[kind]
  const name = cleanFileName(declaredName, extension)
  try {
    const header = await sharp(content, { limitInputPixels: false, failOn: 'error' }).metadata()
    if (header.format !== kind) return refuse('damaged')
    if (header.width * header.height > MAX_PIXELS) return refuse('too_many_pixels')
    const picture = sharp(content, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
    const { data, info } = await encode(picture).toBuffer({ resolveWithObject: true })
    const { width, height } = info
    return { ok: true, name, mime, extension, source: data, bytes: data.length, width, height }
  } catch {
    // Every error of the decoder has the same meaning to a citizen: this picture cannot be opened.
    return refuse('damaged')
  }
}

/** file-type looks past a byte order mark or an ID3 tag, a viewer may not: the file must begin as a PDF. */
function keepPdf(content: Buffer, path: string, declaredName: string): CleaningResult {
  if (content.toString('latin1', 0, 5) !== '%PDF-') return refuse('unknown')
  if (!content.includes('%%EOF')) return refuse('damaged')
  const name = cleanFileName(declaredName, 'pdf')
  return { ok: true, name, mime: 'application/pdf', extension: 'pdf', source: path, bytes: content.length }
}

function explainRefusal(mime: string | undefined, content: Buffer): FileRefusal {
  const known = mime && REFUSED.find(([pattern]) => pattern.test(mime))
  if (known) return known[1]
  return /<(svg|html)[\s>]/i.test(content.toString('latin1', 0, 4096)) ? 'svg' : 'unknown'
}

const refuse = (reason: FileRefusal): CleaningResult => ({ ok: false, reason })

/** Lets `limit` pieces of work run at once; the others wait in order. */
function turns(limit: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running < limit) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
