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
const SLICE = 15
/** A clock that failed is looked at again after so long. */
const ASIDE = 60 * 60_000

/**
 * Works off every clock whose time has come, in the order in which it came, each in a transaction of its own.
 * What is decided depends only on what is stored, so that ticks may be missed, doubled or run by two
 * processes: the result is the same.
 */
export async function tick(portal: Deps, hooks: TickHooks, signal?: AbortSignal): Promise<Ticked> {
  const { db } = portal
  const now = portal.now()
  const notify = notifier(portal, now)
  const done: Ticked = { fired: 0, aside: 0 }
  let sliceBegan = performance.now()
  for (let ids = dueClockIds(db, now, BATCH); ids.length > 0; ids = dueClockIds(db, now, BATCH)) {
    for (const id of ids) {
      if (signal?.aborted) return done
      try {
        if (db.inTransaction(() => fireClock(db, id, now, notify, hooks.draft))) done.fired += 1
      } catch (error) {
        setAside(db, id, new Date(now.getTime() + ASIDE), String(error))
        hooks.report?.(id, error)
        done.aside += 1
      }
      if (performance.now() - sliceBegan < SLICE) continue
      await breathe()
      sliceBegan = performance.now()
    }
  }
  return done
}

/** False where somebody else was there first. */
function fireClock(db: Database, id: number, now: Date, notify: Notify, draft: MakeDraft): boolean {
  const found = findClockWithCase(db, id)
  if (!found) return false
  const { clock, row } = found
  if (clock.nextFireAt === null || clock.nextFireAt > now || clock.verdict !== null) return false
  const reminders: Firing[] = []
  const after = catchUp(db, clock, now, now, (firing) => reminders.push(firing))
  for (const family of FAMILIES) remind(db, after, row, reminders.filter(family), now, notify)
  for (const kind of draftsAmong(reminders)) draft(kind, after, row, now)
  moveOn(db, id, after)
  return true
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
