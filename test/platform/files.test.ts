import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FileStore, openFileStore } from '#platform/files.ts'

let dataDir: string
let store: FileStore

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'siang-files-'))
  store = openFileStore(dataDir)
})

afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

const everyFile = () =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe('storing a file', () => {
  it('keeps the bytes under a random name in a two-character folder', async () => {
    const { storedName } = await store.storeFile(Buffer.from('hello'))
    expect(storedName).toMatch(/^[0-9a-f]{32}$/)
    expect(everyFile()).toEqual([join(dataDir, 'files', storedName.slice(0, 2), storedName)])
    const opened = await store.openFile(storedName)
    expect(opened.bytes).toBe(5)
    expect((await buffer(opened.stream)).toString()).toBe('hello')
  })

  it('opens neither files nor folders to other users of the machine', async () => {
    const { storedName } = await store.storeFile(Buffer.from('secret'))
    const folder = join(dataDir, 'files', storedName.slice(0, 2))
    expect(modeOf(join(folder, storedName))).toBe('600')
    expect(['files', 'incoming'].map((name) => modeOf(join(dataDir, name)))).toEqual(['700', '700'])
    expect(modeOf(folder)).toBe('700')
  })

  it('takes over a file that has arrived and shuts it to others', async () => {
    const arrived = join(store.incomingFolder, 'upload')
    writeFileSync(arrived, 'arrived', { mode: 0o644 })
    const { storedName } = await store.storeFile(arrived)
    const kept = join(dataDir, 'files', storedName.slice(0, 2), storedName)
    expect(everyFile()).toEqual([kept])
    expect(modeOf(kept)).toBe('600')
  })

  it('gives the same content two names, so that removing one case leaves the other its file', async () => {
    const [one, two] = await Promise.all([
      store.storeFile(Buffer.from('x')),
      store.storeFile(Buffer.from('x')),
    ])
    await store.removeFile(one.storedName)
    expect((await buffer((await store.openFile(two.storedName)).stream)).toString()).toBe('x')
  })

  it('leaves nothing behind when the disk refuses', async () => {
    rmSync(join(dataDir, 'files'), { recursive: true })
    writeFileSync(join(dataDir, 'files'), 'not a folder')
    await expect(store.storeFile(Buffer.from('x'))).rejects.toThrow('ENOTDIR')
    expect(everyFile()).toEqual([join(dataDir, 'files')])
  })
})

describe('stored names', () => {
  const evil = [
    '',
    '../../etc/passwd',
    'a'.repeat(31),
    'A'.repeat(32),
    `${'a'.repeat(32)}\n`,
    `../${'a'.repeat(29)}`,
  ]

  it.each(evil)('%j is refused on opening and removing', async (name) => {
    await expect(store.openFile(name)).rejects.toMatchObject({ kind: 'not_found' })
    await expect(store.removeFile(name)).rejects.toMatchObject({ kind: 'not_found' })
  })

  it('of a file that is gone answer not_found, and removing it again is no error', async () => {
    const { storedName } = await store.storeFile(Buffer.from('x'))
    await store.removeFile(storedName)
    await store.removeFile(storedName)
    await expect(store.openFile(storedName)).rejects.toMatchObject({ kind: 'not_found' })
  })
})

describe('sweeping', () => {
  it('removes only unfinished files that are older than the given time', async () => {
    const { storedName } = await store.storeFile(Buffer.from('kept'))
    const [old, fresh] = ['old', 'fresh'].map((name) => join(store.incomingFolder, name))
    for (const path of [old, fresh]) writeFileSync(path ?? '', 'x')
    const stored = join(dataDir, 'files', storedName.slice(0, 2), storedName)
    for (const path of [old, stored]) utimesSync(path ?? '', new Date('2026-11-01'), new Date('2026-11-01'))

    expect(await store.sweepIncoming(new Date('2026-11-20'))).toBe(1)
    expect(everyFile().sort()).toEqual([stored, fresh].sort())
    expect(await store.sweepIncoming(new Date('2026-11-20'))).toBe(0)
  })
})
