import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Ended, freePort, type RunningCommand, startNode } from '../support/command.ts'

export interface BuiltPortal {
  pid: number
  url: string
  port: number
  /** From the start of the process to the line that tells the address, in milliseconds. */
  startedIn: number
  output(): string
  /** Both streams: everything that could end in a log. */
  log(): string
  /** The single-use link for the first administrator, or undefined. */
  link(): string | undefined
  /** Sends the signal to this one process. */
  signal(name: NodeJS.Signals): void
  ended: Promise<Ended>
}

const MAIN = 'dist/main.js'

/** A folder that is removed with whatever the portal put there. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'siang-process-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export function runMain(args: readonly string[], env: Record<string, string> = {}): RunningCommand {
  return startNode([MAIN, ...args], env)
}

/** Starts what was built, as `npm start` does, and waits until it tells its address. */
export async function startBuilt(dataDir: string, env: Record<string, string> = {}): Promise<BuiltPortal> {
  const port = await freePort()
  const startedAt = performance.now()
  const settings = { DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: 'warn', ...env }
  const { child, output, errors, says, ended } = runMain([], settings)
  await says('Siang is running at')
  const startedIn = performance.now() - startedAt
  // The link, where there is one, is told with the next line.
  await fetch(`http://127.0.0.1:${port}/readyz`)
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    port,
    startedIn,
    output,
    log: () => output() + errors(),
    link: () => /https?:\/\/\S+\/staff\/setup\/\S+/.exec(output())?.[0],
    signal: (name) => child.kill(name),
    ended,
  }
}
