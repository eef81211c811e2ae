import { isUtf8 } from 'node:buffer'
import { type KindRefusal, kindOf, type PictureKind } from '#platform/file-kinds.ts'
import { turns } from '#platform/turns.ts'
import { type PdfRefusal, redrawPdf } from './evidence-pdf.ts'
import { redrawPicture } from './evidence-picture.ts'
import { MAX_TEXT_BYTES, plainText } from './evidence-text.ts'

export type EvidenceMime = 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf' | 'text/plain'

export interface EvidenceFile {
  mime: EvidenceMime
  extension: string
  content: Buffer
}

export type EvidenceRefusal =
  | 'empty'
  | 'damaged'
  | 'too_many_pixels'
  | 'too_heavy'
  | 'text_too_long'
  | KindRefusal
  | PdfRefusal

export type EvidenceResult =
  | { ok: true; clean: EvidenceFile; original: EvidenceFile | null }
  | { ok: false; reason: EvidenceRefusal }

type Kind = PictureKind | 'pdf' | 'text'

const KINDS: Record<Kind, Omit<EvidenceFile, 'content'>> = {
  jpeg: { mime: 'image/jpeg', extension: 'jpg' },
  png: { mime: 'image/png', extension: 'png' },
  webp: { mime: 'image/webp', extension: 'webp' },
  pdf: { mime: 'application/pdf', extension: 'pdf' },
  text: { mime: 'text/plain', extension: 'txt' },
}

const MAX_AT_ONCE = 2
/** Ten megabytes can be drawn out to many more. */
const MAX_CLEAN_BYTES = 32 * 1024 * 1024

const takeTurn = turns(MAX_AT_ONCE)

/**
 * Makes a reporter's file tell nothing but what is seen in it. Its kind is decided by its content alone; it has
 * no name here. Everything happens in memory: no byte of it is ever written anywhere.
 * @returns with `keepOriginal` also the file as it came, which may say who made it, where and with what
 */
export function cleanEvidence(content: Buffer, keepOriginal: boolean): Promise<EvidenceResult> {
  return takeTurn(async () => {
    if (content.length === 0) return refuse('empty')
    const found = await kindOf(content)
    const kind = 'kind' in found ? found.kind : 'text'
    // Unknown to the detector, which knows signatures only, may still be a text.
    if ('refused' in found && found.refused !== 'unknown') return refuse(found.refused)
    const result = await redraw(content, kind)
    if ('refused' in result) return refuse(result.refused)
    if (result.content.length > MAX_CLEAN_BYTES) return refuse('too_heavy')
    const original = keepOriginal ? { ...KINDS[kind], content } : null
    return { ok: true, clean: { ...KINDS[kind], content: result.content }, original }
  })
}

async function redraw(
  content: Buffer,
  kind: Kind,
): Promise<{ content: Buffer } | { refused: EvidenceRefusal }> {
  if (kind === 'pdf') return redrawPdf(content)
  if (kind !== 'text') return redrawPicture(content, kind)
  // What is too long is not looked into: that would keep everybody waiting.
  if (content.length > MAX_TEXT_BYTES) return { refused: isUtf8(content) ? 'text_too_long' : 'unknown' }
  const text = plainText(content)
  return text ? { content: text } : { refused: 'unknown' }
}

const refuse = (reason: EvidenceRefusal): EvidenceResult => ({ ok: false, reason })
