import { addDays, type CivilDate, civilDateOf, instantOf } from '#domain/civil-date.ts'
import type { Channel } from '#domain/vocabulary.ts'
import type { Chance } from './chance.ts'
import type { Matter } from './matter.ts'
import type { Person } from './people.ts'

/** How far a case gets; what would lie in the future has not happened yet. */
export type Ending =
  | 'submitted'
  | 'registered'
  | 'assigned'
  | 'in_progress'
  | 'need_info'
  | 'answered'
  | 'resolved'
  | 'closed'
  | 'forwarded'
  | 'not_accepted'
  | 'merged'
  | 'withdrawn'
  | 'reopened'
  | 'reopen_accepted'
  | 'reopen_closed'

/** One case from the first word to the last. */
export interface Story {
  matter: Matter
  ending: Ending
  receivedAt: Date
  /** Days from receipt to result. */
  pace: number
  channel: Channel
  /** Number of the village. */
  village: number
  spot: string
  person: Person
  /** Fill the places left open in the texts. */
  days: number
  n: number
  /** The office told the complainant in time that it will be late. */
  isExplained: boolean
  /** The earlier case about the same thing, for a merged one. */
  sameAs?: Story
}

export type Deed =
  | 'file'
  | 'register'
  | 'assign'
  | 'accept'
  | 'note'
  | 'ask'
  | 'answer'
  | 'progress'
  | 'inquire'
  | 'reply'
  | 'explain'
  | 'conclude'
  | 'close'
  | 'forward'
  | 'reject'
  | 'merge'
  | 'withdraw'
  | 'reopen'
  | 'accept_again'
  | 'conclude_again'

export interface Step {
  at: Date
  deed: Deed
  story: Story
}

/** What happens in a case and when: offices work on weekdays, citizens whenever they like. */
export function stepsOf(story: Story, chance: Chance): Step[] {
  const steps: Step[] = []
  let at = story.receivedAt
  const add = (deed: Deed, when: Date) => {
    at = when
    steps.push({ at, deed, story })
  }
  const office = (deed: Deed, day: CivilDate) => add(deed, workingTime(at, day, chance))
  const soon = (least: number, most: number) => addDays(civilDateOf(at), chance.between(least, most))
  const due = () => addDays(civilDateOf(story.receivedAt), story.pace)

  // What came by another way is written down by an officer.
  if (story.channel === 'web') add('file', at)
  else office('file', civilDateOf(at))
  const left = leftOut(story, chance)
  for (const deed of DEEDS[story.ending].filter((each) => !left.includes(each))) {
    if (deed === 'conclude') office(deed, due())
    else if (deed === 'explain') office(deed, addDays(civilDateOf(story.receivedAt), EXPLAIN_AFTER))
    else if (deed === 'close') office(deed, soon(2, 14))
    else if (deed === 'conclude_again') office(deed, soon(4, 10))
    else if (isCitizens(deed)) add(deed, later(at, chance.between(300, deed === 'reopen' ? 15_000 : 2500)))
    else if (deed === 'ask' || deed === 'progress') office(deed, soon(1, 3))
    else office(deed, soon(0, 1))
  }
  return steps
}

/** Not every officer writes a note or asks back, and few citizens ask how far it is. */
function leftOut({ ending, matter, isExplained }: Story, chance: Chance): Deed[] {
  const asks = ending === 'need_info' || ending === 'answered' || (matter.question && chance.in100(50))
  return [
    ...(asks ? [] : (['ask', 'answer'] as const)),
    ...(matter.progress ? [] : (['progress'] as const)),
    ...(chance.in100(12) ? [] : (['inquire', 'reply'] as const)),
    ...(chance.in100(30) ? [] : (['note'] as const)),
    ...(isExplained ? [] : (['explain'] as const)),
  ]
}

/** Days after receipt on which offices see that they will not be done in time. */
const EXPLAIN_AFTER = 13

const WORK = ['register', 'assign', 'accept'] as const
const PROGRESS = [...WORK, 'note', 'progress', 'inquire', 'reply', 'explain'] as const
const RESULT = [
  ...WORK,
  'note',
  'ask',
  'answer',
  'progress',
  'inquire',
  'reply',
  'explain',
  'conclude',
] as const

const DEEDS: Record<Ending, readonly Deed[]> = {
  submitted: [],
  registered: ['register'],
  assigned: ['register', 'assign'],
  in_progress: PROGRESS,
  need_info: [...WORK, 'ask'],
  answered: [...WORK, 'ask', 'answer'],
  resolved: RESULT,
  closed: [...RESULT, 'close'],
  forwarded: ['register', 'note', 'forward'],
  not_accepted: ['register', 'reject'],
  merged: ['register', 'merge'],
  withdrawn: [...WORK, 'withdraw'],
  reopened: [...RESULT, 'reopen'],
  reopen_accepted: [...RESULT, 'reopen', 'accept_again'],
  reopen_closed: [...RESULT, 'reopen', 'accept_again', 'conclude_again', 'close'],
}

const isCitizens = (deed: Deed): boolean => ['answer', 'inquire', 'withdraw', 'reopen'].includes(deed)

const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000)

export function isWeekend(day: CivilDate): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}

/** A moment of office hours on that day or the next working day, after what happened before. */
function workingTime(after: Date, day: CivilDate, chance: Chance): Date {
  for (let date = day; ; date = addDays(date, 1)) {
    if (isWeekend(date)) continue
    const at = instantOf(date, chance.between(9, 15), chance.between(0, 59))
    if (at > after) return at
    const rest = later(after, chance.between(10, 40))
    if (civilDateOf(rest) === date && rest < instantOf(date, 16, 30) && rest > instantOf(date, 8, 30))
      return rest
  }
}
