import { execFile } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { temporaryFolder } from '../process/built-portal.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

// The two promises whose breach nobody would see: broken on purpose in a copy, the tests must go red.

const LIMIT = 120_000
/** As tsconfig.json has it. */
const COMPILED = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  rewriteRelativeImportExtensions: true,
  verbatimModuleSyntax: true,
}

const folder = temporaryFolder()
const inCopy = (...names: string[]): string => join(folder.path, ...names)

beforeAll(() => {
  for (const name of ['src', 'views', 'migrations', 'test', 'dist', 'package.json', 'tsconfig.json']) {
    cpSync(name, inCopy(name), { recursive: true })
  }
  symlinkSync(resolve('node_modules'), inCopy('node_modules'))
})
afterAll(() => folder.remove())

interface Mutation {
  file: string
  from: string
  to: string
}

/** Replaces the one place where the text stands, in the source and in what was built of it. Gives it back. */
function mutate({ file, from, to }: Mutation): () => void {
  const source = readFileSync(inCopy('src', file), 'utf8')
  expect(source.split(from), `${file} holds the text once`).toHaveLength(2)
  const write = (text: string) => {
    writeFileSync(inCopy('src', file), text)
    const built = ts.transpileModule(text, { compilerOptions: COMPILED }).outputText
    writeFileSync(inCopy('dist', file.replace(/\.ts$/, '.js')), built)
  }
  write(source.replace(from, () => to))
  return () => write(source)
}

/** Runs a group of tests in the copy, as it is run here, and tells which of them failed. */
function run(testFile: string, group: string): Promise<{ code: number; failed: string[]; said: string }> {
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'test/vitest.config.ts',
    testFile,
    '-t',
    group,
  ]
  const options = {
    cwd: folder.path,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test', NO_COLOR: '1' },
    timeout: LIMIT,
  }
  return new Promise((done) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      const said = stdout + stderr
      const failed = [...said.matchAll(/^ *FAIL +(.+)$/gm)].map(([, name]) => name ?? '')
      done({ code: error ? Number(error.code ?? -1) : 0, failed, said })
    })
  })
}

describe.each<{
  promise: string
  testFile: string
  group: string
  mutations: (Mutation & { fails: string })[]
}>([
  {
    promise: 'the exclusion of who is accused',
    testFile: 'test/sealed/keys.test.ts',
    group: 'a sealed report',
    mutations: [
      {
        file: 'sealed/recipients.ts',
        from: 'return involvementsOf(officer).some((involvement) => involved.includes(involvement))',
        to: 'return false',
        fails: 'gives no key to an officer whom it concerns',
      },
    ],
  },
  {
    promise: 'the silence of the log',
    testFile: 'test/sealed/safe-log.test.ts',
    group: 'the log at its most talkative',
    mutations: [
      {
        file: 'web/zones.ts',
        from: "...(zone === 'sealed' && { logLevel: 'silent' as const })",
        to: '',
        fails: 'has no line of mistyped addresses, broken and oversized forms, or faults of ours',
      },
      {
        file: 'platform/logging.ts',
        from: "disableRequestLogging: ({ url = '' }) => leavesNoLine(url)",
        to: 'disableRequestLogging: false',
        fails: 'has no line of mistyped addresses, broken and oversized forms, or faults of ours',
      },
    ],
  },
])('$promise', ({ testFile, group, mutations }) => {
  it('is shown by tests that pass in an unchanged copy', async () => {
    const { code, failed, said } = await run(testFile, group)
    expect({ code, failed }, said).toEqual({ code: 0, failed: [] })
  })

  it.each(mutations)('is missed when it is broken in $file', async ({ fails, ...mutation }) => {
    const giveBack = mutate(mutation)
    try {
      const { code, failed, said } = await run(testFile, group)
      expect(code, said).toBe(1)
      expect(failed.join('\n'), said).toContain(fails)
    } finally {
      giveBack()
    }
  })
})
