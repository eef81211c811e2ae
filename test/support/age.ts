import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function hasAge(): boolean {
  return spawnSync('age', ['--version']).error === undefined
}

/** A key pair of the standard tool. */
export function newAgeKey(): { identity: string; publicKey: string } {
  const identity = execFileSync('age-keygen', [], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const publicKey = /public key: (age1\S+)/.exec(identity)?.[1] ?? ''
  return { identity, publicKey }
}

/** What the standard tool makes of a file with this key; undefined where it refuses. */
export function openWithKey(file: Buffer, identity: string): string | undefined {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'key'), identity, { mode: 0o600 })
    writeFileSync(join(folder, 'file.age'), file)
    const run = spawnSync('age', ['-d', '-i', 'key', 'file.age'], { cwd: folder, encoding: 'utf8' })
    return run.status === 0 ? run.stdout : undefined
  })
}

/** The same with a code, which it asks for on a terminal. */
export function openWithCode(file: Buffer, code: string): string | undefined {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'file.age'), file)
    const run = spawnSync('script', ['-qec', 'age -d -o opened file.age', '/dev/null'], {
      ...{ cwd: folder, input: `${code}\n`, encoding: 'utf8' },
    })
    return run.status === 0 ? readFileSync(join(folder, 'opened'), 'utf8') : undefined
  })
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'siang-age-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
