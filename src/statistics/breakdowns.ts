import type { Balance } from '#domain/balance.ts'
import type { Kind } from '#domain/vocabulary.ts'
import { readDays, readSplitTotals, readTimeliness, type SplitTotal } from './breakdown-store.ts'
import type { Period } from './period.ts'
import type { SqliteHandle } from './store.ts'

/** What the cases of a period are told apart by, each of them once: every list adds up to the same balance. */
export const BALANCED = ['category', 'channel', 'unit', 'village'] as const
export type Balanced = (typeof BALANCED)[number]

/** `value` is a category code, a channel, or the id of a unit or village, '0' where none is known. */
export interface BalanceLine {
  value: string
  balance: Balance
}

export interface CountLine {
  /** An outcome or finding; 'none' where it was not told, a status where a case ended without an outcome. */
  value: string
  count: number
}

/** The duty to resolve or explain within 15 days, of cases whose day falls in the period (requirements A12, rule 8). */
export interface TimelinessFigures {
  /** met + explained + late. */
  due: number
  /** Finished by the due date. */
  met: number
  /** Not finished, but explained in writing by the due date. */
  explained: number
  /** Neither, whether finished later or still open. */
  late: number
  /** Still within their time. */
  running: number
  /** The clock ended without a verdict: withdrawn, merged, not accepted and the like. */
  void: number
}

/**
 * Days from receipt to the end, of cases finished in the period. A percentile is the smallest number of days in
 * which at least that share of the cases was finished; null where none was.
 */
export interface DaysFigures {
  finished: number
  median: number | null
  percentile90: number | null
}

/** Everything but months that is published of one kind of case in a period. */
export interface Breakdowns {
  lists: Record<Balanced, BalanceLine[]>
  outcomes: CountLine[]
  findings: CountLine[]
  /** Of the cases received in the period. */
  accepted: number
  grounds: number
  timeliness: TimelinessFigures
  days: DaysFigures
}

/** The period must have begun. It is read to its end: what has been received falls due in months to come as well. */
export function readBreakdowns(db: SqliteHandle, kind: Kind, period: Period): Breakdowns {
  const totals = readSplitTotals(db, kind, period)
  const within = (dimension: SplitTotal['dimension']) =>
    totals
      .filter((total) => total.dimension === dimension && total.within !== 0)
      .map(({ value, within: count }): CountLine => ({ value, count }))
  const sum = (lines: CountLine[]) => lines.reduce((all, { count }) => all + count, 0)
  return {
    lists: {
      category: balanceLines(totals, 'category'),
      channel: balanceLines(totals, 'channel'),
      unit: balanceLines(totals, 'unit'),
      village: balanceLines(totals, 'village'),
    },
    outcomes: within('outcome'),
    findings: within('finding'),
    accepted: sum(within('accepted')),
    grounds: sum(within('grounds')),
    timeliness: timeliness(readTimeliness(db, kind, period)),
    days: daysFigures(readDays(db, kind, period)),
  }
}

function balanceLines(totals: readonly SplitTotal[], dimension: Balanced): BalanceLine[] {
  const own = totals.filter((total) => total.dimension === dimension)
  const find = (value: string, basis: SplitTotal['basis']) =>
    own.find((total) => total.value === value && total.basis === basis) ?? { before: 0, within: 0 }
  return [...new Set(own.map(({ value }) => value))]
    .map((value) => {
      const [received, finished] = [find(value, 'received'), find(value, 'finished')]
      const broughtForward = received.before - finished.before
      const inProgress = broughtForward + received.within - finished.within
      return {
        value,
        balance: { broughtForward, received: received.within, finished: finished.within, inProgress },
      }
    })
    .filter(({ balance }) => balance.broughtForward + balance.received + balance.finished > 0)
}

function timeliness(counts: ReturnType<typeof readTimeliness>): TimelinessFigures {
  const of = (state: (typeof counts)[number]['state']) =>
    counts.find((line) => line.state === state)?.count ?? 0
  const [met, explained, late] = [of('met'), of('explained'), of('late')]
  return { due: met + explained + late, met, explained, late, running: of('running'), void: of('void') }
}

function daysFigures(counts: ReturnType<typeof readDays>): DaysFigures {
  const finished = counts.reduce((sum, { count }) => sum + count, 0)
  return {
    finished,
    median: percentile(counts, finished, 50),
    percentile90: percentile(counts, finished, 90),
  }
}

function percentile(counts: ReturnType<typeof readDays>, all: number, share: number): number | null {
  let passed = 0
  for (const { days, count } of counts) {
    passed += count
    if (passed * 100 >= all * share) return days
  }
  return null
}
