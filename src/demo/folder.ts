import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const MARKER = 'siang-demo.json'

/** Everything that making a demonstration puts into its folder. */
const OURS = [
  'portal.sqlite',
  'portal.sqlite-wal',
  'portal.sqlite-shm',
  'files',
  'incoming',
  'keys',
  'ACCOUNTS.txt',
]

const Marker = z.object({ state: z.enum(['making', 'ready']), pid: z.int(), at: z.string() })

/** The folder is not ours to write into. */
export class DemoFolderError extends Error {}

/**
 * Takes a folder for a demonstration: one that is absent or empty is claimed, one that holds a finished
 * demonstration may be started. One that was left half-made is cleared of what we put there.
 * @throws DemoFolderError for a folder that holds anything else
 */
export function claimFolder(folder: string, at: Date): 'to_make' | 'ready' {
  const marker = readMarker(folder)
  if (marker?.state === 'ready') return 'ready'
  if (marker && isRunning(marker.pid)) {
    throw new DemoFolderError(`กำลังสร้างข้อมูลสาธิตอยู่ / a demonstration is being made in ${folder}`)
  }
  if (marker) for (const name of OURS) rmSync(join(folder, name), { recursive: true, force: true })
  else if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new DemoFolderError(
      `${folder} มีข้อมูลอยู่แล้ว จะไม่แตะต้อง กรุณาใช้โฟลเดอร์อื่น / ` +
        `${folder} holds data and is left alone: name another folder in DATA_DIR`,
    )
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeMarker(folder, 'making', at)
  return 'to_make'
}

export function finishFolder(folder: string, at: Date): void {
  writeMarker(folder, 'ready', at)
}

function readMarker(folder: string): z.infer<typeof Marker> | undefined {
  const file = join(folder, MARKER)
  if (!existsSync(file)) return undefined
  const marker = Marker.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (!marker.success) throw new DemoFolderError(`${file} อ่านไม่ได้ / is damaged`)
  return marker.data
}

function writeMarker(folder: string, state: 'making' | 'ready', at: Date): void {
  const marker = { state, pid: process.pid, at: at.toISOString() }
  writeFileSync(join(folder, MARKER), JSON.stringify(marker), { mode: 0o600 })
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
