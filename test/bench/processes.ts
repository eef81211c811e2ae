import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Server {
  url: string
  /** From the start of the process to its first answer. */
  startedInMs: number
  /** Resident memory now, in megabytes; undefined where the system does not tell (not Linux). */
  residentMegabytes(): number | undefined
  stop(): Promise<void>
}

/** The built portal as an office runs it, on a data folder. */
export async function startBuiltPortal(dataDir: string, logLevel = 'info'): Promise<Server> {
  const port = await freePort()
  return await start(['dist/main.js'], port, { DATA_DIR: dataDir, PORT: String(port), LOG_LEVEL: logLevel })
}

export async function startBareServer(bytes: number): Promise<Server> {
  const port = await freePort()
  const file = fileURLToPath(new URL('bare-server.ts', import.meta.url))
  return await start(['--import', 'tsx', file, String(port), String(bytes)], port, {})
}

async function start(args: string[], port: number, env: Record<string, string>): Promise<Server> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  while (!(await answers(`${url}/`))) {
    if (child.exitCode !== null) throw new Error(`${args[0]} ended with ${child.exitCode} before it answered`)
  }
  return {
    url,
    startedInMs: performance.now() - startedAt,
    residentMegabytes: () => residentMegabytes(child),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Requests per second that a server answers, by autocannon in a process of its own. */
export async function requestsPerSecond(url: string, seconds: number): Promise<number> {
  const cannon = spawn(
    process.execPath,
    ['node_modules/autocannon/autocannon.js', '--json', '-c', '10', '-d', String(seconds), url],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  let output = ''
  for await (const chunk of cannon.stdout) output += chunk
  const report = JSON.parse(output)
  if (report.non2xx > 0 || report.errors > 0) throw new Error(`${url} did not answer well: ${output}`)
  return report.requests.average
}

function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode === 200))
    })
    request.on('error', () => setTimeout(resolve, 5, false))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

function residentMegabytes(child: ChildProcess): number | undefined {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
  } catch {
    return undefined
  }
}
