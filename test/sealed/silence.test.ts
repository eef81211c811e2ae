import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { newReceipt } from '#sealed/crypto/receipt.ts'
import { findMarkers, findMarkersIn, receiptMarkers } from './markers.ts'

const MARKER = 'กระทำผิด/ถนน สาย 4?>'
const OTHERS = ['เครื่องหมายที่ไม่มีที่ใด', 'nowhere-to-be-found-4711']

const folder = mkdtempSync(join(tmpdir(), 'siang-markers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NOISE = Buffer.from(Array.from({ length: 4099 }, (_, index) => (index * 7919 + 13) % 256))

/** The marker as somebody else's program writes it, with other bytes before and behind it. */
const PLANTED: Record<string, Buffer> = {
  'UTF-8': Buffer.from(MARKER),
  'UTF-16LE': Buffer.from(MARKER, 'utf16le'),
  'UTF-16BE': Buffer.from(MARKER, 'utf16le').swap16(),
  ...Object.fromEntries(
    ['', 'x', 'xy', 'xyz'].map((before) => [
      `base64 of UTF-8, ${before.length} before`,
      Buffer.from(Buffer.from(`${before}${MARKER} and more`).toString('base64')),
    ]),
  ),
  'base64 of UTF-8, for addresses': Buffer.from(Buffer.from(`x${MARKER}`).toString('base64url')),
  'base64 of UTF-16LE': Buffer.from(Buffer.from(`x${MARKER}`, 'utf16le').toString('base64')),
  'hex of UTF-8': Buffer.from(Buffer.from(MARKER).toString('hex')),
  'hex of UTF-16BE': Buffer.from(Buffer.from(MARKER, 'utf16le').swap16().toString('hex').toUpperCase()),
  'percent-encoded': Buffer.from(new URL('http://x/').href + encodeURIComponent(MARKER)),
  'percent-encoded, in a form': Buffer.from(new URLSearchParams({ what: MARKER }).toString()),
}

describe('the search for markers', () => {
  it.each(Object.keys(PLANTED))('finds one written as %s', (name) => {
    const path = join(folder, `${name}.bin`)
    writeFileSync(path, Buffer.concat([NOISE, PLANTED[name] ?? Buffer.alloc(0), NOISE]))
    const found = findMarkers([folder], [MARKER, ...OTHERS])
    expect(found.map(({ file, marker }) => [file, marker])).toContainEqual([path, MARKER])
    const [form = ''] = name.split(',')
    expect(found.find(({ file }) => file === path)?.form).toBe(form)
    rmSync(path)
  })

  it('finds one in a line of a log that escapes everything but ASCII', () => {
    const line = JSON.stringify({ msg: MARKER }).replace(
      /[^\x20-\x7e]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    expect(findMarkersIn(line, [MARKER])).toEqual([{ marker: MARKER, form: 'escaped for JSON' }])
  })

  it('finds one in the log of a database that nobody has closed, and in folders below', () => {
    const below = join(folder, 'a', 'b')
    mkdirSync(below, { recursive: true })
    const db = new Sqlite(join(below, 'open.sqlite'))
    db.pragma('journal_mode = wal')
    db.exec('create table t (a text)')
    db.prepare('insert into t values (?)').run(MARKER)
    const found = findMarkers([folder], [MARKER])
    db.close()
    expect(found.map(({ file, form }) => [file, form])).toEqual([[join(below, 'open.sqlite-wal'), 'UTF-8']])
    rmSync(join(folder, 'a'), { recursive: true })
  })

  it('finds one in the name of a file, and a receipt in any way of writing it', () => {
    const path = join(folder, 'หลักฐานลับ.pdf')
    writeFileSync(path, NOISE)
    expect(findMarkers([folder], ['หลักฐานลับ'])).toEqual([
      { file: path, marker: 'หลักฐานลับ', form: 'name, UTF-8' },
    ])
    rmSync(path)
    const receipt = newReceipt()
    const spaced = receipt.replace(/(\d{5})(?=\d)/g, '$1 ')
    const thai = receipt.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)] ?? '')
    for (const written of [receipt, spaced, thai, receipt.slice(0, 13)]) {
      expect(findMarkersIn(`code=${written}&`, receiptMarkers(receipt)).length).toBeGreaterThan(0)
    }
  })

  it('finds nothing where nothing is, and says so when it could not look', () => {
    writeFileSync(join(folder, 'noise'), Buffer.concat([NOISE, readFileSync('package.json')]))
    expect(findMarkers([folder], [MARKER, ...OTHERS, ...receiptMarkers(newReceipt())])).toEqual([])
    expect(() => findMarkers([join(folder, 'missing')], [MARKER])).toThrow('ENOENT')
    expect(() => findMarkers([folder], ['short'])).toThrow('too short')
  })
})
