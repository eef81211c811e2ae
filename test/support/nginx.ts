import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where a copy lies that nobody installed: it starts no service and needs no administrator. */
const UNPACKED = fileURLToPath(new URL('../../node_modules/.cache/siang-tools/nginx', import.meta.url))

/** The program, installed or unpacked; undefined where there is neither. */
export function findNginx(): string | undefined {
  return ['nginx', '/usr/sbin/nginx', join(UNPACKED, 'usr/sbin/nginx')].find(
    (program) => spawnSync(program, ['-v']).status === 0,
  )
}

/** Unpacks Debian's package beside the modules. Without Debian there is no nginx, and the tests say so. */
export function unpackNginx(): void {
  const folder = mkdtempSync(join(tmpdir(), 'siang-nginx-'))
  try {
    spawnSync('apt-get', ['download', 'nginx'], { cwd: folder })
    const [deb] = readdirSync(folder)
    mkdirSync(UNPACKED, { recursive: true })
    if (deb) spawnSync('dpkg-deb', ['-x', join(folder, deb), UNPACKED])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface RunningNginx {
  /** Files of the folder that its processes hold open, deleted ones included: bodies are spooled in such. */
  openFiles(): string[]
  stop(): Promise<void>
}

/** Runs nginx with a site of ours in the folder; it logs there whatever the site does not forbid. */
export async function startNginx(site: string, folder: string, port: number): Promise<RunningNginx> {
  const program = findNginx()
  if (!program) throw new Error('there is no nginx')
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${join(folder, `default-${kind}`)};`,
  )
  const main = `
    daemon off;
    ${process.getuid?.() === 0 ? 'user root;' : ''}
    worker_processes 1;
    pid ${join(folder, 'nginx.pid')};
    error_log ${join(folder, 'main-error.log')} info;
    events { worker_connections 64; }
    http {
      ${own.join('\n      ')}
      access_log ${join(folder, 'main-access.log')} combined;
      include ${join(folder, 'site.conf')};
    }`
  writeFileSync(join(folder, 'site.conf'), site)
  writeFileSync(join(folder, 'nginx.conf'), main)
  const options = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'main-error.log')]
  const check = spawnSync(program, ['-t', ...options], { encoding: 'utf8' })
  if (check.status !== 0) throw new Error(check.stderr)
  const child = spawn(program, options, { stdio: 'ignore' })
  const ended = once(child, 'close')
  await Promise.race([untilListening(port), ended.then(() => Promise.reject(new Error('nginx ended')))])
  return {
    openFiles: () =>
      processesOf(child)
        .flatMap((pid) => filesOf(pid))
        .filter((path) => path.includes(folder)),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (isThere) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('nginx does not listen')
}

function processesOf(master: ChildProcess): number[] {
  const pid = master.pid ?? 0
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return [pid, ...children.trim().split(' ').filter(Boolean).map(Number)]
}

function filesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))]
    } catch {
      // Closed meanwhile.
      return []
    }
  })
}
