import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a marker was found, and as what it was written there. */
export interface Finding {
  file: string
  marker: string
  form: string
}

/** Shorter ones are found by chance in any ciphertext. */
const FEWEST_BYTES = 8

/**
 * Searches every file below the folders, with -wal, -shm and whatever else lies there, and their names, for
 * markers in every form in which a program writes text down. A folder that does not exist is an error: a search
 * that looked nowhere finds nothing.
 */
export function findMarkers(folders: readonly string[], markers: readonly string[]): Finding[] {
  return folders
    .flatMap(filesBelow)
    .flatMap((file) => [
      ...findMarkersIn(file, markers).map(({ marker, form }) => ({ file, marker, form: `name, ${form}` })),
      ...findMarkersIn(contentOf(file), markers).map(({ marker, form }) => ({ file, marker, form })),
    ])
}

/** The same for what a process said, a mail or an answer. */
export function findMarkersIn(
  content: Buffer | string,
  markers: readonly string[],
): Pick<Finding, 'marker' | 'form'>[] {
  const bytes = Buffer.from(content)
  return markers.flatMap((marker) =>
    Object.entries(formsOf(marker))
      .filter(([, needles]) => needles.some((needle) => bytes.includes(needle)))
      .map(([form]) => ({ marker, form })),
  )
}

/** A receipt in the ways in which it could be written down by accident, and its halves. */
export function receiptMarkers(receipt: string): string[] {
  const groups = receipt.match(/\d{5}/g) ?? []
  const thai = receipt.replace(/\d/g, (digit) => String.fromCodePoint(0x0e50 + Number(digit)))
  const halves = [receipt.slice(0, 12), receipt.slice(12)]
  return [receipt, groups.join(' '), groups.join('-'), thai, ...halves]
}

function formsOf(marker: string): Record<string, Buffer[]> {
  const texts = [...new Set([marker, marker.normalize('NFC'), marker.normalize('NFKC')])]
  if (Buffer.byteLength(marker) < FEWEST_BYTES) throw new Error(`too short for a marker: ${marker}`)
  const utf8 = texts.map((text) => Buffer.from(text, 'utf8'))
  const utf16le = texts.map((text) => Buffer.from(text, 'utf16le'))
  const utf16be = utf16le.map((bytes) => Buffer.from(bytes).swap16())
  const raw = { 'UTF-8': utf8, 'UTF-16LE': utf16le, 'UTF-16BE': utf16be }
  return {
    ...raw,
    ...Object.fromEntries(
      Object.entries(raw).flatMap(([name, all]) => [
        [`base64 of ${name}`, all.flatMap(base64Forms).map(ascii)],
        [`hex of ${name}`, all.flatMap(hexForms).map(ascii)],
      ]),
    ),
    'percent-encoded': texts.flatMap(percentForms).map(ascii),
    'escaped for JSON': texts.flatMap(jsonForms).map(ascii),
  }
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

/** How the bytes look in the middle of a longer base64 text: it depends on how many stand before them. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // Signs that also carry bits of the neighbours are unknown.
    const first = Math.ceil((before * 8) / 6)
    const end = Math.floor(((before + bytes.length) * 8) / 6)
    const sure = whole.slice(first, end)
    return [sure, sure.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function hexForms(bytes: Buffer): string[] {
  const hex = bytes.toString('hex')
  return [hex, hex.toUpperCase()]
}

/** Every byte encoded or only those that must be, spaces as %20 or +, the digits small or capital. */
function percentForms(text: string): string[] {
  const every = [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const needed = encodeURIComponent(text)
  const small = needed.replace(/%../g, (code) => code.toLowerCase())
  const forms = [every, every.toUpperCase(), needed, small]
  return [...forms, ...forms.map((form) => form.replace(/%20/g, '+'))]
}

function jsonForms(text: string): string[] {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  const whole = text.replace(/[^\x20-\x7e]/g, escaped)
  return [whole, whole.replace(/\\u..../g, (code) => `\\u${code.slice(2).toUpperCase()}`)]
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

/** Empty where the file is gone meanwhile: a running portal removes some. */
function contentOf(file: string): Buffer {
  try {
    return lstatSync(file).isFile() ? readFileSync(file) : Buffer.alloc(0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
