import type { CivilDate } from '#domain/civil-date.ts'
import { type DueWorking, dueWorking, type Holidays } from '#domain/deadlines.ts'
import { type Recount, recount } from '#domain/recalculation.ts'
import type { Database } from '#platform/database.ts'
import type { Deadlines } from '#settings/documents.ts'
import type { Portal } from '#settings/portal.ts'
import type { CaseClock } from './clock-store.ts'
import { acknowledgePolicy, resolvePolicy } from './clocks.ts'
import { pausesOf } from './pauses-store.ts'
import type { CountedCase } from './recalculate-store.ts'

/** What is about to be set; what is left out stays as it is. */
export interface CalendarChange {
  deadlines?: Deadlines
  holidays?: Holidays
  category?: { code: string; targetDays: number | null }
}

/** The settings by which clocks are counted. */
export interface Rules {
  deadlines(): Deadlines
  holidays: Holidays
  categoryDays(code: string): number | null
  count: typeof dueWorking
}

export function rulesAfter(
  settings: Portal['settings'],
  { deadlines, holidays, category }: CalendarChange,
): Rules {
  return {
    deadlines: () => deadlines ?? settings.deadlines(),
    holidays: holidays ?? settings.holidays(),
    categoryDays: (code) =>
      code === category?.code ? category.targetDays : (settings.category(code)?.targetDays ?? null),
    count: countedOnce(),
  }
}

/** Thousands of clocks were started on a few hundred days: each day is counted once. For one set of holidays. */
function countedOnce(): typeof dueWorking {
  const known = new Map<string, DueWorking>()
  return (startedOn, policy, holidays, pauses = []) => {
    if (pauses.length > 0) return dueWorking(startedOn, policy, holidays, pauses)
    const key = [startedOn, policy.targetDays, policy.countMode, policy.rollForward].join()
    const working = known.get(key) ?? dueWorking(startedOn, policy, holidays)
    known.set(key, working)
    return working
  }
}

/** Where the clock stands by the rules; null where it stays as it is. */
export function recountClock(
  db: Database,
  clock: CaseClock,
  row: CountedCase,
  rules: Rules,
  today: CivilDate,
): Recount | null {
  const office =
    clock.duty === 'acknowledge'
      ? acknowledgePolicy(rules)
      : resolvePolicy(rules, rules.categoryDays(row.categoryCode))
  const pauses = clock.policy.pausesOnAsk ? pausesOf(db, clock.id) : []
  const { startedOn, dueOn, promisedOn, pausedUntil, policy } = clock
  const running = { startedOn, dueOn, promisedOn, pausedUntil, policy, pauses }
  const breached = clock.breachedAt !== null
  return recount({ ...running, breached }, office, rules.holidays, today, rules.count)
}
