import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = resolve('src')

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'))

/** Our own files that a file imports, as paths below src; `typeOnly` ones vanish when built. */
function importsOf(file: string): { path: string; typeOnly: boolean }[] {
  const code = readFileSync(join(SRC, file), 'utf8')
  const found: { path: string; typeOnly: boolean }[] = []
  for (const [, type, from] of code.matchAll(/(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'/g)) {
    if (!from) continue
    const path = from.startsWith('#')
      ? from.slice(1)
      : from.startsWith('.')
        ? relative(SRC, resolve(SRC, dirname(file), from)).replaceAll('\\', '/')
        : undefined
    if (path) found.push({ path, typeOnly: type !== undefined })
  }
  return found
}

const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '(top)')

/** What each folder may import besides itself. A folder that is missing here is a decision nobody took. */
const FEATURES = ['settings', 'audit', 'accounts', 'mail', 'clock', 'letters', 'complaints']
const BASE = ['domain', 'platform']
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  platform: ['domain'],
  web: BASE,
  settings: [...BASE, 'web', 'audit', 'public', 'accounts', 'clock'],
  audit: BASE,
  accounts: [...BASE, 'web', 'settings', 'audit'],
  mail: [...BASE, 'web', 'settings', 'audit', 'accounts'],
  clock: [...BASE, 'web', 'settings', 'audit', 'accounts', 'mail', 'complaints'],
  public: [...BASE, 'web'],
  complaints: [...BASE, 'web', 'public', ...FEATURES],
  letters: [...BASE, 'web', 'settings', 'audit', 'mail', 'clock', 'complaints'],
  // The sealed channel knows who is signed in and whom to mail, but no account and no complaint.
  sealed: [...BASE, 'web', 'settings', 'accounts', 'public', 'mail'],
  statistics: [...BASE, 'web', 'settings', 'complaints', 'accounts', 'audit'],
  analysis: [...BASE, 'web', ...FEATURES, 'statistics'],
  indicators: [...BASE, 'web', ...FEATURES, 'statistics'],
  ita: [...BASE, 'web', ...FEATURES, 'statistics', 'public'],
  reports: [...BASE, 'web', ...FEATURES, 'statistics', 'analysis', 'indicators', 'ita', 'public'],
  'open-data': [...BASE, 'web', 'settings', 'statistics', 'reports'],
  import: [...BASE, 'web', ...FEATURES],
  demo: [...BASE, 'web', ...FEATURES, 'statistics', 'indicators', 'ita', 'reports', '(top)'],
}

describe('imports', () => {
  it('run one way: domain, platform, web, features, the process', () => {
    const wrong: string[] = []
    for (const file of files) {
      const allowed = MAY_IMPORT[folderOf(file)]
      if (folderOf(file) === '(top)') continue
      if (!allowed) {
        wrong.push(`${file}: the folder ${folderOf(file)} has no rule`)
        continue
      }
      for (const { path, typeOnly } of importsOf(file)) {
        const target = folderOf(path)
        if (target === folderOf(file) || allowed.includes(target)) continue
        // The type of the settings is known everywhere; reading them is not.
        if (path === 'config.ts' && typeOnly) continue
        wrong.push(`${file} imports ${path}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it.each(['clock', 'letters'])('of %s reach into complaints for the table only', (folder) => {
    const reached = files
      .filter((file) => folderOf(file) === folder)
      .flatMap((file) => importsOf(file).map(({ path }) => path))
      .filter((path) => path.startsWith('complaints/'))
    expect(new Set(reached)).toEqual(new Set(['complaints/tables.ts']))
  })

  it('of the sealed channel reach no account, no complaint and none of their stores', () => {
    const reached = files
      .filter((file) => folderOf(file) === 'sealed')
      .flatMap((file) => importsOf(file).map(({ path }) => path))
      .filter((path) => /^(accounts|mail|complaints|settings)\//.test(path))
    const allowed = /^(accounts\/(guard|session-cookie)|settings\/portal|mail\/outbox)\.ts$/
    expect([...new Set(reached)].filter((path) => !allowed.test(path))).toEqual([])
  })

  it('of the rest reach the sealed channel through its wiring only', () => {
    const guilty = files
      .filter((file) => folderOf(file) !== 'sealed' && file !== 'sealed-wiring.ts')
      .filter((file) => importsOf(file).some(({ path }) => path.startsWith('sealed/')))
    expect(guilty).toEqual([])
  })

  it('name files that exist', () => {
    const missing = files.flatMap((file) =>
      importsOf(file)
        .filter(({ path }) => !files.includes(path))
        .map(({ path }) => `${file} imports ${path}`),
    )
    expect(missing).toEqual([])
  })

  it('find every file: nothing lies about unused', () => {
    const entries = new Set(['main.ts', 'cli.ts'])
    const reached = new Set(entries)
    const waiting = [...entries]
    for (let file = waiting.pop(); file; file = waiting.pop()) {
      const code = readFileSync(join(SRC, file), 'utf8')
      const lazy = [...code.matchAll(/import\('(#|\.\/)([^']+)'\)/g)].map(([, mark, path]) =>
        mark === '#' ? `${path}` : join(dirname(file), `${path}`),
      )
      for (const path of [...importsOf(file).map((found) => found.path), ...lazy]) {
        if (reached.has(path)) continue
        reached.add(path)
        waiting.push(path)
      }
    }
    expect(files.filter((file) => !reached.has(file))).toEqual([])
  })
})

describe('domain', () => {
  it('knows no clock, no randomness and no outside world', () => {
    const guilty = files
      .filter((file) => folderOf(file) === 'domain')
      .filter((file) =>
        /new Date\(\)|Date\.now\(|Math\.random\(|from 'node:|process\.|console\./.test(
          readFileSync(join(SRC, file), 'utf8'),
        ),
      )
    expect(guilty).toEqual([])
  })
})

describe('SQL', () => {
  it('stands in stores, tables and the database module only', () => {
    const allowed =
      /(store|tables?|checks)\.ts$|^platform\/(database|rows)\.ts$|^web\/throttle\.ts$|^complaints\/search-index\.ts$|^clock\/clocks\.ts$/
    const guilty = files
      .filter((file) => !allowed.test(file))
      .filter((file) => /from 'drizzle-orm|\.prepare\(/.test(readFileSync(join(SRC, file), 'utf8')))
    expect(guilty).toEqual([])
  })
})
