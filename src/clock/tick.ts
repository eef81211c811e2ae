import { setImmediate as breathe } from 'node:timers/promises'
import { type Firing, type FiringKind, targetOf } from '#domain/clock-schedule.ts'
import type { Database } from '#platform/database.ts'
import type { Portal } from '#settings/portal.ts'
import {
  type CaseClock,
  type ClockCase,
  dueClockIds,
  findClockWithCase,
  moveOn,
  setAside,
} from './clock-store.ts'
import { type Notify, notifier } from './notify.ts'
import { CLOCKWORK, catchUp, factsOf, note } from './settle.ts'
import type { ClockEventType, NoticeKind } from './tables.ts'

type Deps = Pick<Portal, 'db' | 'settings' | 'config' | 'now'>

/** Makes a letter ready for the unit head, where none is being written; runs in the clock's transaction. */
export type MakeDraft = (kind: 'delay' | 'progress', clock: CaseClock, row: ClockCase, at: Date) => void

export interface TickHooks {
  draft: MakeDraft
  /** Told of each clock that could not be worked on and was set aside. */
  report?: (clockId: number, error: unknown) => void
}

export interface Ticked {
  fired: number
  aside: number
}

const BATCH = 200
/** Milliseconds of work between two pauses in which requests are answered. */
const SLICE = 10
/** A clock that failed is looked at again after so long. */
const ASIDE = 60 * 60_000

/**
 * Works off every clock whose time has come, in the order in which it came, slice by slice. What is decided
 * depends only on what is stored, so that ticks may be missed, doubled, cut off or run by two processes: the
 * result is the same.
 */
export async function tick(portal: Deps, hooks: TickHooks, signal?: AbortSignal): Promise<Ticked> {
  const { db } = portal
  const now = portal.now()
  const notify = notifier(portal, now)
  const done: Ticked = { fired: 0, aside: 0 }
  while (!signal?.aborted) {
    const { fired, failures } = db.inTransaction(() => workSlice(db, now, notify, hooks.draft))
    if (fired + failures.length === 0) break
    done.fired += fired
    done.aside += failures.length
    for (const { id, error } of failures) hooks.report?.(id, error)
    await breathe()
  }
  return done
}

interface Slice {
  fired: number
  failures: { id: number; error: unknown }[]
}

/**
 * One transaction for as many clocks as its time allows: a disk that has to promise to keep each of thousands
 * by itself takes longer over that than all of the work. Each clock still succeeds or fails alone.
 */
function workSlice(db: Database, now: Date, notify: Notify, draft: MakeDraft): Slice {
  const until = performance.now() + SLICE
  const slice: Slice = { fired: 0, failures: [] }
  for (const id of dueClockIds(db, now, BATCH)) {
    try {
      // Inside a transaction this is a savepoint.
      db.sqlite.transaction(() => fireClock(db, id, now, notify, draft))()
      slice.fired += 1
    } catch (error) {
      // Where the disk itself failed, SQLite has given up all of the slice.
      if (!db.sqlite.inTransaction) throw error
      setAside(db, id, new Date(now.getTime() + ASIDE), String(error))
      slice.failures.push({ id, error })
    }
    if (performance.now() >= until) break
  }
  return slice
}

function fireClock(db: Database, id: number, now: Date, notify: Notify, draft: MakeDraft): void {
  const found = findClockWithCase(db, id)
  if (!found) throw new Error('its case is gone')
  const { clock, row } = found
  const reminders: Firing[] = []
  const after = catchUp(db, clock, now, now, (firing) => reminders.push(firing))
  for (const family of FAMILIES) remind(db, after, row, reminders.filter(family), now, notify)
  for (const kind of draftsAmong(reminders)) draft(kind, after, row, now)
  moveOn(db, id, after)
}

const isProgress = ({ kind }: Firing): boolean => kind === 'progress' || kind === 'progress_draft'
const FAMILIES = [(firing: Firing) => !isProgress(firing), isProgress]

/**
 * Of several thresholds that were passed while nobody looked only the last is told, to everybody whom any of
 * them was meant for; the others are written down as overtaken by it.
 */
function remind(
  db: Database,
  clock: CaseClock,
  row: ClockCase,
  firings: readonly Firing[],
  at: Date,
  notify: Notify,
): void {
  const act = { at, actor: CLOCKWORK }
  const last = firings.at(-1)
  if (!last) return
  for (const { mark, kind } of firings.slice(0, -1)) {
    note(db, clock, act, { type: 'superseded', mark, detail: { kind, by: last.mark } })
  }
  const { event, notice } = WORDS[last.kind]
  const to = [...new Set(firings.flatMap((firing) => firing.to))]
  const told = notify(row, {
    ...{ kind: notice, mark: `clock:${clock.id}:${last.mark}`, clockId: clock.id },
    ...{ dueOn: targetOf(factsOf(clock)), to },
  })
  // Nobody there to be told is a fact too, and no reason to forget that the time has come.
  note(db, clock, act, { type: event, mark: last.mark, detail: { to, told } })
}

const WORDS: Record<FiringKind, { event: ClockEventType; notice: NoticeKind }> = {
  warn: { event: 'warned', notice: 'near' },
  overdue: { event: 'overdue', notice: 'over' },
  draft: { event: 'drafted', notice: 'draft' },
  progress: { event: 'progress_due', notice: 'progress' },
  progress_draft: { event: 'drafted', notice: 'progress' },
  breach: { event: 'breached', notice: 'over' },
  resume: { event: 'resumed', notice: 'near' },
}

function draftsAmong(firings: readonly Firing[]): ('delay' | 'progress')[] {
  const kinds = new Set(firings.map(({ kind }) => kind))
  return [
    ...(kinds.has('draft') ? (['delay'] as const) : []),
    ...(kinds.has('progress_draft') ? (['progress'] as const) : []),
  ]
}
