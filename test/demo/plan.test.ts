import { describe, expect, it } from 'vitest'
import { chance } from '#demo/chance.ts'
import { MATTERS, planStories } from '#demo/plan.ts'
import { isWeekend, stepsOf } from '#demo/story.ts'
import { addDays, civilDateOf } from '#domain/civil-date.ts'
import { countCharacters } from '#domain/text.ts'
import { DEFAULT_CATEGORIES } from '#settings/defaults.ts'

/** First day and night of a fiscal year, a leap day, a Sunday, a plain Monday. */
const DAYS = [
  '2026-10-01T01:00:00Z',
  '2026-09-30T17:30:00Z',
  '2028-02-29T09:00:00Z',
  '2027-04-18T03:00:00Z',
  '2026-11-16T03:00:00Z',
]

describe.each(DAYS)('a demonstration made at %s', (text) => {
  const now = new Date(text)
  const stories = planStories(now, chance(2570))
  const today = civilDateOf(now)

  it('has 300 stories, none in the future', () => {
    expect(stories).toHaveLength(300)
    expect(stories.filter(({ receivedAt }) => receivedAt >= now)).toEqual([])
  })

  it('has complaints due today and due in the next days', () => {
    const received = (daysAgo: number) =>
      stories.filter(
        (story) => civilDateOf(story.receivedAt) === addDays(today, -daysAgo) && story.ending !== 'closed',
      )
    expect(received(15).length).toBeGreaterThan(1)
    expect([12, 13, 14].flatMap(received).length).toBeGreaterThan(3)
  })

  it('tells each story forward in time, officers at work on weekdays only', () => {
    const random = chance(1)
    for (const story of stories) {
      const steps = stepsOf(story, random)
      const times = steps.map(({ at }) => at.getTime())
      expect(times).toEqual([...times].sort((a, b) => a - b))
      const office = steps.filter(
        ({ deed }) => !['file', 'answer', 'inquire', 'withdraw', 'reopen'].includes(deed),
      )
      for (const { at } of office) {
        const hour = (at.getUTCHours() + 7) % 24
        expect(hour >= 8 && hour <= 16 && !isWeekend(civilDateOf(at))).toBe(true)
      }
    }
  })
})

describe('the matters', () => {
  it('are many, of categories that exist, and short enough for the forms', () => {
    const codes = new Set(DEFAULT_CATEGORIES.map(({ code }) => code))
    expect(MATTERS.length).toBeGreaterThan(70)
    for (const { category, subject, detail } of MATTERS) {
      expect(codes.has(category)).toBe(true)
      expect(countCharacters(subject)).toBeLessThan(100)
      expect(countCharacters(detail)).toBeGreaterThan(40)
    }
  })

  it('of complaints that are solved here say what was learnt', () => {
    const complaints = new Set(
      DEFAULT_CATEGORIES.filter(({ kind }) => kind === 'complaint').map(({ code }) => code),
    )
    const silent = MATTERS.filter(
      ({ category, cause, prevention, forward, reject }) =>
        complaints.has(category) && !forward && !reject && !(cause && prevention),
    )
    expect(silent).toEqual([])
  })
})
