import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasAge } from './age.ts'
import { findChromium } from './browser.ts'
import { hasExiftool, hasQpdf } from './metadata.ts'
import { findNginx, unpackNginx } from './nginx.ts'
import { hasPoppler } from './poppler.ts'

// Run before the tests: they need a few programs that are no npm packages.
const TOOLS = [
  {
    isThere: () => findChromium() !== undefined,
    debianPackage: 'chromium',
    advice: 'install Chromium (package "chromium"), or set CHROMIUM_PATH to a Chromium or Chrome',
  },
  {
    isThere: hasPoppler,
    debianPackage: 'poppler-utils',
    advice: 'install pdftotext, pdfinfo and pdftoppm (package "poppler-utils")',
  },
  {
    isThere: hasExiftool,
    debianPackage: 'libimage-exiftool-perl',
    advice: 'install exiftool (package "libimage-exiftool-perl")',
  },
  {
    isThere: hasQpdf,
    debianPackage: 'qpdf',
    advice: 'install qpdf (package "qpdf")',
  },
  {
    isThere: hasAge,
    debianPackage: 'age',
    advice: 'install age and age-keygen (package "age")',
  },
  {
    // Reads the open data as a stranger would.
    isThere: () => spawnSync('python3', ['--version']).status === 0,
    debianPackage: 'python3',
    advice: 'install Python 3 (package "python3")',
  },
]

const missing = () => TOOLS.filter(({ isThere }) => !isThere())
if (missing().length > 0) install(missing().map(({ debianPackage }) => debianPackage))
// Not installed: that would start a web server on this machine.
if (!findNginx()) unpackNginx()
if (!findNginx())
  console.warn('Without nginx (package "nginx") the sample of the reverse proxy is read, but not run.')

function install(packages: string[]): void {
  const isRoot = process.getuid?.() === 0
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) giveUp('')
  let log = ''
  for (const args of [['update'], ['install', '-y', ...packages]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const run = spawnSync('apt-get', args, { encoding: 'utf8', env })
    log += `apt-get ${args.join(' ')}\n${run.stdout}${run.stderr}\n`
  }
  if (missing().length === 0) return
  const file = join(mkdtempSync(join(tmpdir(), 'siang-tools-')), 'apt-get.log')
  writeFileSync(file, log)
  giveUp(` (apt-get failed, see ${file})`)
}

function giveUp(why: string): never {
  for (const { advice } of missing()) console.error(`The tests need more${why}: ${advice}.`)
  process.exit(1)
}
