import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { ImportError } from './import-error.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-874'

export interface TextFile {
  path: string
  encoding: Encoding
  bytes: number
}

/** Of the characters beyond ASCII, this share must be unreadable before a file is taken for Windows-874. */
const NOT_UTF8 = 0.2

/**
 * Finds out how the letters of a file are written, by its whole content: a Thai text of Windows-874 is
 * unreadable as UTF-8 nearly everywhere, a UTF-8 file with a damaged letter only there.
 * @throws ImportError when the file cannot be opened or is no text
 */
export async function openTextFile(path: string): Promise<TextFile> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new ImportError(`ไม่พบไฟล์ / no such file: ${path}`)
  return { path, bytes: found.size, encoding: await detectEncoding(path) }
}

async function detectEncoding(path: string): Promise<Encoding> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let beyondAscii = 0
  let unreadable = 0
  let first = true
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer
    if (first && bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
    if (first && bytes.toString('latin1', 0, 2) === 'PK') {
      throw new ImportError('ไฟล์นี้เป็น Excel กรุณาบันทึกเป็น CSV / this is an Excel workbook: save it as CSV')
    }
    first = false
    const text = decoder.decode(bytes, { stream: true })
    beyondAscii += text.match(/[^\0-\x7F]/gu)?.length ?? 0
    unreadable += text.match(/\uFFFD/g)?.length ?? 0
  }
  return unreadable > beyondAscii * NOT_UTF8 ? 'windows-874' : 'utf-8'
}

/**
 * The text piece by piece, without byte order mark and with every line ended by LF. `onBytes` hears how much
 * of the file has been read.
 */
export async function* readText(file: TextFile, onBytes: (done: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(file.encoding)
  let done = 0
  let carried = ''
  for await (const chunk of createReadStream(file.path)) {
    const bytes = chunk as Buffer
    done += bytes.length
    const text = carried + decoder.decode(bytes, { stream: true })
    // A CR at the end may be the first half of a CR LF.
    carried = text.endsWith('\r') ? '\r' : ''
    yield withLf(carried ? text.slice(0, -1) : text)
    onBytes(done)
  }
  yield withLf(carried + decoder.decode())
}

const withLf = (text: string): string => text.replace(/\r\n?/g, '\n')
