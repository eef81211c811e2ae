import { tick } from '#clock/tick.ts'
import { makeDraft } from '#complaints/draft-letter.ts'
import { civilDateOf, instantOf } from '#domain/civil-date.ts'
import type { Portal } from '#settings/portal.ts'
import type { Chance } from './chance.ts'
import { answer, file, inquire, reopen, type Telling, withdraw } from './citizen-deeds.ts'
import * as officer from './officer-deeds.ts'
import { type Deed, type Step, type Story, stepsOf } from './story.ts'

/**
 * Tells all stories side by side in the order of time, so that numbers, history and trail come as in real
 * life; `travelTo` sets the portal's clock. What lies after `now` is left to whoever tries the demonstration.
 */
export async function tellStories(
  portal: Portal,
  travelTo: (at: Date) => void,
  stories: readonly Story[],
  { now, chance, onStep }: { now: Date; chance: Chance; onStep: (done: number, all: number) => void },
): Promise<Telling[]> {
  const tellings = new Map(
    stories.map((story, index) => {
      const key = portal.keyed.hash('demo', String(index))
      return [story, { portal, story, key, chance }]
    }),
  )
  const steps = stories
    .flatMap((story) => stepsOf(story, chance))
    .filter(({ at }) => at < now)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
  let day = ''
  for (const [index, step] of steps.entries()) {
    if (civilDateOf(step.at) !== day) {
      day = civilDateOf(step.at)
      travelTo(instantOf(day, 0, 1))
      await turnClocks(portal)
    }
    travelTo(step.at)
    await tell(step, tellings)
    onStep(index + 1, steps.length)
  }
  travelTo(now)
  await turnClocks(portal)
  return [...tellings.values()]
}

const DEEDS: Record<Exclude<Deed, 'merge'>, (telling: Telling) => void | Promise<void>> = {
  ...{ file, answer, inquire, withdraw, reopen },
  register: officer.register,
  assign: officer.assign,
  accept: officer.accept,
  note: officer.note,
  ask: officer.ask,
  progress: officer.progress,
  reply: officer.reply,
  explain: officer.explain,
  conclude: officer.conclude,
  close: officer.close,
  forward: officer.forward,
  reject: officer.reject,
  accept_again: officer.accept,
  conclude_again: officer.concludeAgain,
}

async function turnClocks(portal: Portal): Promise<void> {
  await tick(portal, { draft: (kind, clock, row, at) => makeDraft(portal, kind, clock, row, at) })
}

async function tell({ deed, story }: Step, tellings: ReadonlyMap<Story, Telling>): Promise<void> {
  const telling = tellings.get(story)
  if (!telling) return
  if (deed !== 'merge') {
    await DEEDS[deed](telling)
    return
  }
  const first = story.sameAs && tellings.get(story.sameAs)
  if (first) officer.merge(telling, first)
}
