import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CsvRecord, readRecords } from '#import/csv.ts'
import { openTextFile } from '#import/decoding.ts'
import { windows874 } from '../support/register.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'siang-csv-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function read(content: string | Uint8Array): Promise<{ encoding: string; records: CsvRecord[] }> {
  const path = join(folder, 'file.csv')
  writeFileSync(path, content)
  const file = await openTextFile(path)
  const records: CsvRecord[] = []
  for await (const record of readRecords(file)) records.push(record)
  return { encoding: file.encoding, records }
}

describe('letters of a file', () => {
  const text = 'เรื่อง,น้ำท่วม\nหมู่,๓'
  const cells = [
    ['เรื่อง', 'น้ำท่วม'],
    ['หมู่', '๓'],
  ]

  it.each([
    ['UTF-8', 'utf-8', Buffer.from(text)],
    ['UTF-8 with byte order mark', 'utf-8', Buffer.from(`\uFEFF${text}`)],
    ["Thai Excel's Windows-874", 'windows-874', windows874(text)],
    ["Excel's Unicode text", 'utf-16le', Buffer.from(`\uFEFF${text.replaceAll(',', '\t')}`, 'utf16le')],
  ])('are read from %s', async (_name, encoding, content) => {
    const file = await read(content)
    expect(file.encoding).toBe(encoding)
    expect(file.records.map((record) => record.cells)).toEqual(cells)
  })

  it('stay UTF-8 where one letter of many is damaged', async () => {
    const damaged = Buffer.concat([Buffer.from(text.repeat(20)), Buffer.from([0xe0, 0xb8])])
    expect((await read(damaged)).encoding).toBe('utf-8')
  })

  it('are whole where a piece of the file ends inside one', async () => {
    // Node reads 64 KiB at a time; Thai letters have three bytes.
    const long = `a${'ก'.repeat(100_000)}`
    const { records } = await read(`x,${long}`)
    expect(records[0]?.cells[1]).toBe(long)
  })

  it('of an Excel workbook are refused with what to do instead', async () => {
    await expect(read(Buffer.from('PK\u0003\u0004...'))).rejects.toThrow(/บันทึกเป็น CSV/)
  })
})

describe('records', () => {
  it('know the line of the file they begin on, line breaks in fields and empty lines counted', async () => {
    const { records } = await read('a,b\r\n1,2\r\n\r\n"x\r\ny\r\n\r\nz",3\r\n\n4,5\r6,7\n')
    expect(records).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1', '2'] },
      { line: 4, cells: ['x\ny\n\nz', '3'] },
      { line: 9, cells: ['4', '5'] },
      { line: 10, cells: ['6', '7'] },
    ])
  })

  it.each([';', '\t', ','])('are parted by %j', async (mark) => {
    const { records } = await read(`a${mark}b${mark}c\n1${mark}"2${mark}3"${mark}4`)
    expect(records[1]?.cells).toEqual(['1', `2${mark}3`, '4'])
  })

  it('keep quotes that people write in the middle of a field', async () => {
    const { records } = await read('a,b\nร้าน "ลุงดำ" ปากซอย,"เขาว่า ""ไม่รับ"" ค่ะ"\n"หลุม" ใหญ่,2')
    expect(records[1]?.cells).toEqual(['ร้าน "ลุงดำ" ปากซอย', 'เขาว่า "ไม่รับ" ค่ะ'])
    expect(records[2]?.cells).toEqual(['"หลุม" ใหญ่', '2'])
  })

  it('lose the apostrophe that guards our own files against formulas, and no other', async () => {
    const { records } = await read("a,b,c\n'=1+1,'-,'90s")
    expect(records[1]?.cells).toEqual(['=1+1', '-', "'90s"])
  })

  it('end with the line after which a quote was never closed', async () => {
    await expect(read('a,b\n1,2\n3,"4\n5,6\n7,8\n')).rejects.toThrow(/บรรทัดที่ 2/)
  })
})
