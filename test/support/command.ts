import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface RunningCommand {
  child: ChildProcess
  output(): string
  errors(): string
  /** Waits until the output holds the text. */
  says(text: string): Promise<void>
  ended: Promise<Ended>
}

/** Starts `npm run siang -- ...` from its sources. */
export function startCommand(args: readonly string[], env: Record<string, string>): RunningCommand {
  return startNode(['--conditions=source', '--import', 'tsx', 'src/cli.ts', ...args], env)
}

/** Starts a program in a process of its own, with nothing of this process's own settings. */
export function startNode(args: readonly string[], env: Record<string, string>): RunningCommand {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }))
  const says = async (text: string) => {
    while (!stdout.includes(text)) {
      if (child.exitCode !== null) throw new Error(`it ended without saying ${text}:\n${stdout}\n${stderr}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return { child, output: () => stdout, errors: () => stderr, says, ended }
}

export const runCommand = (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> =>
  startCommand(args, env).ended

/** A port of the loopback on which nobody listens just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
