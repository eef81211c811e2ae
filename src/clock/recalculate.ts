import { setImmediate as breathe } from 'node:timers/promises'
import { type Actor, actorColumns } from '#audit/record.ts'
import { type CivilDate, civilDateOf } from '#domain/civil-date.ts'
import { type Duty, firstFiringAt } from '#domain/clock-schedule.ts'
import type { Recount } from '#domain/recalculation.ts'
import { caseNumber } from '#domain/reference.ts'
import type { Database } from '#platform/database.ts'
import type { Portal } from '#settings/portal.ts'
import { type CalendarChange, type Rules, recountClock, rulesAfter } from './calendar-change.ts'
import { type CaseClock, setAside, updateClock } from './clock-store.ts'
import {
  type CountedCase,
  clocksToResume,
  insertRecalculation,
  moveCaseDue,
  moveClock,
  openRecalculation,
  type Recalculation,
  runningClocksAfter,
  updateRecalculation,
} from './recalculate-store.ts'
import { type Act, factsOf, nextFireAt, note, settleClock } from './settle.ts'

type Deps = Pick<Portal, 'db' | 'settings' | 'now'>

/** A date that moves, as an administrator may see it: nothing of the case but its number. */
export interface MovedDate {
  number: string
  duty: Duty
  from: CivilDate
  to: CivilDate
}

export interface RecalculationPreview {
  /** The first fifty. */
  moved: MovedDate[]
  total: number
  /** Running clocks that stay as they are. */
  unchanged: number
}

const SHOWN = 50
/** Clocks in one transaction, unless so many milliseconds are over sooner: then requests are answered. */
const SLICE = 200
const LONGEST = 15
const CHUNK = 25
/** A clock that cannot be counted is set aside for so long, as the tick does. */
const ASIDE = 60 * 60_000

/** Which due dates would move, and from when to when. Nothing is written. */
export async function previewRecalculation(
  { db, settings, now }: Deps,
  change: CalendarChange,
): Promise<RecalculationPreview> {
  const rules = rulesAfter(settings, change)
  const today = civilDateOf(now())
  const preview: RecalculationPreview = { moved: [], total: 0, unchanged: 0 }
  for (let after = 0, isMore = true; isMore; ) {
    const found = runningClocksAfter(db, after, SLICE)
    for (const one of found) {
      if ('error' in one) continue
      const { clock, row } = one
      const to = recountUnless(db, clock, row, rules, today, () => undefined)?.dueOn ?? clock.dueOn
      if (to === clock.dueOn) preview.unchanged += 1
      else {
        preview.total += 1
        const number = caseNumber(row.fiscalYear, row.seq)
        if (preview.total <= SHOWN) preview.moved.push({ number, duty: clock.duty, from: clock.dueOn, to })
      }
    }
    after = found.at(-1)?.id ?? after
    isMore = found.length === SLICE
    await breathe()
  }
  return preview
}

/**
 * Has every running clock follow a change of settings. Called before the change is written, in its transaction:
 * what came to pass before is settled by the calendar of before.
 * @param reason in words that go on after 'because': complainants read it beside a date that moved
 */
export function requestRecalculation(db: Database, { reason, actor, at }: Act & { reason: string }): void {
  for (const clock of clocksToResume(db, at, civilDateOf(at))) settleClock(db, clock, at)
  const { actorId, actorName } = actorColumns(actor)
  insertRecalculation(db, { reason, actorId, actorName, requestedAt: at })
}

/**
 * Works off what was requested, slice by slice, each with the mark of how far it got in one transaction: after
 * a crash it goes on from there, and done twice it does nothing twice.
 */
export async function runRecalculations(portal: Deps): Promise<{ moved: number }> {
  const { db } = portal
  let moved = 0
  while (openRecalculation(db)) {
    moved += db.inTransaction(() => workOff(portal))
    await breathe()
  }
  return { moved }
}

function workOff(portal: Deps): number {
  const { db } = portal
  // Read within the transaction: somebody else may have done the slice meanwhile.
  const job = openRecalculation(db)
  if (!job) return 0
  const at = portal.now()
  const rules = rulesAfter(portal.settings, {})
  const act: Act = { at, actor: actorOf(job) }
  const began = performance.now()
  const done = { doneThrough: job.doneThrough, moved: job.moved }
  let isLast = false
  for (let looked = 0; looked < SLICE && !isLast && performance.now() - began < LONGEST; looked += CHUNK) {
    const found = runningClocksAfter(db, done.doneThrough, CHUNK)
    for (const one of found) {
      const aside = (error: unknown) => setAside(db, one.id, new Date(at.getTime() + ASIDE), String(error))
      if ('error' in one) aside(one.error)
      else {
        const to = recountUnless(db, one.clock, one.row, rules, civilDateOf(at), aside)
        if (to && follow(db, one.clock, to, job.reason, act)) done.moved += 1
      }
      done.doneThrough = one.id
    }
    isLast = found.length < CHUNK
  }
  updateRecalculation(db, job.id, { ...done, finishedAt: isLast ? at : null })
  return done.moved - job.moved
}

/** True where the date moved. */
function follow(db: Database, running: CaseClock, to: Recount, reason: string, act: Act): boolean {
  const policy = { ...running.policy, ...to.policy }
  if (to.dueOn === running.dueOn) {
    note(db, running, act, { type: 'recalculated', detail: { reason, from: 'resume' } })
    updateClock(db, running.id, { policy })
    return false
  }
  const clock = settleClock(db, running, act.at)
  const { dueOn, skipped } = to
  note(db, clock, act, { type: 'recalculated', dueBefore: clock.dueOn, dueAfter: dueOn, detail: { reason } })
  const moved = { ...clock, dueOn, policy, skipped }
  // Of a date that came nearer the thresholds passed by that are still to be told; of a later one, they were.
  const next = dueOn < clock.dueOn ? firstFiringAt(factsOf(moved)) : nextFireAt(moved, act.at)
  moveClock(db, clock.id, { dueOn, policy, skipped, nextFireAt: next })
  if (clock.duty === 'resolve') moveCaseDue(db, clock.caseId, dueOn, act.at)
  return true
}

/** One clock that cannot be counted must not hold up all others. */
function recountUnless(
  db: Database,
  clock: CaseClock,
  row: CountedCase,
  rules: Rules,
  today: CivilDate,
  failed: (error: unknown) => void,
): Recount | null {
  try {
    return recountClock(db, clock, row, rules, today)
  } catch (error) {
    failed(error)
    return null
  }
}

function actorOf({ actorId, actorName }: Recalculation): Actor {
  return actorId === null
    ? { kind: 'system', name: actorName }
    : { kind: 'staff', id: actorId, name: actorName }
}
