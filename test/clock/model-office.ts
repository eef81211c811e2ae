import { expect } from 'vitest'
import { type ClockEvent, clockEventsOf, clocksOf, runningClock } from '#clock/clock-store.ts'
import { advanceClock, startClock, stopClocks } from '#clock/clocks.ts'
import { explainClock, tellProgress } from '#clock/explain.ts'
import { pauseClock, resumeClock } from '#clock/pause.ts'
import { requestRecalculation, runRecalculations } from '#clock/recalculate.ts'
import type { Act } from '#clock/settle.ts'
import { tick } from '#clock/tick.ts'
import { countQueue, queuePage } from '#complaints/queue-store.ts'
import { insertCase } from '#complaints/store.ts'
import { addDays, type CivilDate, civilDateOf, startOfDay } from '#domain/civil-date.ts'
import type { Viewer } from '#domain/permissions.ts'
import { newToken } from '#platform/keyed-hash.ts'
import { DEFAULT_DEADLINES, DEFAULT_NOTICES } from '#settings/documents.ts'
import { deleteHoliday, insertHoliday } from '#settings/holiday-store.ts'
import type { Portal } from '#settings/portal.ts'
import { writeDocument } from '#settings/store.ts'
import { nextDay } from '../domain/calendar.ts'
import type { TestFolder } from '../support/folder.ts'
import { NaiveClock, type NaivePolicy } from './naive-clock.ts'

export type Deed =
  | { do: 'wait'; wait: number }
  | { do: 'tick' | 'transfer' | 'answer' | 'progress' | 'conclude' | 'reopen' | 'merge' | 'restart' }
  | { do: 'ask' | 'explain' | 'category' | 'holiday'; days: number }

export interface Sequence {
  /** Minutes after the first moment of all. */
  start: number
  policy: NaivePolicy
  deeds: readonly Deed[]
}

const FIRST = new Date('2026-01-01T00:00:00+07:00').getTime()
const ACTOR = { kind: 'staff', id: 1, name: 'ชัย ช่างโยธา' } as const
const WORKING_GROUP: Viewer = {
  ...{ accountId: 0, displayName: 'คณะทำงาน', roles: ['working_group'], unitId: null, isCentre: false },
}
const REMINDERS: readonly ClockEvent['type'][] = [
  'warned',
  'overdue',
  'drafted',
  'progress_due',
  'superseded',
]

/** One office in which case after case lives its life, beside a clerk's own reckoning. */
export class ModelOffice {
  readonly #folder: TestFolder
  #case = 0
  #seq = 0
  #clerk: NaiveClock[] = []
  #holidays = new Set<CivilDate>()
  #policy: NaivePolicy = { targetDays: 15, countMode: 'calendar', rollForward: false, pausesOnAsk: false }

  constructor(folder: TestFolder) {
    this.#folder = folder
    this.#beQuick()
  }

  /** Lives one life; the result is everything that must not depend on when the clockwork looked. */
  async live(sequence: Sequence, isWatched: boolean): Promise<unknown> {
    try {
      return await this.#live(sequence, isWatched)
    } finally {
      // Also where something was wrong: the next life begins in an office without open cases.
      this.#stop('done')
      this.#clearHolidays()
    }
  }

  async #live({ start, policy, deeds }: Sequence, isWatched: boolean): Promise<unknown> {
    this.#folder.moveTo(new Date(FIRST + start * 60_000))
    this.#policy = policy
    this.#open()
    for (const deed of deeds) {
      if (deed.do !== 'tick' || isWatched) await this.#do(deed)
    }
    this.#wait(60)
    await this.#tick()
    this.#check()
    if (isWatched) this.#checkQueue()
    const outcome = this.#outcome()
    this.#stop('done')
    this.#check()
    return outcome
  }

  async #do(deed: Deed): Promise<void> {
    switch (deed.do) {
      case 'wait':
        return this.#wait(deed.wait)
      case 'tick':
        return await this.#tick()
      case 'restart':
        return this.#restart()
      case 'transfer':
        return this.#transfer()
      case 'ask':
        return this.#ask(addDays(this.#today, deed.days))
      case 'answer':
        this.#clerk.at(-1)?.resume(this.#today)
        return resumeClock(this.#portal.db, this.#case, this.#act)
      case 'explain':
        return this.#explain(deed.days)
      case 'progress':
        return tellProgress(this.#portal.db, this.#case, this.#today, this.#act)
      case 'category':
        return this.#hurry(deed.days)
      case 'holiday':
        return await this.#addHoliday(addDays(this.#today, deed.days))
      case 'conclude':
        return this.#stop('done')
      case 'merge':
        return this.#stop('void')
      case 'reopen':
        return this.#reopen()
    }
  }

  #restart(): void {
    this.#folder.reopen()
    this.#beQuick()
  }

  /** What is tested is what is written, not that it survives the power going out. */
  #beQuick(): void {
    this.#portal.db.sqlite.pragma('synchronous = OFF')
  }

  get #portal(): Portal {
    return this.#folder.portal
  }
  get #act(): Act {
    return { at: this.#portal.now(), actor: ACTOR }
  }
  get #today(): CivilDate {
    return civilDateOf(this.#portal.now())
  }

  #open(): void {
    const { db, settings } = this.#portal
    const at = this.#portal.now()
    const category = settings.categories()[0]
    this.#seq += 1
    this.#case = insertCase(db, {
      ...{
        fiscalYear: 2569,
        seq: this.#seq,
        submissionKey: newToken(),
        trackingHash: 'x',
        kind: 'complaint',
      },
      ...{ categoryCode: category?.code ?? '', categoryGroup: category?.groupCode ?? '', restricted: false },
      ...{ subject: 'ไฟทางดับ', detail: 'ไฟทางดับ', channel: 'web', language: 'th', privacyVersion: '1' },
      ...{ receivedAt: at, receivedOn: this.#today, recordedAt: at, status: 'in_progress', updatedAt: at },
      unitId: settings.units()[0]?.id ?? null,
    })
    this.#clerk = []
    this.#start()
  }

  #start(): void {
    const round = this.#clerk.length + 1
    const policy = { ...this.#policy, notices: DEFAULT_NOTICES, progressDays: 15 }
    const holidays = this.#portal.settings.holidays()
    const common = { caseId: this.#case, duty: 'resolve', startedOn: this.#today, policy, holidays } as const
    const dueOn = startClock(this.#portal.db, { ...common, round }, this.#act)
    this.#portal.db.sqlite
      .prepare(
        "update cases set due_on = ?, promised_on = null, status = 'in_progress', finished_on = null where id = ?",
      )
      .run(dueOn, this.#case)
    this.#clerk.push(new NaiveClock(this.#today, this.#policy, this.#holidays))
  }

  #wait(minutes: number): void {
    const before = this.#today
    this.#folder.travel(minutes)
    for (let day = before; day < this.#today; ) {
      day = nextDay(day)
      this.#clerk.at(-1)?.midnight(day)
    }
  }

  async #tick(): Promise<void> {
    await tick(this.#portal, { draft: () => undefined, report: (_, error) => expect(error).toBeUndefined() })
  }

  #transfer(): void {
    const units = this.#portal.settings.units()
    const { id } = units[this.#seq % units.length] ?? { id: null }
    this.#portal.db.sqlite.prepare('update cases set unit_id = ? where id = ?').run(id, this.#case)
  }

  #ask(until: CivilDate): void {
    this.#clerk.at(-1)?.ask(this.#today, until)
    pauseClock(this.#portal.db, this.#case, until, this.#act)
  }

  #explain(days: number): void {
    const clerk = this.#clerk.at(-1)
    const clock = runningClock(this.#portal.db, this.#case)
    if (!clerk?.isRunning || !clock) return
    clerk.resume(this.#today)
    const newDate = addDays(clerk.target > this.#today ? clerk.target : this.#today, days)
    clerk.explain(this.#today, newDate)
    explainClock(this.#portal.db, clock.id, newDate, this.#today, this.#act)
  }

  #hurry(days: number): void {
    const dueOn = this.#clerk.at(-1)?.hurry(this.#today, days)
    if (dueOn) advanceClock(this.#portal.db, this.#case, { dueOn, targetDays: days }, 'ประเภท', this.#act)
  }

  #stop(outcome: 'done' | 'void'): void {
    // As the verbs do: whoever answers does not wait for an answer any more.
    this.#clerk.at(-1)?.resume(this.#today)
    resumeClock(this.#portal.db, this.#case, this.#act)
    this.#clerk.at(-1)?.stop(this.#today, outcome === 'void')
    stopClocks(this.#portal.db, this.#case, outcome, this.#act)
    this.#portal.db.sqlite
      .prepare("update cases set status = 'withdrawn', finished_on = ? where id = ?")
      .run(this.#today, this.#case)
  }

  #reopen(): void {
    if (!this.#clerk.at(-1)?.isRunning) this.#start()
  }

  async #addHoliday(day: CivilDate): Promise<void> {
    const { db, settings } = this.#portal
    if (settings.holidays().has(day)) return
    const holiday = { day, name: 'วันหยุดพิเศษ', substitute: false, source: 'มติ', addedAt: this.#act.at }
    db.inTransaction(() => {
      requestRecalculation(db, { ...this.#act, reason: 'เพิ่มวันหยุด' })
      insertHoliday(db, holiday)
      // The office counts as the clock of this life does: nothing but the holiday is new.
      writeDocument(db, 'deadlines', { ...DEFAULT_DEADLINES, ...this.#policy }, this.#act.at)
    })
    settings.changed()
    this.#holidays.add(day)
    await runRecalculations(this.#portal)
    this.#clerk.at(-1)?.recount(this.#today)
  }

  #clearHolidays(): void {
    if (this.#holidays.size === 0) return
    const { db, settings } = this.#portal
    for (const day of this.#holidays) deleteHoliday(db, day)
    this.#holidays.clear()
    settings.changed()
  }

  #outcome(): unknown {
    const { db } = this.#portal
    const events = clockEventsOf(db, this.#case).map(({ clockId: _, id: __, ...event }) => event)
    const first = clocksOf(db, this.#case)[0]?.id ?? 0
    return {
      clocks: clocksOf(db, this.#case).map(({ id, caseId: _, ...clock }) => ({ ...clock, id: id - first })),
      events: events
        .map(({ type, mark, dueBefore, dueAfter }) =>
          [REMINDERS.includes(type) ? 'reminder' : type, mark, dueBefore, dueAfter].join(' '),
        )
        .sort(),
    }
  }

  /** What must hold at every moment. */
  #check(): void {
    const { db } = this.#portal
    const clocks = clocksOf(db, this.#case)
    const events = clockEventsOf(db, this.#case)
    expect(clocks).toHaveLength(this.#clerk.length)
    clocks.forEach((clock, index) => {
      const clerk = this.#clerk[index]
      const own = events.filter(({ clockId }) => clockId === clock.id)
      expect({
        ...{ dueOn: clock.dueOn, promisedOn: clock.promisedOn, explainedOn: clock.explainedOn },
        ...{ verdict: clock.verdict, stoppedOn: clock.stoppedOn },
        breachedAt: clock.breachedAt,
      }).toEqual({
        ...{ dueOn: clerk?.dueOn, promisedOn: clerk?.promisedOn, explainedOn: clerk?.explainedOn },
        ...{ verdict: clerk?.verdict, stoppedOn: clerk?.stoppedOn },
        breachedAt: clerk?.breachedOn ? startOfDay(clerk.breachedOn) : null,
      })
      if (clock.verdict !== null) expect(clock.nextFireAt).toBeNull()
      else expect(clock.nextFireAt?.getTime()).toBeGreaterThan(this.#portal.now().getTime())
      expect(own.filter(({ type }) => type === 'breached')).toHaveLength(clock.breachedAt ? 1 : 0)
      expectDatesTold(clock.dueOn, clock.promisedOn, own)
    })
    this.#checkNotices(events)
  }

  /** The officers' lists hold the case where the clerk would look for it, and their counts are their lengths. */
  #checkQueue(): void {
    const clerk = this.#clerk.at(-1)
    const isIn: Record<'over' | 'delayed' | 'open', boolean> = {
      open: clerk?.isRunning === true,
      over: clerk?.isRunning === true && clerk.target < this.#today,
      delayed: clerk?.isRunning === true && clerk.dueOn < this.#today && clerk.target >= this.#today,
    }
    const context = { viewer: WORKING_GROUP, today: this.#today, nearDays: 3 }
    for (const view of ['over', 'delayed', 'open'] as const) {
      const { rows } = queuePage(this.#portal.db, context, view, {}, {}, 10)
      expect(rows.map(({ id }) => id)).toEqual(isIn[view] ? [this.#case] : [])
      expect(countQueue(this.#portal.db, context, view, {})).toBe(rows.length)
    }
  }

  #checkNotices(events: readonly ClockEvent[]): void {
    const { sqlite } = this.#portal.db
    const told = sqlite
      .prepare<
        [number],
        { mark: string; mail_id: number | null; no_mail: string | null; known: number | null }
      >(
        `select n.mark, n.mail_id, n.no_mail, o.id as known from notices n
          left join outbox o on o.id = n.mail_id where n.case_id = ?`,
      )
      .all(this.#case)
    for (const notice of told) expect((notice.known === null) === (notice.no_mail !== null)).toBe(true)
    const marks = new Set(told.map(({ mark }) => mark))
    for (const { type, mark, clockId, detail } of events) {
      if (!REMINDERS.includes(type)) continue
      expect(marks.has(`clock:${clockId}:${mark}`)).toBe(type !== 'superseded' && Number(detail?.told) > 0)
    }
  }
}

/** Every date that stands was reached by events that tell from what to what. */
function expectDatesTold(
  dueOn: CivilDate,
  promisedOn: CivilDate | null,
  events: readonly ClockEvent[],
): void {
  let due: CivilDate | null = null
  let promised: CivilDate | null = null
  for (const { type, dueBefore, dueAfter } of events) {
    if (dueAfter === null) continue
    if (type === 'started') due = dueAfter
    else if (type === 'extended') {
      expect(dueBefore).toBe(promised ?? due)
      promised = dueAfter
    } else {
      expect(dueBefore).toBe(due)
      due = dueAfter
    }
  }
  expect([due, promised]).toEqual([dueOn, promisedOn])
}
