import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestFolder, type TestFolder } from '../support/folder.ts'
import { type Deed, ModelOffice, type Sequence } from './model-office.ts'

// Ten thousand random lives of cases, each lived twice: once with the clockwork looking in at random moments,
// once with nobody looking until the end. Whatever the plan promises must come out the same.

const SEQUENCES = Number(process.env.SEQUENCES ?? 10_000)

let folder: TestFolder
let office: ModelOffice

beforeAll(() => {
  folder = openTestFolder()
  office = new ModelOffice(folder)
})
afterAll(() => folder.close())

const minutes = fc.integer({ min: 0, max: 6 * 24 * 60 })

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: minutes.map((wait) => ({ do: 'wait', wait }) as const) },
  { weight: 5, arbitrary: fc.constant({ do: 'tick' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'transfer' } as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 9 }).map((days) => ({ do: 'ask', days }) as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'answer' } as const) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 25 }).map((days) => ({ do: 'explain', days }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'progress' } as const) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 14 }).map((days) => ({ do: 'category', days }) as const),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'conclude' } as const) },
  { weight: 2, arbitrary: fc.constant({ do: 'reopen' } as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'merge' } as const) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20 }).map((days) => ({ do: 'holiday', days }) as const) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' } as const) },
)

const sequence: fc.Arbitrary<Sequence> = fc.record({
  start: fc.integer({ min: 0, max: 400 * 24 * 60 }),
  policy: fc.record({
    targetDays: fc.integer({ min: 1, max: 15 }),
    countMode: fc.constantFrom('calendar', 'working'),
    rollForward: fc.boolean(),
    pausesOnAsk: fc.boolean(),
  }),
  deeds: fc.array(deed, { minLength: 3, maxLength: 14 }),
})

describe('a clock, whatever happens to its case', () => {
  it('keeps every promise, whenever and however often it is looked at', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(sequence, async (lived) => {
        const watched = await office.live(lived, true)
        expect(await office.live(lived, false)).toEqual(watched)
      }),
      { numRuns: SEQUENCES },
    )
  })
})
