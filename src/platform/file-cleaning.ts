import { readFile } from 'node:fs/promises'
import { type KindRefusal, kindOf, type PictureKind } from './file-kinds.ts'
import { cleanFileName } from './file-names.ts'
import { MAX_PIXELS, type Sharp, sharp } from './guarded-sharp.ts'
import { turns } from './turns.ts'

export type CleanMime = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf'

export type FileRefusal = 'empty' | 'damaged' | 'too_many_pixels' | KindRefusal

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

const MAX_SIDE = 2000
const MAX_SECONDS = 30
const MAX_AT_ONCE = 2

interface PictureFormat {
  mime: CleanMime
  extension: 'jpg' | 'png' | 'webp'
  encode(picture: Sharp): Sharp
}

const FORMATS: Record<PictureKind, PictureFormat> = {
  jpeg: { mime: 'image/jpeg', extension: 'jpg', encode: (picture) => picture.jpeg({ quality: 82 }) },
  png: { mime: 'image/png', extension: 'png', encode: (picture) => picture.png() },
  webp: { mime: 'image/webp', extension: 'webp', encode: (picture) => picture.webp({ quality: 82 }) },
}

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
    const found = await kindOf(content)
    if ('refused' in found) return refuse(found.refused)
    if (found.kind === 'pdf') return keepPdf(content, path, declaredName)
    return redraw(content, found.kind, declaredName)
  })
}

async function redraw(content: Buffer, kind: PictureKind, declaredName: string): Promise<CleaningResult> {
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

function keepPdf(content: Buffer, path: string, declaredName: string): CleaningResult {
  if (!content.includes('%%EOF')) return refuse('damaged')
  const name = cleanFileName(declaredName, 'pdf')
  return { ok: true, name, mime: 'application/pdf', extension: 'pdf', source: path, bytes: content.length }
}

const refuse = (reason: FileRefusal): CleaningResult => ({ ok: false, reason })
