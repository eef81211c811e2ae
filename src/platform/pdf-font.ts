import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { composed } from '#domain/text.ts'

/** The face that everything on paper is set in: which characters it can draw and how wide they are. */
export interface PdfFont {
  file: Buffer
  /** By code point; in thousandths of the type size. */
  widths: ReadonlyMap<number, number>
}

/** Control characters and the like: some have a glyph, none belongs in a letter. */
const UNSEEN = /\p{C}/u

let opened: PdfFont | undefined

export function pdfFont(): PdfFont {
  opened ??= openFont('@expo-google-fonts/sarabun/400Regular/Sarabun_400Regular.ttf')
  return opened
}

/** The width of a line of text, as a multiple of the type size. */
export function widthInEm(text: string): number {
  const { widths } = pdfFont()
  let width = 0
  for (const character of text) width += widths.get(character.codePointAt(0) ?? 0) ?? 0
  return width / 1000
}

/**
 * The text without what the face cannot draw, which PDF/UA forbids: signs such as emoji and control
 * characters go, a letter or digit of another script becomes '?' so that it is seen to be missing.
 */
export function drawable(text: string): string {
  const plain = composed(text.replace(/\p{Cs}/gu, ''))
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
  // Thai writes two marks on a letter, at most three; a pile of them would climb over the lines above.
  const lowered = plain.replace(/(\p{M}{3})\p{M}+/gu, '$1')
  return [...lowered].map((character) => drawn(character)).join('')
}

function drawn(character: string): string {
  if (character === '\n' || canDraw(character)) return character
  const plainer = [...character.normalize('NFKC')]
  if (plainer.every(canDraw)) return plainer.join('')
  return /[\p{L}\p{N}]/u.test(character) ? '?' : ''
}

function canDraw(character: string): boolean {
  return pdfFont().widths.has(character.codePointAt(0) ?? 0)
}

function openFont(name: string): PdfFont {
  const file = readFileSync(createRequire(import.meta.url).resolve(name))
  const table = tablesOf(file)
  const units = table('head').readUInt16BE(18)
  const longMetrics = table('hhea').readUInt16BE(34)
  const advances = table('hmtx')
  const widths = new Map<number, number>()
  for (const [codePoint, glyph] of charactersOf(table('cmap'))) {
    const advance = advances.readUInt16BE(4 * Math.min(glyph, longMetrics - 1))
    if (!UNSEEN.test(String.fromCodePoint(codePoint))) widths.set(codePoint, (advance * 1000) / units)
  }
  return { file, widths }
}

function tablesOf(file: Buffer): (tag: string) => Buffer {
  const tables = new Map<string, Buffer>()
  for (let index = 0; index < file.readUInt16BE(4); index += 1) {
    const record = file.subarray(12 + 16 * index)
    const start = record.readUInt32BE(8)
    tables.set(record.toString('latin1', 0, 4), file.subarray(start, start + record.readUInt32BE(12)))
  }
  return (tag) => {
    const table = tables.get(tag)
    if (!table) throw new Error(`the font has no table ${tag}`)
    return table
  }
}

/** Code points with their glyphs, from the table for the Basic Multilingual Plane (OpenType, cmap format 4). */
function* charactersOf(cmap: Buffer): Generator<[number, number]> {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) =>
    cmap.subarray(cmap.readUInt32BE(8 + 8 * index)),
  )
  const table = subtables.find((subtable) => subtable.readUInt16BE(0) === 4)
  if (!table) throw new Error('the font has no character table of format 4')
  const doubled = table.readUInt16BE(6)
  for (let segment = 0; segment < doubled; segment += 2) {
    const last = table.readUInt16BE(14 + segment)
    const first = table.readUInt16BE(16 + doubled + segment)
    const shift = table.readUInt16BE(16 + 2 * doubled + segment)
    const rangeAt = 16 + 3 * doubled + segment
    const range = table.readUInt16BE(rangeAt)
    for (let code = first; code <= last && code !== 0xffff; code += 1) {
      const listed = range === 0 ? code : table.readUInt16BE(rangeAt + range + 2 * (code - first))
      const glyph = range !== 0 && listed === 0 ? 0 : (listed + shift) & 0xffff
      if (glyph !== 0) yield [code, glyph]
    }
  }
}
