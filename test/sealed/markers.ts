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
  const search = searchFor(markers)
  return folders
    .flatMap(filesBelow)
    .flatMap((file) => [
      ...search(Buffer.from(file)).map(({ marker, form }) => ({ file, marker, form: `name, ${form}` })),
      ...search(contentOf(file)).map(({ marker, form }) => ({ file, marker, form })),
    ])
}

/** The same for what a process said, a mail or an answer. */
export function findMarkersIn(
  content: Buffer | string,
  markers: readonly string[],
): Pick<Finding, 'marker' | 'form'>[] {
  return searchFor(markers)(Buffer.from(content))
}

interface Needle {
  marker: string
  form: string
  bytes: Buffer
}

/** Bits of the first four bytes of a needle by which most places are passed over at once. */
const SIEVE_BITS = 20
const sieved = (word: number): number => Math.imul(word, 0x9e3779b1) >>> (32 - SIEVE_BITS)

/** Thousands of needles in one pass over the content. */
function searchFor(markers: readonly string[]) {
  const needles = markers.flatMap((marker) =>
    Object.entries(formsOf(marker)).flatMap(([form, all]) => all.map((bytes) => ({ marker, form, bytes }))),
  )
  const sieve = new Uint8Array(1 << SIEVE_BITS)
  const byWord = new Map<number, Needle[]>()
  for (const needle of needles) {
    const word = needle.bytes.readInt32BE(0)
    sieve[sieved(word)] = 1
    byWord.set(word, [...(byWord.get(word) ?? []), needle])
  }
  return (content: Buffer): Pick<Finding, 'marker' | 'form'>[] => {
    const found = new Set<Needle>()
    let word = 0
    for (let end = 0; end < content.length; end += 1) {
      word = (word << 8) | (content[end] ?? 0)
      if (end < 3 || !sieve[sieved(word)]) continue
      for (const needle of byWord.get(word) ?? []) {
        const start = end - 3
        if (needle.bytes.equals(content.subarray(start, start + needle.bytes.length))) found.add(needle)
      }
    }
    const names = new Map([...found].map(({ marker, form }) => [`${marker}\0${form}`, { marker, form }]))
    return [...names.values()]
  }
}

/** A receipt in the ways in which it could be written down by accident, and its halves. */
export function receiptMarkers(receipt: string): string[] {
  const groups = receipt.match(/\d{5}/g) ?? []
  const thai = receipt.replace(/\d/g, (digit) => String.fromCodePoint(0x0e50 + Number(digit)))
  const halves = [receipt.slice(0, 12), receipt.slice(12)]
  return [receipt, groups.join(' '), groups.join('-'), thai, ...halves]
}

/** The same bytes are looked for once, under the first of their names. */
function formsOf(marker: string): Record<string, Buffer[]> {
  const texts = [...new Set([marker, marker.normalize('NFC'), marker.normalize('NFKC')])]
  if (Buffer.byteLength(marker) < FEWEST_BYTES) throw new Error(`too short for a marker: ${marker}`)
  const utf8 = texts.map((text) => Buffer.from(text, 'utf8'))
  const utf16le = texts.map((text) => Buffer.from(text, 'utf16le'))
  const utf16be = utf16le.map((bytes) => Buffer.from(bytes).swap16())
  const raw = { 'UTF-8': utf8, 'UTF-16LE': utf16le, 'UTF-16BE': utf16be }
  const all = {
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
  const known = new Set<string>()
  return Object.fromEntries(
    Object.entries(all).map(([form, needles]) => [
      form,
      needles.filter((needle) => {
        const text = needle.toString('latin1')
        return !known.has(text) && known.add(text)
      }),
    ]),
  )
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
