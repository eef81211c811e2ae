import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './browser.ts'

// Run before the tests: the browser tests need Chromium, which is not an npm package.
if (!findChromium()) installChromium()

function installChromium(): void {
  const isRoot = process.getuid?.() === 0
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) {
    giveUp('install Chromium (package "chromium"), or set CHROMIUM_PATH to a Chromium or Chrome')
  }
  let log = ''
  for (const args of [['update'], ['install', '-y', 'chromium']]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const run = spawnSync('apt-get', args, { encoding: 'utf8', env })
    log += `apt-get ${args.join(' ')}\n${run.stdout}${run.stderr}\n`
  }
  if (!findChromium()) {
    const file = join(mkdtempSync(join(tmpdir(), 'siang-chromium-')), 'apt-get.log')
    writeFileSync(file, log)
    giveUp(`installing Chromium failed (see ${file}); install it by hand or set CHROMIUM_PATH`)
  }
}

function giveUp(what: string): never {
  console.error(`The tests need a browser: ${what}.`)
  process.exit(1)
}
