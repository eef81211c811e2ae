import { expect, it } from 'vitest'
import { checkItem, type ItaFacts } from '#ita/checks.ts'

const FACTS: ItaFacts = {
  ...{ fiscalYear: 2570, today: '2027-03-31', channelIsOpen: true },
  ...{ guideline: undefined, forum: undefined, satisfaction: undefined },
  ...{ hasStatistics: true, hasCorruptionStatistics: true, figuresChangedAt: null },
}

it.each([
  ['2026-10-01', 1],
  ['2027-03-31', 1],
  ['2027-04-01', 0],
])('on %s the figures of the first six months are so far from whole: %i', (today, notes) => {
  for (const item of ['statistics', 'service_statistics'] as const)
    expect(checkItem(item, { ...FACTS, today }).notes).toHaveLength(notes)
})

it('the survey of a year is that year’s document', () => {
  const satisfaction = { title: 'รายงานผลการสำรวจ', publishedAt: new Date('2026-09-01T03:00:00Z') }
  const { links } = checkItem('satisfaction', { ...FACTS, fiscalYear: 2569, satisfaction })
  expect(links).toEqual([{ text: { title: satisfaction.title }, path: '/documents/satisfaction-2569' }])
})
