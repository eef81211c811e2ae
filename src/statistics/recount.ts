import { setImmediate as pause } from 'node:timers/promises'
import type { Portal } from '#settings/portal.ts'
import { type Difference, RawTally } from './raw-tally.ts'
import {
  insertRecountAlarm,
  openSnapshot,
  readRawCases,
  readRawClocks,
  readRunningTotals,
  type SqliteHandle,
} from './store.ts'

/** Rows per slice of the nightly job, so that nobody's page waits for it. */
const SLICE = 2_000

/** So many differences are written down: what is wrong with one trigger is wrong in many totals, night after night. */
export const MOST_KEPT = 200

/** Counts every case anew and tells where the running totals differ. None, as long as the triggers are right. */
export function recount(db: SqliteHandle): Difference[] {
  const tally = new RawTally()
  for (const _ of tallySlices(db, tally));
  return tally.differences(readRunningTotals(db))
}

/**
 * The same as a job: on a snapshot of its own, in slices, while the portal goes on answering. A difference is
 * written down as an alarm that stays until somebody has looked at it.
 */
export async function recountJob(portal: Pick<Portal, 'db' | 'now'>): Promise<{ differences: Difference[] }> {
  const snapshot = openSnapshot(portal.db)
  try {
    const tally = new RawTally()
    for (const _ of tallySlices(snapshot, tally)) await pause()
    const differences = tally.differences(readRunningTotals(snapshot))
    const kept = differences.slice(0, MOST_KEPT)
    if (kept.length > 0) insertRecountAlarm(portal.db, portal.now(), kept)
    return { differences }
  } finally {
    snapshot.close()
  }
}

function* tallySlices(db: SqliteHandle, tally: RawTally): Generator<undefined> {
  for (const rows of readRawCases(db, SLICE)) {
    for (const row of rows) tally.addCase(row)
    yield
  }
  for (const rows of readRawClocks(db, SLICE)) {
    for (const row of rows) tally.addClock(row)
    yield
  }
}
