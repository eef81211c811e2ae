import { expect, it } from 'vitest'
import { type Verdict, verdictOfAll } from '#domain/indicator-rules.ts'
import { CONDUCTS } from '#domain/sealed-status.ts'
import { conductsTogether } from '#indicators/counts.ts'
import { conductRecord } from './plan.ts'

it.each<[Verdict[], Verdict]>([
  [['met', 'met'], 'met'],
  [['met', 'not_met'], 'not_met'],
  [['open', 'not_met'], 'not_met'],
  [['no_value', 'open'], 'open'],
  [['no_base', 'no_value'], 'no_value'],
  [['hidden', 'no_base'], 'no_base'],
  [['met', 'hidden'], 'hidden'],
])('of several counts that stand %j, all together are %s', (verdicts, all) => {
  expect(verdictOfAll(verdicts)).toBe(all)
  expect(verdictOfAll([...verdicts].reverse())).toBe(all)
})

it('several small numbers are together no more than what the total leaves', () => {
  const told = { ...conductRecord([]), K1: 'small', K2: 'small', K3: 'small' } as const
  const together = conductsTogether({ told, total: 6, sources: [] }, ['K1', 'K2', 'K3'])
  expect(together).toEqual({ told: 'withheld', range: { least: 0, most: 6 } })
  expect(conductsTogether({ told, total: 6, sources: [] }, CONDUCTS)).toEqual({
    told: 6,
    range: { least: 6, most: 6 },
  })
})
