import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMapping } from '#import/mapping.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'siang-mapping-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(content: string): string {
  const path = join(folder, 'mapping.json')
  writeFileSync(path, content)
  return path
}

describe('a mapping file', () => {
  it('needs to say only what differs', async () => {
    expect(await readMapping(file('{"source":"book"}'))).toEqual({
      source: 'book',
      fixed: {},
      values: {},
      dates: { order: 'dmy', timeZone: 'Asia/Bangkok' },
    })
  })

  it('may begin with the byte order mark that Notepad writes', async () => {
    expect((await readMapping(file('\uFEFF{}'))).source).toBe('register')
  })

  it('is refused with every fault named', async () => {
    const bad = { columns: { colour: 'สี' }, dates: { order: 'ymd' }, colums: {} }
    const refusal = readMapping(file(JSON.stringify(bad)))
    await expect(refusal).rejects.toThrow(/colour/)
    await expect(refusal).rejects.toThrow(/dates\.order/)
    await expect(refusal).rejects.toThrow(/colums/)
  })

  it('that is missing or no JSON is refused with a sentence', async () => {
    await expect(readMapping(join(folder, 'none.json'))).rejects.toThrow(/mapping/)
    await expect(readMapping(file('{'))).rejects.toThrow(/JSON/)
  })

  it('for the real complaints of Bangkok stands beside these tests and is valid', async () => {
    const mapping = await readMapping('test/support/bangkok-mapping.json')
    expect(mapping).toMatchObject({ source: 'traffy-bangkok', dates: { timeZone: 'UTC' } })
  })
})
