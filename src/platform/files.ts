import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError } from '#domain/errors.ts'

/** Uploaded files on disk: names are random and say nothing about the person, the case or the content. */
export interface FileStore {
  /** Where uploads are written while they arrive. Whatever lies here is unfinished and may be removed. */
  readonly incomingFolder: string
  /**
   * Keeps a file for good, safe against a power cut once this resolves. A path must lie in
   * `incomingFolder`: that file is taken over and is gone from there afterwards.
   */
  storeFile(source: string | Buffer): Promise<{ storedName: string }>
  /** The caller must read or destroy the stream. @throws AppError not_found */
  openFile(storedName: string): Promise<{ stream: Readable; bytes: number }>
  /**
   * Removes a file for good, also where the power is cut once this resolves. One that is already gone is no error:
   * clean-up may run twice.
   */
  removeFile(storedName: string): Promise<void>
  /** Removes what a crash or an abandoned form left behind; tells how many files. */
  sweepIncoming(olderThan: Date): Promise<number>
}

const STORED_NAME = /^[0-9a-f]{32}$/

/** A fresh name of 128 random bits; also the only kind of name a file ever gets on disk. */
export const newStoredName = (): string => randomBytes(16).toString('hex')

/** Both its folders must be on one file system: a file appears by being renamed from one into the other. */
export function openFileStore(dataDir: string): FileStore {
  const root = join(dataDir, 'files')
  const incomingFolder = join(dataDir, 'incoming')
  for (const folder of [root, incomingFolder]) mkdirSync(folder, { recursive: true, mode: 0o700 })

  return {
    incomingFolder,
    async storeFile(source) {
      const storedName = newStoredName()
      const path = pathOf(root, storedName)
      const unfinished = typeof source === 'string' ? source : join(incomingFolder, newStoredName())
      try {
        if (typeof source !== 'string') await writeFile(unfinished, source, { flag: 'wx', mode: 0o600 })
        await shutAndSync(unfinished)
        await makeFolder(root, dirname(path))
        await rename(unfinished, path)
      } catch (error) {
        if (typeof source !== 'string') await rm(unfinished, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
      return { storedName }
    },
    async openFile(storedName) {
      const handle = await open(pathOf(root, storedName), 'r').catch(refuseMissing)
      const { size } = await handle.stat()
      return { stream: handle.createReadStream(), bytes: size }
    },
    async removeFile(storedName) {
      const path = pathOf(root, storedName)
      await rm(path, { force: true })
      await syncFolder(dirname(path)).catch((error) => {
        if (!isMissing(error)) throw error
      })
    },
    sweepIncoming: (olderThan) => sweep(incomingFolder, olderThan),
  }
}

/** Two-character folders keep every folder small when the office has a million files. */
function pathOf(root: string, storedName: string): string {
  if (!STORED_NAME.test(storedName)) throw new AppError('not_found', 'file')
  return join(root, storedName.slice(0, 2), storedName)
}

async function shutAndSync(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.chmod(0o600)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function makeFolder(root: string, folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (made) await syncFolder(root)
}

/** A rename is on disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function refuseMissing(error: unknown): never {
  if (isMissing(error)) throw new AppError('not_found', 'file')
  throw error
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function sweep(folder: string, olderThan: Date): Promise<number> {
  let removed = 0
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch((error) => {
      // An upload that finishes during the sweep takes its file away: nothing left to remove.
      if (isMissing(error)) return undefined
      throw error
    })
    if (!found?.isFile() || found.mtime >= olderThan) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}
