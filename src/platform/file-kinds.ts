import { fileTypeFromBuffer } from 'file-type'

export type PictureKind = 'jpeg' | 'png' | 'webp'

export type KindRefusal = 'heic' | 'office' | 'video' | 'svg' | 'unknown'

const PICTURES = new Map<string, PictureKind>([
  ['image/jpeg', 'jpeg'],
  ['image/png', 'png'],
  ['image/apng', 'png'],
  ['image/webp', 'webp'],
])

/** Kinds that people do try to attach: each has its own advice. */
const REFUSED: readonly (readonly [RegExp, KindRefusal])[] = [
  [/^image\/hei[cf]/, 'heic'],
  [/^video\//, 'video'],
  [/officedocument|opendocument|ms-(word|excel|powerpoint)|^application\/(zip|x-cfb|rtf)$/, 'office'],
]

/** What a file is by its content alone, or why its kind is not taken. */
export async function kindOf(
  content: Buffer,
): Promise<{ kind: PictureKind | 'pdf' } | { refused: KindRefusal }> {
  const mime = await detectMime(content)
  const picture = mime && PICTURES.get(mime)
  if (picture) return { kind: picture }
  if (mime !== 'application/pdf') return { refused: explainRefusal(mime, content) }
  // file-type looks past a byte order mark or an ID3 tag, a viewer may not: the file must begin as a PDF.
  return content.toString('latin1', 0, 5) === '%PDF-' ? { kind: 'pdf' } : { refused: 'unknown' }
}

/** A detector that trips over crafted bytes has not recognised them. */
async function detectMime(content: Buffer): Promise<string | undefined> {
  try {
    return (await fileTypeFromBuffer(content))?.mime
  } catch {
    return undefined
  }
}

function explainRefusal(mime: string | undefined, content: Buffer): KindRefusal {
  const known = mime && REFUSED.find(([pattern]) => pattern.test(mime))
  if (known) return known[1]
  return /<(svg|html)[\s>]/i.test(content.toString('latin1', 0, 4096)) ? 'svg' : 'unknown'
}
