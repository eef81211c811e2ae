import { addDays, type CivilDate, civilDateOf, daysBetween, instantOf } from '#domain/civil-date.ts'
import { fiscalYearOf, fiscalYearRange } from '#domain/fiscal-year.ts'
import { CHANNELS, type Channel } from '#domain/vocabulary.ts'
import type { Chance } from './chance.ts'
import type { Matter } from './matter.ts'
import { COMMUNITY } from './matters/community.ts'
import { ENVIRONMENT } from './matters/environment.ts'
import { LIGHT_AND_WATER } from './matters/light-and-water.ts'
import { OPINIONS } from './matters/opinions.ts'
import { OTHER_BODIES } from './matters/other-bodies.ts'
import { ROADS } from './matters/roads.ts'
import { SERVICE } from './matters/service.ts'
import { SPOTS } from './office.ts'
import { somebody } from './people.ts'
import { type Ending, isWeekend, type Story } from './story.ts'

const EVERYDAY = [...ROADS, ...LIGHT_AND_WATER, ...COMMUNITY, ...ENVIRONMENT]
export const MATTERS: readonly Matter[] = [...EVERYDAY, ...SERVICE, ...OTHER_BODIES, ...OPINIONS]

const CASES = 300
const DUPLICATES = 9
const VILLAGES = [1, 2, 3, 4, 5, 6, 7, 8, 9]
/** Cases of the last weeks are told one by one, so that every view of the queue shows something. */
const RECENT_DAYS = 46

/** How so many recent cases stand, received between so many days ago. */
const RECENT: readonly {
  count: number
  ending: Ending
  ago: [number, number]
  pace?: number
  duty?: true
}[] = [
  // Overdue.
  { count: 7, ending: 'in_progress', ago: [17, 44], duty: true },
  { count: 2, ending: 'assigned', ago: [18, 30], duty: true },
  { count: 2, ending: 'need_info', ago: [18, 28], duty: true },
  { count: 1, ending: 'registered', ago: [17, 20], duty: true },
  // Due today and in the next three days.
  { count: 3, ending: 'in_progress', ago: [15, 15], duty: true },
  { count: 5, ending: 'in_progress', ago: [12, 14], duty: true },
  { count: 2, ending: 'assigned', ago: [12, 14], duty: true },
  // Well in time.
  { count: 6, ending: 'submitted', ago: [0, 1] },
  { count: 5, ending: 'registered', ago: [1, 4] },
  { count: 6, ending: 'assigned', ago: [3, 7] },
  { count: 10, ending: 'in_progress', ago: [5, 11] },
  { count: 3, ending: 'need_info', ago: [6, 11], duty: true },
  { count: 3, ending: 'answered', ago: [9, 11], duty: true },
  // Told the result not long ago.
  { count: 8, ending: 'resolved', ago: [11, 24], pace: 6 },
  { count: 3, ending: 'reopened', ago: [26, 32], pace: 6, duty: true },
  { count: 2, ending: 'reopen_accepted', ago: [33, 40], pace: 7, duty: true },
]

/** 300 stories over two fiscal years, of every kind, channel and village. */
export function planStories(now: Date, chance: Chance): Story[] {
  const today = civilDateOf(now)
  const tell = storyTeller(now, chance)
  const stories: Story[] = RECENT.flatMap(({ count, ending, ago, pace, duty }) =>
    Array.from({ length: count }, () => {
      const day = addDays(today, -chance.between(...ago))
      return tell(day, { ending, duty: duty ?? false, pace: pace ?? chance.between(5, 13) })
    }),
  )
  const { from } = fiscalYearRange(fiscalYearOf(today) - 1)
  const span = daysBetween(from, today) - RECENT_DAYS
  while (stories.length < CASES - DUPLICATES) {
    const day = addDays(from, chance.between(0, span))
    stories.push(tell(day, { ending: pastEnding(chance), duty: false, pace: pastPace(chance) }))
  }
  return [...stories, ...duplicates(stories, chance)]
}

function pastEnding(chance: Chance): Ending {
  const roll = chance.between(1, 100)
  if (roll <= 5) return 'withdrawn'
  if (roll <= 12) return 'reopen_closed'
  return roll <= 15 ? 'resolved' : 'closed'
}

/** Most results come in time, some on the last day, one in eight late. */
function pastPace(chance: Chance): number {
  return chance.in100(12) ? chance.between(17, 30) : chance.between(2, 14)
}

interface Wanted {
  ending: Ending
  /** Only a matter that carries the 15-day duty. */
  duty: boolean
  pace: number
}

type Teller = (day: CivilDate, wanted: Wanted) => Story

function storyTeller(now: Date, chance: Chance): Teller {
  // What happens every day is told twice as often, and opinions are not to be lost among complaints.
  const nextMatter = rounds([...MATTERS, ...EVERYDAY, ...OPINIONS], chance)
  const nextChannel = rounds([...CHANNELS, ...USUAL_CHANNELS], chance)
  const nextVillage = rounds(VILLAGES, chance)
  return (day, { ending, duty, pace }) => {
    let matter = nextMatter()
    while (!suits(matter, ending, duty)) matter = nextMatter()
    const channel = ending === 'submitted' ? 'web' : channelFor(nextChannel(), day)
    const isLate = pace > 15 || (ending === 'in_progress' && daysBetween(day, civilDateOf(now)) > 16)
    return {
      ...{ matter, channel, pace },
      isExplained: isLate && chance.in100(55),
      ending: endingFor(matter, ending),
      receivedAt: receivedAt(day, channel, now, chance),
      village: nextVillage(),
      spot: chance.pick(SPOTS),
      person: somebody(chance),
      days: chance.between(2, 9),
      n: chance.between(2, 6),
    }
  }
}

const USUAL_CHANNELS: readonly Channel[] = [
  ...Array<Channel>(12).fill('web'),
  ...(['phone', 'phone', 'walkin', 'walkin', 'line', 'line', 'facebook', 'letter', 'forum'] as const),
]

/** Everything once in a new order, and then again. */
function rounds<T>(list: readonly T[], chance: Chance): () => T {
  let left: T[] = []
  return () => {
    if (left.length === 0) left = chance.shuffle(list)
    return left.pop() ?? chance.pick(list)
  }
}

function suits(matter: Matter, ending: Ending, duty: boolean): boolean {
  if (ending === 'need_info' || ending === 'answered') return matter.question !== undefined
  return !duty || EVERYDAY.includes(matter)
}

/** A matter of another body is not solved here, whatever else was to become of it. */
function endingFor(matter: Matter, ending: Ending): Ending {
  if (OPEN_ENDINGS.includes(ending)) return ending
  if (matter.forward) return 'forwarded'
  return matter.reject ? 'not_accepted' : ending
}

const OPEN_ENDINGS: readonly Ending[] = ['submitted', 'registered', 'assigned']

/** Nobody is at the counter or the telephone at the weekend. */
function channelFor(channel: Channel, day: CivilDate): Channel {
  return isWeekend(day) && !ANY_TIME.includes(channel) ? 'line' : channel
}

const ANY_TIME: readonly Channel[] = ['web', 'line', 'facebook', 'email', 'qr', 'traffy']

function receivedAt(day: CivilDate, channel: Channel, now: Date, chance: Chance): Date {
  const hour = ANY_TIME.includes(channel) ? chance.between(6, 22) : chance.between(9, 15)
  const at = instantOf(day, hour, chance.between(0, 59))
  const latest = new Date(now.getTime() - chance.between(90, 240) * 60_000)
  return at < latest ? at : latest
}

/** The same thing told by somebody else a few days later, to be merged into the first case. */
function duplicates(stories: readonly Story[], chance: Chance): Story[] {
  const first = stories.filter(
    ({ ending, pace, matter, channel }) =>
      ending === 'closed' && pace > 5 && channel === 'web' && matter.cause !== undefined,
  )
  return chance
    .shuffle(first)
    .slice(0, DUPLICATES)
    .map((sameAs) => ({
      ...sameAs,
      sameAs,
      ending: 'merged',
      receivedAt: new Date(sameAs.receivedAt.getTime() + chance.between(20, 60) * 3_600_000),
      channel: 'web',
      person: somebody(chance),
    }))
}
