import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The long ones first: begun last, one of them would keep one worker busy while the other has nothing to do. */
const LONG = [
  'clock/model',
  'browser/staff-pages',
  'sealed/acceptance-receipts',
  'sealed/acceptance-attacker',
  'browser/ceremony',
  'browser/public-pages',
  'sealed/mutations',
  'sealed/acceptance-process',
  'cli/cli',
  'sealed/acceptance-flood',
  'sealed/vault',
  'sealed/figures',
  'browser/journey',
]

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((name) => moduleId.includes(`/${name}.test.ts`))
      return found < 0 ? LONG.length : found
    }
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/bench/**'],
    pool: 'forks',
    // Reading the whole portal anew for every file would take longer than many files do.
    isolate: false,
    sequence: { sequencer: LongFirst },
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { NODE_ENV: 'test' },
  },
})
