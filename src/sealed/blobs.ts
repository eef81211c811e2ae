import { mkdirSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { addDays, type CivilDate, civilDateOf, startOfDay } from '#domain/civil-date.ts'
import { AppError } from '#domain/errors.ts'

/** Sealed files on disk. Nothing but ciphertext is ever handed to it. */
export interface Blobs {
  /** On disk for good once this resolves. Every blob of a day bears the same time. */
  write(id: string, sealed: Buffer, day: CivilDate): Promise<void>
  /** @throws AppError not_found */
  read(id: string): Promise<Buffer>
  remove(id: string): Promise<void>
  /**
   * Removes the blobs that `isKnown` does not know: what a crash left between file and row. Those of the day of
   * `today` and the day before may belong to a report that is being stored, and stay.
   */
  sweep(isKnown: (id: string) => boolean, today: CivilDate): Promise<number>
}

const ID = /^[0-9a-f-]{36}$/

export function openBlobs(root: string): Blobs {
  mkdirSync(root, { recursive: true, mode: 0o700 })
  const pathOf = (id: string): string => {
    if (!ID.test(id)) throw new AppError('not_found', 'file')
    return join(root, id.slice(0, 2), id)
  }
  return {
    async write(id, sealed, day) {
      const path = pathOf(id)
      const folder = dirname(path)
      const midnight = startOfDay(day)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const handle = await open(`${path}.part`, 'wx', 0o600)
      try {
        await handle.writeFile(sealed)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await utimes(`${path}.part`, midnight, midnight)
      await rename(`${path}.part`, path)
      await syncFolder(folder)
      // A folder's own time would tell the hour.
      await utimes(folder, midnight, midnight)
      await syncFolder(root)
      await utimes(root, midnight, midnight)
    },
    read: (id) =>
      readFile(pathOf(id)).catch((error) => {
        if (error.code === 'ENOENT') throw new AppError('not_found', 'file')
        throw error
      }),
    async remove(id) {
      const path = pathOf(id)
      await rm(path, { force: true })
      await forgetHour(dirname(path))
    },
    async sweep(isKnown, today) {
      const yesterday = startOfDay(addDays(today, -1))
      let removed = 0
      for (const folder of await readdir(root)) {
        for (const name of await readdir(join(root, folder))) {
          const path = join(root, folder, name)
          if (isKnown(name) || (await stat(path)).mtime >= yesterday) continue
          await rm(path, { force: true })
          removed += 1
        }
      }
      return removed
    },
  }
}

/** Removing changes the folder's own time too. */
async function forgetHour(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (!found) return
  const midnight = startOfDay(civilDateOf(found.mtime))
  await utimes(folder, midnight, midnight)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
