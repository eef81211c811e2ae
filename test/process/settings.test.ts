import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SETTINGS } from '../../src/config.ts'
import { runMain, temporaryFolder } from './built-portal.ts'

vi.setConfig({ testTimeout: 60_000 })

let folder: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const STACK = /^\s+at /m

describe('npm start', () => {
  it('with --help prints every setting and what it means, and starts nothing', async () => {
    const { code, stdout, stderr } = await runMain(['--help'], { DATA_DIR: folder.path }).ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const [name, text] of Object.entries(SETTINGS)) {
      expect(stdout).toContain(name)
      expect(stdout).toContain(text)
    }
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('with faulty settings lists all of them at once and ends with 1', async () => {
    const { code, stdout, stderr } = await runMain([], {
      DATA_DIR: folder.path,
      PORT: 'eighty',
      PUBLIC_URL: 'siang.example',
      TRUST_PROXY: '10.0.0.1, everybody',
      LOG_LEVEL: 'loud',
      SMTP_URL: 'http://office:geheim@mail.example',
      MAIL_FROM: 'the office',
    }).ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const listed = [...stderr.matchAll(/^ {2}- (\w+): \S/gm)].map(([, name]) => name)
    expect(listed).toEqual(['PORT', 'PUBLIC_URL', 'TRUST_PROXY', 'LOG_LEVEL', 'SMTP_URL', 'MAIL_FROM'])
    expect(stderr).not.toMatch(STACK)
    expect(stderr).not.toContain('geheim')
    expect(readdirSync(folder.path)).toEqual([])
  })

  it('on a port that is taken says so in one line and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const address = other.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, stderr } = await runMain([], { DATA_DIR: folder.path, PORT: String(port) }).ended
    other.close()
    expect(code).toBe(1)
    expect(stderr).toMatch(/- HOST, PORT: .*address already in use/)
    expect(stderr).not.toMatch(STACK)
  })

  it('with a data folder that cannot be made says so in one line and ends with 1', async () => {
    const file = join(folder.path, 'a-file')
    writeFileSync(file, '')
    const { code, stderr } = await runMain([], { DATA_DIR: join(file, 'data'), PORT: '0' }).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(/- DATA_DIR: ENOTDIR/)
    expect(stderr).not.toMatch(STACK)
  })
})
