import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../process/built-portal.ts'
import { freePort, type RunningCommand, startNode } from '../support/command.ts'
import { emptyWiring } from './empty-wiring.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 })

const folder = temporaryFolder()
const inCopy = (...names: string[]): string => join(folder.path, ...names)

/** A checkout from which the channel was taken out: its folders, and what its wiring hands out. */
function copyWithoutChannel(): void {
  const isSealed = (path: string): boolean => /(^|\/)(src|views|migrations)\/sealed$/.test(path)
  for (const name of ['src', 'views', 'migrations']) {
    cpSync(name, inCopy(name), { recursive: true, filter: (path) => !isSealed(path) })
  }
  for (const name of ['package.json', 'tsconfig.json']) cpSync(name, inCopy(name))
  cpSync('dist/assets', inCopy('dist/assets'), { recursive: true })
  symlinkSync(resolve('node_modules'), inCopy('node_modules'))
  writeFileSync(inCopy('src/sealed-wiring.ts'), emptyWiring('src/sealed-wiring.ts'))
}

describe('without src/sealed and with empty wiring', () => {
  let portal: RunningCommand
  let url: string
  let compiled: ReturnType<typeof spawnSync>

  beforeAll(async () => {
    copyWithoutChannel()
    const tsc = resolve('node_modules/typescript/bin/tsc')
    // The wiring's imports may be unused now.
    compiled = spawnSync(process.execPath, [tsc, '-p', 'src', '--noUnusedLocals', 'false'], {
      cwd: folder.path,
      encoding: 'utf8',
    })
  })
  afterAll(async () => {
    portal?.child.kill('SIGKILL')
    await portal?.ended
    folder.remove()
  })

  it('everything else compiles', () => {
    expect(existsSync(inCopy('src/sealed'))).toBe(false)
    expect(compiled.stdout).toBe('')
    expect(compiled.status).toBe(0)
  })

  it('nothing that was built names the channel’s folder', () => {
    const built = readdirSync(inCopy('dist'), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js'),
    )
    expect(built.length).toBeGreaterThan(100)
    const naming = built.filter((file) => readFileSync(inCopy('dist', file), 'utf8').includes('#sealed/'))
    expect(naming).toEqual([])
  })

  it('the portal starts, answers everywhere else, and has no channel', async () => {
    const port = await freePort()
    mkdirSync(inCopy('data'))
    portal = startNode([inCopy('dist/main.js')], {
      DATA_DIR: inCopy('data'),
      PORT: String(port),
      LOG_LEVEL: 'warn',
    })
    await portal.says('Siang is running at')
    url = `http://127.0.0.1:${port}`
    const statusOf = async (path: string) => [path, (await fetch(`${url}${path}`)).status]
    const pages = ['/', '/complaints/new', '/en/complaints/new', '/track', '/statistics', '/staff/sign-in']
    for (const path of [...pages, '/healthz', '/readyz']) expect(await statusOf(path)).toEqual([path, 200])
    for (const path of ['/safe', '/en/safe', '/safe/report', '/safe/mailbox']) {
      expect(await statusOf(path)).toEqual([path, 404])
    }
    expect(existsSync(inCopy('data/sealed'))).toBe(false)
    expect(existsSync(inCopy('data/keys/sealed.pepper'))).toBe(false)
  })

  it('stops when it is told to', async () => {
    portal.child.kill('SIGTERM')
    expect((await portal.ended).code).toBe(0)
    expect(portal.errors()).toBe('')
    rmSync(inCopy('data'), { recursive: true })
  })
})
