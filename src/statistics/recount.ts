import { setImmediate as pause } from 'node:timers/promises'
import type { Portal } from '#settings/portal.ts'
import type { MonthTotal } from './figures.ts'
import { countRawCases, openSnapshot, type RawCount, readMonthTotals, type SqliteHandle } from './store.ts'

/** A running total that is not what the cases themselves add up to. */
export interface Difference extends Pick<MonthTotal, 'month' | 'kind' | 'categoryGroup'> {
  kept: { received: number; finished: number }
  counted: { received: number; finished: number }
}

/** Cases per slice of the nightly job: about 20 ms each, so that nobody's page waits for it. */
const SLICE = 10_000

/** Counts every case anew and tells where the running totals differ. None, as long as the triggers are right. */
export function recount(db: SqliteHandle): Difference[] {
  const counted = new Tally()
  for (const slice of countRawCases(db, Number.MAX_SAFE_INTEGER)) counted.add(slice)
  return differences(readMonthTotals(db), counted)
}

/** The same as a job: on a snapshot of its own, in slices, while the portal goes on answering. */
export async function recountJob(portal: Pick<Portal, 'db'>): Promise<{ differences: Difference[] }> {
  const snapshot = openSnapshot(portal.db)
  try {
    const counted = new Tally()
    for (const slice of countRawCases(snapshot, SLICE)) {
      counted.add(slice)
      await pause()
    }
    return { differences: differences(readMonthTotals(snapshot), counted) }
  } finally {
    snapshot.close()
  }
}

class Tally {
  readonly totals = new Map<string, MonthTotal>()

  add(counts: readonly RawCount[]): void {
    for (const { kind, categoryGroup, receivedIn, finishedIn, count } of counts) {
      this.#total(receivedIn, kind, categoryGroup).received += count
      if (finishedIn !== null) this.#total(finishedIn, kind, categoryGroup).finished += count
    }
  }

  #total(month: string, kind: MonthTotal['kind'], categoryGroup: string): MonthTotal {
    const key = keyOf({ month, kind, categoryGroup })
    const known = this.totals.get(key)
    if (known) return known
    const total = { month, kind, categoryGroup, received: 0, finished: 0 }
    this.totals.set(key, total)
    return total
  }
}

function differences(kept: readonly MonthTotal[], counted: Tally): Difference[] {
  const keptByKey = new Map(kept.map((total) => [keyOf(total), total]))
  const keys = [...new Set([...keptByKey.keys(), ...counted.totals.keys()])].sort()
  return keys.flatMap((key) => {
    const ours = keptByKey.get(key)
    const theirs = counted.totals.get(key)
    const either = ours ?? theirs
    const pair = { kept: numbersOf(ours), counted: numbersOf(theirs) }
    const same = pair.kept.received === pair.counted.received && pair.kept.finished === pair.counted.finished
    if (same || !either) return []
    const { month, kind, categoryGroup } = either
    return [{ month, kind, categoryGroup, ...pair }]
  })
}

function numbersOf(total: MonthTotal | undefined): { received: number; finished: number } {
  return { received: total?.received ?? 0, finished: total?.finished ?? 0 }
}

function keyOf({ month, kind, categoryGroup }: Pick<MonthTotal, 'month' | 'kind' | 'categoryGroup'>): string {
  return `${month} ${kind} ${categoryGroup}`
}
